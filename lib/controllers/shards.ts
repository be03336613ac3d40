import type { Fleet } from '../model/fleet.ts';
import type { Cluster } from '../model/cluster.ts';
import { clustersFor } from '../model/placement.ts';
import { sha256Hex } from '../values/content-hash.ts';
import { compareText } from '../values/errors.ts';

/** A cluster and how much work it is to watch and compare. */
export interface ShardLoad {
  readonly cluster: string;
  /** Objects on it, more or less: only ratios count. */
  readonly objects: number;
}

/** How far a shard may be above the average before it takes no more, as a share of the average. */
export const tolerance = 0.25;

/**
 * Which shard takes which cluster, shards counted from 0. Each cluster prefers shards in an order of its own (rendezvous hashing) and takes
 * the first that isn't full, the largest cluster first: the same input gives the same plan on every machine, and one shard more or fewer
 * moves few clusters. No shard gets more than the average and a quarter, unless a single cluster is larger than that leaves room for:
 * then none gets more than the average and the largest cluster.
 *
 * @param fixed what shards have that can't be moved, by shard. @default - nothing
 */
export function shardPlan(loads: readonly ShardLoad[], shards: number, fixed: Readonly<Record<number, number>> = {}): ReadonlyMap<string, number> {
  const plan = new Map<string, number>();
  const filled = Array.from({ length: shards }, (_, shard) => fixed[shard] ?? 0);
  const total = loads.reduce((sum, load) => sum + load.objects, 0) + filled.reduce((sum, objects) => sum + objects, 0);
  const limit = (total / shards) * (1 + tolerance);
  for (const { cluster, objects } of [...loads].sort((a, b) => b.objects - a.objects || compareText(a.cluster, b.cluster))) {
    const wanted = preference(cluster, shards);
    const shard = wanted.find((each) => (filled[each] ?? 0) + objects <= limit) ?? wanted.reduce((emptiest, each) => ((filled[each] ?? 0) < (filled[emptiest] ?? 0) ? each : emptiest));
    filled[shard] = (filled[shard] ?? 0) + objects;
    plan.set(cluster, shard);
  }
  return plan;
}

/** The shards in the order in which a cluster wants them: with one shard more, the others keep their order. */
function preference(cluster: string, shards: number): number[] {
  return Array.from({ length: shards }, (_, shard) => ({ shard, weight: sha256Hex(`${shard}/${cluster}`) }))
    .sort((a, b) => compareText(b.weight, a.weight))
    .map(({ shard }) => shard);
}

/** What an app brings to a cluster on average, and what a cluster has of itself. */
const estimate = { cluster: 200, app: 20, externalApp: 50 } as const;

/** How many objects a cluster has: what it says itself, else an estimate by its apps. It comes from definitions alone, so that a render of a part knows it too. */
export function objectsOn(fleet: Fleet, cluster: Cluster): number {
  if (cluster.objects !== undefined) return cluster.objects;
  const apps = fleet.environments.reduce((sum, environment) => sum + (environment.clusters.includes(cluster) ? fleet.apps.filter((app) => clustersFor(app, environment).includes(cluster)).length : 0), 0);
  return estimate.cluster + apps * estimate.app + fleet.externalApps.filter((app) => app.cluster === cluster.name).length * estimate.externalApp;
}
