import type { KustomizationImage, KustomizationPatch } from '../manifests/kustomization.ts';
import type { KubeObject } from '../manifests/rendered.ts';
import type { Cluster, Controller } from '../model/cluster.ts';
import type { Fleet } from '../model/fleet.ts';
import type { UpstreamReference } from '../model/upstream.ts';
import type { RuntimeSource, Tracked } from './tracked.ts';

/**
 * A GitOps controller: how it is installed, what lets teams deliver through it, and what it follows. One implementation for each kind;
 * all are pure functions of the model, and one conformance suite holds for all.
 */
export interface GitOpsController {
  readonly kind: Controller['kind'];
  /** The namespace in which it runs and in which its tracking objects lie. */
  readonly namespace: string;
  /** Name of the tracking object of its own install, such as `argo-cd`. */
  readonly self: string;
  /** Custom resources that its upstream manifest defines: API groups, or single kinds as `<group>/<Kind>`. Sorted. */
  readonly defines: readonly string[];
  /** Its install: what `clusters/<cluster>/<kind>/` holds. */
  install(input: Hosted): ControllerFolder;
  /** Objects of the host's platform folder that let teams deliver: projects, service accounts and their roles, alerts, image automation. */
  platform(input: Hosted): readonly KubeObject[];
  /** What a hub's member needs on itself for the hub to deliver there. Empty where controllers don't manage other clusters. */
  memberPlatform(input: Hosted, member: Cluster): readonly KubeObject[];
  /** The root: the source and the tracking object of `clusters/<cluster>/`, which lie in that folder themselves; bootstrap applies them last. */
  root(input: Hosted): readonly KubeObject[];
  /** The tracking objects of one thing; each has a name of its own. They lie in the root's folder or in an environment's. */
  track(tracked: Tracked, host: Host): readonly KubeObject[];
}

/** The cluster that runs a controller. */
export interface Host {
  readonly cluster: Cluster;
  /** The runtime repo as it reads it. */
  readonly runtimeRepo: RuntimeSource;
}

/** The cluster that runs a controller, with everything that depends on the fleet. */
export interface Hosted extends Host {
  readonly fleet: Fleet;
  /** The clusters it delivers to, itself first, then its members sorted by name. */
  readonly clusters: readonly Cluster[];
  /** All that it tracks, in a fixed order; apps are left out (their number is the fleet's). */
  readonly tracked: readonly Tracked[];
  /** What is delivered where, on whose behalf: bounds what projects and roles allow. Sorted by team, cluster, namespace. */
  readonly tenants: readonly Tenant[];
}

/** A namespace of a team on a cluster. */
export interface Tenant {
  readonly team: string;
  readonly cluster: Cluster;
  readonly namespace: string;
  /** Git URLs of sources beyond the runtime repo (external apps), sorted. */
  readonly sources: readonly string[];
}

/** A folder that stands on upstream manifests. */
export interface ControllerFolder {
  /** The upstream manifests that it builds on, in order. */
  readonly upstream: readonly UpstreamReference[];
  /** Objects of its own, a file for each. */
  readonly objects: readonly KubeObject[];
  /** Applied to the upstream manifests and its own objects, in order. */
  readonly patches: readonly KustomizationPatch[];
  /** Image versions and mirrors. */
  readonly images: readonly KustomizationImage[];
  /** Namespace of every namespaced object. @default - each object's own */
  readonly namespace?: string;
}
