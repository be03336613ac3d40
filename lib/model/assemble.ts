import { compareText, type Problem } from '../values/errors.ts';
import { appSchema, type AnyApp } from './app.ts';
import { clusterSchema, type Cluster } from './cluster.ts';
import { environmentSchema, type Environment, type EnvironmentInput } from './environment.ts';
import { crossProblems } from './cross-checks.ts';
import type { App, Assembled, Fleet, FleetSources, Sourced } from './fleet.ts';
import { readPins, type PinsFile } from './pins.ts';
import { repositorySchema } from './repository.ts';
import { describeValue, parseWith } from './schema.ts';

/** Checks everything a workspace holds and resolves its references; all problems of all files come back at once. */
export function assembleFleet(sources: FleetSources): Assembled {
  const problems: Problem[] = [];
  const files = new Map<string, string>();
  const listed = listOf<EnvironmentInput>(sources.fleet.value?.environments, `${sources.fleet.file}: environments`, problems);
  const clusterSources = withInline(sources.clusters, listed.flatMap((environment) => Array.isArray(environment?.clusters) ? environment.clusters : []), sources.fleet.file);
  const clusters = new Map<unknown, Cluster>();
  for (const source of clusterSources) {
    const parsed = parseWith(clusterSchema, source.value, source.file);
    problems.push(...parsed.problems);
    if (parsed.value === undefined) continue;
    clusters.set(source.value, parsed.value);
    claim(files, 'cluster', parsed.value.name, source.file, problems);
  }
  const environments: Environment[] = [];
  for (const source of withInline(sources.environments, listed, sources.fleet.file)) {
    const environment = parseEnvironment(source, clusters, problems);
    const name = nameOf(source.value);
    if (!listed.includes(source.value)) {
      problems.push({ where: source.file, message: `environment ${describeValue(name)} is not in the list of ${sources.fleet.file}`, fix: 'add it at its place in the promotion order, or remove the file' });
    }
    if (environment === undefined) continue;
    claim(files, 'environment', environment.name, source.file, problems);
    environments.push(environment);
  }
  const order = new Map(listed.map((environment, index) => [nameOf(environment), index]));
  environments.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  const apps = parseApps(sources.apps, files, problems);
  const repository = sources.fleet.value?.runtimeRepo === undefined ? undefined : parseWith(repositorySchema, sources.fleet.value.runtimeRepo, `${sources.fleet.file}: runtimeRepo`);
  problems.push(...(repository?.problems ?? []));
  const fleet: Fleet = {
    environments,
    clusters: [...clusters.values()].sort((a, b) => compareText(a.name, b.name)),
    apps: apps.sort((a, b) => compareText(a.name, b.name)),
    pins: loadPins(environments, sources, problems),
    ...(repository?.value !== undefined && { runtimeRepo: repository.value }),
    files,
  };
  // A reference to a definition that is itself at fault is known by its name, so that one fault is reported once.
  const names = {
    environments: [...new Set([...listed, ...sources.environments.map((source) => source.value)].map(nameOf).filter(isText))],
    clusters: [...new Set(clusterSources.map((source) => nameOf(source.value)).filter(isText))],
  };
  return { fleet, problems: [...problems, ...crossProblems(fleet, names)] };
}

function parseEnvironment(source: Sourced<EnvironmentInput>, clusters: ReadonlyMap<unknown, Cluster>, problems: Problem[]): Environment | undefined {
  const input = source.value;
  const references: readonly unknown[] = Array.isArray(input?.clusters) ? input.clusters : [];
  const named = Array.isArray(input?.clusters) ? { ...input, clusters: references.map((cluster) => nameOf(cluster) ?? '') } : input;
  const parsed = parseWith(environmentSchema, named, source.file);
  problems.push(...parsed.problems);
  if (parsed.value === undefined) return undefined;
  return { ...parsed.value, clusters: references.flatMap((cluster) => clusters.get(cluster) ?? []) };
}

function parseApps(sources: readonly Sourced<AnyApp>[], files: Map<string, string>, problems: Problem[]): App[] {
  return sources.flatMap((source) => {
    const { endpoints, ...input } = source.value ?? {};
    const parsed = parseWith(appSchema, input, source.file);
    problems.push(...parsed.problems);
    if (parsed.value === undefined) return [];
    claim(files, 'app', parsed.value.name, source.file, problems);
    const { provides: _, ...app } = parsed.value;
    return [{ ...app, endpoints: endpoints ?? {}, file: source.file }];
  });
}

function loadPins(environments: readonly Environment[], sources: FleetSources, problems: Problem[]): Map<string, PinsFile> {
  const pins = new Map<string, PinsFile>();
  for (const environment of environments) {
    const path = environment.images.file ?? `environments/images/${environment.name}/kustomization.yaml`;
    const text = sources.read(path);
    if (text === undefined) {
      problems.push({ where: path, message: `expected the image pins of ${environment.name}, got no such file`, fix: 'make it, with the line `images: []`' });
      continue;
    }
    const read = readPins(path, text, environment.images.digests);
    problems.push(...read.problems);
    pins.set(environment.name, read.file);
  }
  return pins;
}

/** Definitions that stand in no file of their own come with the file that lists them. */
function withInline<T>(sources: readonly Sourced<T>[], used: readonly T[], file: string): Sourced<T>[] {
  const known = new Set<unknown>(sources.map((source) => source.value));
  return [...sources, ...[...new Set(used)].filter((value) => !known.has(value)).map((value) => ({ file, value }))];
}

function claim(files: Map<string, string>, kind: string, name: string, file: string, problems: Problem[]): void {
  const key = `${kind}/${name}`;
  const owner = files.get(key);
  if (owner === undefined) files.set(key, file);
  else problems.push({ where: `${file}: name`, message: `${kind} ${JSON.stringify(name)} is defined by ${owner} already`, fix: 'give one of them another name' });
}

function listOf<T>(value: unknown, where: string, problems: Problem[]): readonly T[] {
  if (Array.isArray(value) && value.length > 0) return value as T[];
  problems.push({ where, message: `expected a list of at least one environment, got ${describeValue(value)}`, fix: 'export default defineFleet({ environments: [dev, prod] })' });
  return [];
}

function nameOf(value: unknown): string | undefined {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  return isText(name) ? name : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
