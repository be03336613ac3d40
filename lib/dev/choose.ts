import type { Cluster, Controller } from '../model/cluster.ts';
import type { Fleet } from '../model/fleet.ts';
import { SlipwayError } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';

/** What a local control plane stands for. */
export interface DevChoice {
  /** A cluster of the fleet: what it delivers is delivered here. */
  readonly cluster: string;
  readonly controller: Controller['kind'];
}

/** What was asked for. */
export interface DevWishes {
  /** @default - the first cluster of the fleet's first environment */
  readonly cluster?: string;
  /** @default - the one that the cluster has */
  readonly controller?: Controller['kind'];
}

/** Chooses the cluster to stand for, and its controller. @throws SlipwayError when the fleet has no such cluster, or no environment runs on it */
export function chooseDev(fleet: Pick<Fleet, 'clusters' | 'environments'>, wishes: DevWishes): DevChoice {
  const cluster = wishes.cluster === undefined ? fleet.environments[0]?.clusters[0] : named(fleet.clusters, wishes.cluster);
  if (cluster === undefined) throw SlipwayError.of('environments/index.ts', 'expected an environment with a cluster, got none');
  if (!fleet.environments.some((environment) => environment.clusters.some(({ name }) => name === cluster.name))) {
    const used = [...new Set(fleet.environments.flatMap((environment) => environment.clusters.map(({ name }) => name)))].sort();
    throw SlipwayError.of('--cluster', `expected a cluster on which an environment runs, got ${cluster.name}, on which none does`, `name one of ${used.join(', ')}`);
  }
  return { cluster: cluster.name, controller: wishes.controller ?? cluster.controller.kind };
}

function named(clusters: readonly Cluster[], name: string): Cluster {
  const names = clusters.map((cluster) => cluster.name);
  const found = clusters.find((cluster) => cluster.name === name);
  if (found === undefined) throw SlipwayError.of('--cluster', `expected a cluster of the fleet, got ${JSON.stringify(name)}.`, `name one.${didYouMean(name, names)}`);
  return found;
}
