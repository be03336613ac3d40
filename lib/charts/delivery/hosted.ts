import type { Hosted } from '../../controllers/controller.ts';
import type { RuntimeSource } from '../../controllers/tracked.ts';
import type { Cluster } from '../../model/cluster.ts';
import { runtimeReposOf, unreachableRuntimeRepo } from '../../model/runtime-source.ts';
import { partsOf } from './cluster-parts.ts';
import type { FleetMap } from './fleet-map.ts';
import { tenantsOf } from './tenants.ts';

/** Everything that the implementation of a controller asks of the fleet for a cluster that runs it. */
export function hostedOn(map: FleetMap, cluster: Cluster): Hosted {
  const clusters = [cluster, ...map.membersOf(cluster)];
  return { cluster, runtimeRepo: runtimeRepoFor(map, cluster), fleet: map.fleet, clusters, tracked: partsOf(map, cluster), tenants: tenantsOf(map, clusters) };
}

/** The runtime repo as a host reads it. The embedded one can't be read from any cluster. */
function runtimeRepoFor(map: FleetMap, cluster: Cluster): RuntimeSource {
  const [repository = unreachableRuntimeRepo] = runtimeReposOf(cluster, map.fleet);
  const { url, branch, path, credential } = repository;
  return { url, branch, path, ...(credential !== undefined && { credential }) };
}
