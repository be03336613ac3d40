import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assembleFleet } from './model/assemble.ts';
import type { AnyApp } from './model/app.ts';
import type { ClusterInput } from './model/cluster.ts';
import type { DeliveryInput } from './model/delivery/delivery.ts';
import type { ExternalAppDefinition } from './model/external-app.ts';
import type { EnvironmentInput } from './model/environment.ts';
import type { Fleet, FleetInput, Sourced } from './model/fleet.ts';
import { describeValue } from './model/schema.ts';
import { compareText, throwProblems, type Problem } from './values/errors.ts';

/** Where a workspace keeps what. */
const folders = { apps: 'apps', environments: 'environments', clusters: 'environments/clusters', delivery: 'environments/delivery' } as const;
const fleetFile = 'environments/index.ts';

/** How a workspace is loaded. */
export interface WorkspaceOptions {
  /** Whether the image pins have to be right; `unchecked` is for the verb that mends them. @default 'checked' */
  readonly pins?: 'checked' | 'unchecked';
}

/** Loads `apps/` and `environments/` of a folder into a checked fleet. Every fault of every file is reported at once. */
export async function loadWorkspace(root: string, options: WorkspaceOptions = {}): Promise<Fleet> {
  const problems: Problem[] = [];
  const read = (path: string): string | undefined => readText(join(root, path));
  if (read(fleetFile) === undefined) {
    problems.push({ where: fleetFile, message: `expected the fleet's definition, got no such file in ${root}`, fix: 'run slipway in the folder that holds apps/ and environments/, or make the file' });
  }
  const paths = [...definitionFiles(root, folders.environments), ...definitionFiles(root, folders.clusters), ...definitionFiles(root, folders.delivery), ...definitionFiles(root, folders.apps)];
  const loaded = new Map<string, unknown>();
  // All at once: what one file waits for, another file's load goes on.
  await Promise.all(paths.map(async (path) => {
    const value = await importDefault(root, path, problems);
    if (value !== undefined) loaded.set(path, value);
  }));
  const unloaded = paths.filter((path) => !loaded.has(path));
  // Without an app the others can still be looked at; without an environment or the fleet itself nothing fits together.
  if (!loaded.has(fleetFile) || !unloaded.every((path) => path.startsWith(`${folders.apps}/`))) throwProblems(problems);
  const under = <T>(folder: string): Sourced<T>[] => paths
    .filter((path) => path.slice(0, path.lastIndexOf('/')) === folder && path !== fleetFile && loaded.has(path))
    .map((file) => ({ file, value: loaded.get(file) as T }));
  const assembled = assembleFleet({
    fleet: { file: fleetFile, value: loaded.get(fleetFile) as FleetInput },
    environments: under<EnvironmentInput>(folders.environments),
    clusters: under<ClusterInput>(folders.clusters),
    deliveries: under<DeliveryInput>(folders.delivery),
    apps: under<AnyApp | ExternalAppDefinition>(folders.apps),
    read,
  });
  throwProblems(problems.length === 0 ? [] : [...problems, ...assembled.problems.filter(({ where }) => standsAlone(where))]);
  const pinFiles = new Set(assembled.fleet.environments.map((environment) => environment.images.file ?? `environments/images/${environment.name}/kustomization.yaml`));
  throwProblems(options.pins === 'unchecked' ? assembled.problems.filter((problem) => !pinFiles.has(problem.where.split(': ')[0] ?? '')) : assembled.problems);
  return assembled.fleet;
}

/** Whether a problem is one of an app, an environment or a cluster by itself: pins, teams and deliveries also tell of apps that there are not. */
function standsAlone(where: string): boolean {
  const file = where.split(': ')[0] ?? '';
  return /^(apps|environments|environments\/clusters)\/[^/]+\.(ts|js|mjs)(:\d+)?$/.test(file) && file !== fleetFile;
}

function definitionFiles(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!isFolder(path)) return [];
  return readdirSync(path).filter((name) => /\.(ts|js|mjs)$/.test(name) && !/\.d\.ts$|\.test\.ts$/.test(name)).sort(compareText).map((name) => `${folder}/${name}`);
}

async function importDefault(root: string, path: string, problems: Problem[]): Promise<unknown> {
  try {
    const module = await import(pathToFileURL(join(root, path)).href) as { readonly default?: unknown };
    if (typeof module.default === 'object' && module.default !== null) return module.default;
    problems.push({ where: path, message: `expected a default export of what ${exampleOf(path).split('(')[0] ?? ''} makes, got ${describeValue(module.default)}`, fix: `write export default ${exampleOf(path)}` });
  } catch (error) {
    problems.push({ where: `${path}${lineIn(error, resolve(root, path))}`, message: `can't be loaded: ${reasonOf(error)}`, fix: 'mend the file; `npx tsc --noEmit` says more' });
  }
  return undefined;
}

function exampleOf(path: string): string {
  if (path === fleetFile) return 'defineFleet({ environments: […] })';
  if (path.startsWith(`${folders.clusters}/`)) return 'defineCluster({ … })';
  if (path.startsWith(`${folders.delivery}/`)) return 'defineDelivery({ … })';
  return path.startsWith(`${folders.environments}/`) ? 'defineEnvironment({ … })' : 'defineApp(name, { … })';
}

/** The first line that says something: a compiler's message begins with a count of its errors, then has each with its place. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first = error.name, second] = error.message.split('\n');
  return /^Transform failed with \d+ errors?:$/.test(first) && second !== undefined ? second.replace(/^.*?(\d+:\d+): (?:ERROR: )?/, 'at $1: ') : first;
}

function lineIn(error: unknown, file: string): string {
  const frame = error instanceof Error ? (error.stack ?? '').split('\n').find((line) => line.includes(file.split(sep).join('/'))) : undefined;
  const place = frame === undefined ? undefined : /:(\d+):\d+\)?$/.exec(frame);
  return place?.[1] === undefined ? '' : `:${place[1]}`;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readText(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'utf8') : undefined;
}
