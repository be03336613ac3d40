import type { IgnoredFields, WorkloadReference } from '../manifests/rendered.ts';
import type { Cluster } from '../model/cluster.ts';
import type { ExternalSource } from '../model/external-app.ts';
import type { Repository } from '../model/repository.ts';

/** Why something is tracked: it decides who may own it and what its removal means. */
export type TrackedRole =
  /** The controller's own install. */
  | 'self'
  /** Namespaces, projects and tenants of a cluster. */
  | 'platform'
  /** An add-on of a cluster. */
  | 'add-on'
  /** Monitors, alert rules and dashboards of a cluster. */
  | 'observability'
  /** The tracking objects of an environment's apps. */
  | 'environment'
  /** The tracking objects of a hub's member. */
  | 'member'
  /** A rendered app. */
  | 'app'
  /** An app that isn't ours to render. */
  | 'external';

/** Something that a controller keeps applied: a folder of the runtime repo, or the sources of an external app. The same for every controller. */
export interface Tracked {
  /** Name of its tracking object: a DNS label of at most 63 characters, unique on the cluster that runs the controller. */
  readonly name: string;
  readonly role: TrackedRole;
  /** A folder of the runtime repo, from the repository's configured path; or where an external app comes from. */
  readonly from: { readonly folder: string } | { readonly external: readonly ExternalSource[] };
  /** What must be there, or finish, before the rest: a folder of the runtime repo. @default - none */
  readonly pre?: string;
  /** Where its objects land. */
  readonly cluster: Cluster;
  /** The team on whose behalf it is applied: its project and service account bound what it may do. @default - Slipway's own */
  readonly team?: string;
  /** @default - it belongs to no environment */
  readonly environment?: string;
  /** @default - it is no app */
  readonly app?: string;
  /** Where objects without a namespace land. @default - each names its own */
  readonly namespace?: string;
  /** Whether changes are applied, pruned and healed without being asked. */
  readonly sync: 'automated' | 'none';
  /** Names of what must be ready before it is applied, on the same cluster; sorted. */
  readonly dependsOn: readonly string[];
  /** Workloads whose `/spec/replicas` somebody else sets. */
  readonly autoscaled: readonly WorkloadReference[];
  /** Its Argo Rollouts, whose health needs an expression of its own. */
  readonly rollouts: readonly WorkloadReference[];
  /** Whether SOPS has to decrypt anything. */
  readonly encrypted: boolean;
  /** Fields that others set and nobody shall reset, beyond replicas. @default - none */
  readonly ignoreDifferences?: readonly IgnoredFields[];
}

/** The runtime repo as a cluster reads it. */
export type RuntimeSource = Pick<Repository, 'url' | 'branch' | 'path' | 'credential'>;
