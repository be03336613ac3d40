import { compareText, type Problem } from '../values/errors.ts';
import { addOnProblems, namedAddOns } from './add-ons.ts';
import { alertProblems } from './alert-checks.ts';
import { appSchema, type AnyApp } from './app.ts';
import { deliverySettingsProblems } from './argo-cd/delivery-checks.ts';
import { automationProblems } from './automation-checks.ts';
import { clusterSchema, type Cluster } from './cluster.ts';
import { crossProblems } from './cross-checks.ts';
import { assembleDeliveries } from './delivery/assemble.ts';
import { environmentSchema, type Environment, type EnvironmentInput } from './environment.ts';
import type { App, Assembled, Fleet, FleetSources, Sourced } from './fleet.ts';
import { isExternalApp, parseExternalApp } from './external-parse.ts';
import { nameOf, outlineOf, type Located, type Outline } from './outline.ts';
import { readPins, type PinsFile } from './pins.ts';
import { repositorySchema } from './repository.ts';
import { describeValue, parseWith } from './schema.ts';
import { teamsSchema } from './team.ts';

/** Checks everything a workspace holds and resolves its references; all problems of all files come back at once. */
export function assembleFleet(sources: FleetSources): Assembled {
  const problems: Problem[] = [];
  const listed = listedEnvironments(sources, problems);
  const located = locate(sources, listed);
  const outline = outlineOf(located);
  const files = claimNames(outline, problems);
  const clusters = new Map<unknown, Cluster>();
  for (const source of located.clusters) {
    const cluster = checked(parseWith(clusterSchema, source.value, source.file), problems);
    if (cluster !== undefined) clusters.set(source.value, cluster);
  }
  const environments = located.environments.flatMap((source) => {
    if (!listed.includes(source.value)) {
      problems.push({ where: source.file, message: `environment ${describeValue(nameOf(source.value))} is not in the list of ${sources.fleet.file}`, fix: 'add it at its place in the promotion order, or remove the file' });
    }
    return parseEnvironment(source, clusters, problems) ?? [];
  });
  const apps = located.apps.flatMap((source) => parseApp(source, problems) ?? []);
  const externalApps = located.externalApps.flatMap((source) => parseExternalApp(source, clusters.values(), problems) ?? []);
  const teams = checked(parseWith(teamsSchema, sources.fleet.value?.teams, `${sources.fleet.file}: teams`), problems);
  const runtimeRepo = sources.fleet.value?.runtimeRepo === undefined ? undefined : checked(parseWith(repositorySchema, sources.fleet.value.runtimeRepo, `${sources.fleet.file}: runtimeRepo`), problems);
  const configRepo = sources.fleet.value?.configRepo === undefined ? undefined : checked(parseWith(repositorySchema, sources.fleet.value.configRepo, `${sources.fleet.file}: configRepo`), problems);
  const pins = loadPins(outline, sources, problems);
  const deliveries = assembleDeliveries(sources, { apps, environments, pins }, outline);
  problems.push(...deliveries.problems);
  const fleet: Fleet = {
    environments,
    clusters: [...clusters.values()].sort((a, b) => compareText(a.name, b.name)),
    apps: apps.sort((a, b) => compareText(a.name, b.name)),
    externalApps: externalApps.sort((a, b) => compareText(a.name, b.name)),
    deliveries: deliveries.deliveries,
    teams: teams ?? {},
    pins,
    ...(configRepo !== undefined && { configRepo }),
    ...(runtimeRepo !== undefined && { runtimeRepo }),
    files: new Map([...files, ...deliveries.files]),
  };
  return { fleet, problems: [...problems, ...addOnProblems(environments, (name) => files.get(`environment/${name}`) ?? sources.fleet.file), ...alertProblems(fleet), ...automationProblems(fleet), ...deliverySettingsProblems(fleet), ...crossProblems(outline, pins)] };
}

function listedEnvironments(sources: FleetSources, problems: Problem[]): readonly EnvironmentInput[] {
  const listed: unknown = sources.fleet.value?.environments;
  if (Array.isArray(listed) && listed.length > 0) return listed as EnvironmentInput[];
  problems.push({ where: `${sources.fleet.file}: environments`, message: `expected a list of at least one environment, got ${describeValue(listed)}`, fix: 'export default defineFleet({ environments: [dev, prod] })' });
  return [];
}

/** Every definition with its file; one that has no file of its own stands in the file that lists it. */
function locate(sources: FleetSources, listed: readonly EnvironmentInput[]): Located {
  const environments = withInline(sources.environments, listed, sources.fleet.file);
  const order = (source: Sourced<EnvironmentInput>): number => (listed.includes(source.value) ? listed.indexOf(source.value) : listed.length);
  const clusters = environments.reduce((known, source) => withInline(known, Array.isArray(source.value?.clusters) ? source.value.clusters : [], source.file), sources.clusters);
  return { environments: environments.sort((a, b) => order(a) - order(b)), clusters, apps: sources.apps.filter((source) => !isExternalApp(source.value)) as Located['apps'], externalApps: sources.apps.filter((source) => isExternalApp(source.value)), fleet: sources.fleet };
}

function withInline<T>(sources: readonly Sourced<T>[], used: readonly T[], file: string): Sourced<T>[] {
  const known = new Set<unknown>(sources.map((source) => source.value));
  return [...sources, ...[...new Set(used)].filter((value) => !known.has(value)).map((value) => ({ file, value }))];
}

function parseEnvironment(source: Sourced<EnvironmentInput>, clusters: ReadonlyMap<unknown, Cluster>, problems: Problem[]): Environment | undefined {
  const input = source.value;
  const references: readonly unknown[] | undefined = Array.isArray(input?.clusters) ? input.clusters : undefined;
  const named = references === undefined ? input : { ...input, ...(input.addOns !== undefined && { addOns: namedAddOns(input.addOns) }), clusters: references.map((cluster) => (typeof cluster === 'object' && cluster !== null ? nameOf(cluster) ?? '' : cluster)) };
  const environment = checked(parseWith(environmentSchema, named, source.file), problems);
  return environment === undefined ? undefined : { ...environment, clusters: (references ?? []).flatMap((cluster) => clusters.get(cluster) ?? []) };
}

function parseApp(source: Sourced<AnyApp>, problems: Problem[]): App | undefined {
  const { endpoints, ...input } = source.value ?? {};
  const parsed = checked(parseWith(appSchema, input, source.file), problems);
  if (parsed === undefined) return undefined;
  const { provides: _, ...app } = parsed;
  return { ...app, endpoints: endpoints ?? {}, file: source.file };
}

function loadPins(outline: Outline, sources: FleetSources, problems: Problem[]): Map<string, PinsFile> {
  const pins = new Map<string, PinsFile>();
  for (const environment of outline.environments) {
    const text = sources.read(environment.pinsFile);
    if (text === undefined) {
      problems.push({ where: environment.pinsFile, message: `expected the image pins of ${environment.name}, got no such file`, fix: 'make it, with the line `images: []`' });
      continue;
    }
    const read = readPins(environment.pinsFile, text, environment.digests);
    problems.push(...read.problems);
    pins.set(environment.name, read.file);
  }
  return pins;
}

/** The file of each name; a name that two definitions claim is a problem of the second. */
function claimNames(outline: Outline, problems: Problem[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const [kind, definitions] of [['cluster', outline.clusters], ['environment', outline.environments], ['app', [...outline.apps, ...outline.externalApps]]] as const) {
    for (const { name, file } of definitions) {
      const owner = files.get(`${kind}/${name}`);
      if (owner === undefined) files.set(`${kind}/${name}`, file);
      else problems.push({ where: `${file}: name`, message: `${kind} ${JSON.stringify(name)} is defined by ${owner} already`, fix: 'give one of them another name' });
    }
  }
  return files;
}

function checked<T>(parsed: { readonly value?: T; readonly problems: readonly Problem[] }, problems: Problem[]): T | undefined {
  problems.push(...parsed.problems);
  return parsed.value;
}
