import type { AnyApp } from './app.ts';
import type { FleetSources, Sourced } from './fleet.ts';

/**
 * What definitions say of each other, read from them as they stand, right or wrong: so that a fault inside a definition
 * hides no fault between two, and a reference to a faulty definition isn't called unknown.
 */
export interface Outline {
  /** In promotion order, then those that are in no list. */
  readonly environments: readonly EnvironmentOutline[];
  readonly clusters: readonly ClusterOutline[];
  readonly apps: readonly AppOutline[];
  readonly externalApps: readonly ExternalOutline[];
  readonly teams: readonly TeamOutline[];
}

export interface EnvironmentOutline {
  readonly file: string;
  readonly name: string;
  /** Names of its clusters. */
  readonly clusters: readonly string[];
  readonly promotedFrom: string | undefined;
  /** Names of its clusters, wave by wave. */
  readonly waves: readonly (readonly string[])[];
  readonly namespace: string | undefined;
  readonly pinsFile: string;
  readonly digests: 'required' | 'optional';
}

export interface ClusterOutline {
  readonly file: string;
  readonly name: string;
  readonly managedBy: string;
  readonly hasServer: boolean;
  readonly server: string | undefined;
  readonly hasCredential: boolean;
  /** Whether its controller acts as accounts on the clusters to which it delivers. */
  readonly impersonates: boolean;
  /** Teams of its ApplicationSets. */
  readonly setTeams: readonly string[];
  readonly controller: string | undefined;
}

export interface AppOutline {
  readonly file: string;
  readonly name: string;
  readonly team: string | undefined;
  readonly environments: readonly string[];
  /** Names of the clusters on which it runs, by environment, where it doesn't run on all. */
  readonly clusters: Readonly<Record<string, readonly string[]>>;
  /** Names of its images in the pins files. */
  readonly images: readonly string[];
}

export interface ExternalOutline {
  readonly file: string;
  readonly name: string;
  readonly team: string | undefined;
  readonly cluster: string | undefined;
  readonly server: string | undefined;
  readonly namespace: string | undefined;
}

export interface TeamOutline {
  /** The file that lists the teams. */
  readonly file: string;
  readonly name: string;
  readonly clusterKinds: readonly string[];
}

/** Where each definition stands, those without a file of their own included. */
export interface Located {
  readonly environments: FleetSources['environments'];
  readonly clusters: FleetSources['clusters'];
  readonly apps: readonly Sourced<AnyApp>[];
  readonly externalApps: readonly Sourced<unknown>[];
  /** The fleet's own definition. */
  readonly fleet: Sourced<unknown>;
}

/** Reads the outline of definitions. Those without a name have none. */
export function outlineOf(located: Located): Outline {
  return {
    environments: located.environments.flatMap((source) => named(source, (name) => environmentOutline(source.file, name, fields(source.value)))),
    clusters: located.clusters.flatMap((source) => named(source, (name) => clusterOutline(source.file, name, fields(source.value)))),
    apps: located.apps.flatMap((source) => named(source, (name) => appOutline(source.file, name, fields(source.value)))),
    externalApps: located.externalApps.flatMap((source) => named(source, (name) => externalOutline(source.file, name, fields(source.value)))),
    teams: Object.entries(fields(fields(located.fleet.value)['teams'])).map(([name, team]) => ({ file: located.fleet.file, name, clusterKinds: list(fields(team)['clusterKinds']).filter((each) => typeof each === 'string') })),
  };
}

function environmentOutline(file: string, name: string, input: Fields): EnvironmentOutline {
  const images = fields(input['images']);
  return {
    file,
    name,
    clusters: list(input['clusters']).map((cluster) => text(fields(cluster)['name']) ?? ''),
    promotedFrom: text(fields(input['promotion'])['from']),
    waves: list(fields(input['promotion'])['waves']).map((wave) => list(wave).filter((each) => typeof each === 'string')),
    namespace: input['namespace'] === undefined ? '{app}-{environment}' : text(input['namespace']),
    pinsFile: text(images['file']) ?? `environments/images/${name}/kustomization.yaml`,
    digests: images['digests'] === undefined ? 'required' : images['digests'] === 'required' ? 'required' : 'optional',
  };
}

function clusterOutline(file: string, name: string, input: Fields): ClusterOutline {
  const managedBy = input['managedBy'] === undefined ? 'self' : text(input['managedBy']);
  return { file, name, managedBy: managedBy ?? 'self', hasServer: input['server'] !== undefined, server: text(input['server']), hasCredential: input['credential'] !== undefined, impersonates: fields(input['controller'])['impersonation'] === true, setTeams: list(fields(input['controller'])['applicationSets']).flatMap((set) => text(fields(set)['team']) ?? []), controller: text(fields(input['controller'])['kind']) };
}

function externalOutline(file: string, name: string, input: Fields): ExternalOutline {
  const to = fields(input['to']);
  return { file, name, team: text(input['team']), cluster: text(to['cluster']), server: text(to['server']), namespace: text(to['namespace']) };
}

function appOutline(file: string, name: string, input: Fields): AppOutline {
  return {
    file,
    name,
    team: text(input['team']),
    environments: list(input['environments']).filter((each) => typeof each === 'string'),
    clusters: Object.fromEntries(Object.entries(fields(input['clusters'])).map(([environment, names]) => [environment, list(names).filter((each) => typeof each === 'string')])),
    images: [...new Set(Object.values(fields(input['images'])).filter((each) => typeof each === 'string'))],
  };
}

/** The name of a definition, when it has one. */
export function nameOf(value: unknown): string | undefined {
  return text(fields(value)['name']);
}

type Fields = Readonly<Record<string, unknown>>;

function named<T>(source: Sourced<unknown>, make: (name: string) => T): T[] {
  const name = nameOf(source.value);
  return name === undefined ? [] : [make(name)];
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
