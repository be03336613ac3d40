import type { Cluster } from '../model/cluster.ts';
import type { Fleet } from '../model/fleet.ts';
import { SlipwayError } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';

/** The cluster that a stack is for: they have the same name. @throws SlipwayError naming the clusters that there are */
export function clusterOfStack(fleet: Pick<Fleet, 'clusters'>, stack: string): Cluster {
  const cluster = fleet.clusters.find(({ name }) => name === stack);
  if (cluster !== undefined) return cluster;
  throw SlipwayError.of(`stack ${stack}`, 'expected a stack named like a cluster of environments/clusters/.', `pulumi stack select NAME, or pulumi stack init NAME.${didYouMean(stack, fleet.clusters.map(({ name }) => name))}`);
}
