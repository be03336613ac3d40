import { keep, type KeptObject } from '../kept-object.ts';
import { dig, list, record } from '../schemas/plain.ts';
import type { LandedObject, Landing } from '../scope/landing.ts';
import { podsOf, replicaRange, rolloutKind, type ReplicaRange } from '../scope/rollout.ts';
import { peakPods, type PeakPods } from './peak.ts';
import { podDemand, type PodDemand } from './pod-demand.ts';

/** Pods of a workload that share a namespace's quota. */
export interface KeptPods {
  readonly kept: KeptObject;
  readonly demand: PodDemand;
  readonly range: ReplicaRange;
  /** While it rolls out; undefined of a workload that is no Rollout. */
  readonly peak: PeakPods | undefined;
}

/** A ResourceQuota or a LimitRange. */
export interface KeptBounds {
  readonly kept: KeptObject;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Kinds whose pods stay: Jobs come and go, and nobody knows the nodes of a DaemonSet. */
const staying = ['Pod', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', rolloutKind] as const;

/** Who asks for how much in which namespace, and what it grants: platform and apps are units of their own. */
export class QuotaBook {
  readonly quotas: KeptBounds[] = [];
  readonly #pods = new Map<string, KeptPods[]>();
  readonly #ranges: KeptBounds[] = [];

  /** Keeps what a render asks for and grants. */
  add(landing: Landing, isBroken: (object: LandedObject) => boolean): void {
    for (const [kind, into] of [['ResourceQuota', this.quotas], ['LimitRange', this.#ranges]] as const) {
      for (const object of landing.ofKind(kind)) if (!isBroken(object)) into.push({ kept: keep(object, landing), spec: record(object.value, 'spec') ?? {} });
    }
    for (const object of staying.flatMap((kind) => landing.ofKind(kind))) {
      const pods = object.kind === rolloutKind ? podsOf(object, landing) : object.workload;
      if (pods === undefined || isBroken(object) || isScaledByRollout(object, landing)) continue;
      const range = replicaRange(object, landing);
      const here = this.#pods.get(object.namespace) ?? [];
      here.push({ kept: keep(object, landing), demand: podDemand(pods), range, peak: object.kind === rolloutKind ? peakPods(object.value, range.highest) : undefined });
      this.#pods.set(object.namespace, here);
    }
  }

  /** Pods of a namespace on a cluster. */
  podsIn(namespace: string, cluster: string): readonly KeptPods[] {
    return (this.#pods.get(namespace) ?? []).filter(({ kept }) => kept.clusters.includes(cluster));
  }

  /** What containers of a namespace get that say nothing: `default` and `defaultRequest` of its LimitRanges. */
  defaultsIn(namespace: string, cluster: string): Readonly<Record<string, unknown>> {
    const items = this.#ranges.filter(({ kept }) => kept.landed.namespace === namespace && kept.clusters.includes(cluster)).flatMap(({ spec }) => list(spec, 'limits')).filter((item) => dig(item, 'type') === 'Container');
    return Object.fromEntries((['default', 'defaultRequest'] as const).map((name) => [name, Object.assign({}, ...items.map((item) => record(item, name) ?? {}))]));
  }
}

/** Pods of a Deployment that a Rollout refers to are the Rollout's. */
function isScaledByRollout(object: LandedObject, landing: Landing): boolean {
  return landing.ofKind(rolloutKind).some((rollout) => {
    const reference = dig(rollout.value, 'spec', 'workloadRef');
    return rollout.namespace === object.namespace && dig(reference, 'kind') === object.value.kind && dig(reference, 'name') === object.name;
  });
}
