import type { Cluster } from '../model/cluster.ts';
import type { Delivery } from '../model/delivery/delivery.ts';
import type { Fleet } from '../model/fleet.ts';
import { SlipwayError } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';

/** What a stack may be for. */
type Named = Pick<Fleet, 'clusters'> & Partial<Pick<Fleet, 'deliveries'>>;

/** The delivery that a stack is for: they have the same name. @default - it is for none */
export function deliveryOfStack({ deliveries = [] }: Named, stack: string): Delivery | undefined {
  return deliveries.find(({ name }) => name === stack);
}

/** The cluster that a stack is for: they have the same name. @throws SlipwayError naming the clusters and the deliveries that there are */
export function clusterOfStack({ clusters, deliveries = [] }: Named, stack: string): Cluster {
  const cluster = clusters.find(({ name }) => name === stack);
  if (cluster !== undefined) return cluster;
  throw SlipwayError.of(`stack ${stack}`, 'expected a stack named like a cluster of environments/clusters/ or a delivery of environments/delivery/.', `pulumi stack select NAME, or pulumi stack init NAME.${didYouMean(stack, [...clusters, ...deliveries].map(({ name }) => name))}`);
}
