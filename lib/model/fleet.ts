import type { Problem } from '../values/errors.ts';
import type { AnyApp } from './app.ts';
import type { Cluster, ClusterInput } from './cluster.ts';
import type { BuildFunction, ServiceEndpoint } from './app.ts';
import type { Delivery, DeliveryInput } from './delivery/delivery.ts';
import type { ExternalApp, ExternalAppDefinition } from './external-app.ts';
import type { Environment, EnvironmentInput } from './environment.ts';
import type { PinsFile } from './pins.ts';
import type { Repository, RepositoryInput } from './repository.ts';
import type { Team, TeamInput } from './team.ts';

/** What `environments/index.ts` exports. */
export interface FleetInput {
  /** The environments in promotion order: a version goes from the first to the last. */
  readonly environments: readonly EnvironmentInput[];
  /** The runtime repo. @default - an embedded one, a bare repository in the git-ignored folder `.slipway/` */
  readonly runtimeRepo?: RepositoryInput;
  /** The config repo, where this fleet is defined: image automation writes its pins there. @default - none, and no image automation */
  readonly configRepo?: RepositoryInput;
  /** What apps need from clouds beside clusters: image repositories, sources, pipelines; a stack for each. @default - nothing */
  readonly delivery?: readonly DeliveryInput[];
  /** What teams may beyond what every team may, by their names. @default - nothing: a team is known by its apps */
  readonly teams?: Readonly<Record<string, TeamInput>>;
}

/** Describes the fleet. Checked when it is loaded, together with everything else. */
export function defineFleet(input: FleetInput): FleetInput {
  return input;
}

/** A definition and the file whose default export it is. */
export interface Sourced<T> {
  readonly file: string;
  readonly value: T;
}

/** Everything that a workspace holds, as loaded and not yet checked. */
export interface FleetSources {
  readonly fleet: Sourced<FleetInput>;
  readonly environments: readonly Sourced<EnvironmentInput>[];
  readonly clusters: readonly Sourced<ClusterInput>[];
  readonly apps: readonly Sourced<AnyApp | ExternalAppDefinition>[];
  /** @default - those alone that the fleet lists */
  readonly deliveries?: readonly Sourced<DeliveryInput>[];
  /** Reads a file of the workspace: its text, or undefined where there is none. */
  read(path: string): string | undefined;
}

/** An app, checked. */
export interface App {
  readonly name: string;
  readonly team: string;
  readonly source: string;
  readonly images: Readonly<Record<string, string>>;
  readonly environments: readonly string[];
  /** The clusters on which it runs, by environment; all where an environment isn't named. */
  readonly clusters: Readonly<Record<string, readonly string[]>>;
  readonly endpoints: Readonly<Record<string, ServiceEndpoint>>;
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged';
  readonly build: BuildFunction;
  /** The file that defines it, such as `apps/storefront.ts`. */
  readonly file: string;
}

/** The whole model: every reference resolved, every default set. */
export interface Fleet {
  /** In promotion order. */
  readonly environments: readonly Environment[];
  /** Sorted by name. */
  readonly clusters: readonly Cluster[];
  /** Sorted by name. */
  readonly apps: readonly App[];
  /** Apps that aren't ours to render, sorted by name. */
  readonly externalApps: readonly ExternalApp[];
  /** What apps get from clouds beside clusters, sorted by name. */
  readonly deliveries: readonly Delivery[];
  /** What teams may beyond what every team may, by name; most aren't listed. */
  readonly teams: Readonly<Record<string, Team>>;
  /** The image pins of each environment. */
  readonly pins: ReadonlyMap<string, PinsFile>;
  /** @default - the embedded one */
  readonly runtimeRepo?: Repository;
  /** @default - none */
  readonly configRepo?: Repository;
  /** The file of each environment, cluster and delivery, by `environment/<name>`, `cluster/<name>` and `delivery/<name>`. */
  readonly files: ReadonlyMap<string, string>;
}

/** A fleet, or everything that is wrong with it. */
export interface Assembled {
  readonly fleet: Fleet;
  readonly problems: readonly Problem[];
}
