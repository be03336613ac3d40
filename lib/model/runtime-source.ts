import type { Cluster } from './cluster.ts';
import type { Fleet } from './fleet.ts';
import type { Repository } from './repository.ts';

/** Where a runtime repo that only publish reaches would be: RFC 2606 keeps the domain, so it resolves nowhere. */
export const unreachableRuntimeRepo: Repository = { url: 'https://runtime-repo.invalid/runtime.git', branch: 'main', path: '' };

/** The clusters that a cluster's controller delivers to: itself first, then its members sorted by name. */
export function deliveredBy(host: Cluster, fleet: Pick<Fleet, 'clusters'>): readonly Cluster[] {
  return [host, ...fleet.clusters.filter((cluster) => cluster.managedBy === host.name)];
}

/** The cluster whose controller delivers to a cluster: itself, or its hub. */
export function hostOf(cluster: Cluster, fleet: Pick<Fleet, 'clusters'>): Cluster {
  return cluster.managedBy === 'self' ? cluster : fleet.clusters.find((each) => each.name === cluster.managedBy) ?? cluster;
}

/** The runtime repos that what runs on a cluster asks for, each once; the embedded one is `undefined`. More than one is a mistake: a controller reads one. */
export function runtimeReposOf(host: Cluster, fleet: Pick<Fleet, 'clusters' | 'environments' | 'runtimeRepo'>): readonly (Repository | undefined)[] {
  const asked = deliveredBy(host, fleet).flatMap((cluster) => {
    const environments = fleet.environments.filter((environment) => environment.clusters.some((each) => each.name === cluster.name));
    return environments.map((environment) => cluster.runtimeRepo ?? environment.runtimeRepo ?? fleet.runtimeRepo);
  });
  const own = host.runtimeRepo === undefined ? [] : [host.runtimeRepo];
  const all = [...own, ...asked];
  return [...new Map((all.length === 0 ? [fleet.runtimeRepo] : all).map((repository) => [JSON.stringify(repository ?? null), repository])).values()];
}
