import type { Cluster } from '../../model/cluster.ts';
import type { Host } from '../controller.ts';
import { ownServer } from './names.ts';

/** A cluster as an Application or a project names it: never by server and name at once, because a project's destinations match by either. */
export type ClusterDestination = { readonly server: string } | { readonly name: string };

/** The cluster that runs Argo CD by its in-cluster URL, another one by the name of its cluster secret. */
export function destinationOf(cluster: Pick<Cluster, 'name'>, host: Host): ClusterDestination {
  return cluster.name === host.cluster.name ? { server: ownServer } : { name: cluster.name };
}
