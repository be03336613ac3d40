import { SlipwayError } from '../../values/errors.ts';
import { annotationsWith } from './annotations.ts';

/** The prefix of what external-dns reads of a route. */
const prefix = 'external-dns.alpha.kubernetes.io/';

/** Annotations of external-dns: how a route's DNS record shares its name with that of another cluster. */
export const dnsAnnotations = { identifier: `${prefix}set-identifier`, weight: `${prefix}aws-weight` } as const;

/**
 * Annotations that let a route share its host name with the same route on another cluster, each answered in proportion to its weight:
 * `annotations: selectCluster({ 'prod-eu': weightedDns('prod-eu', 90), 'prod-us': weightedDns('prod-us', 10) })`.
 * Read by external-dns with the provider `aws` (Route 53), which alone knows weights.
 *
 * @param identifier tells this record from the others of its name: the cluster's name
 * @param weight 0 to 255; 0 means no traffic, as long as another has some
 * @throws SlipwayError when the weight isn't a whole number from 0 to 255
 */
export function weightedDns(identifier: string, weight: number): Record<string, string> {
  if (!Number.isInteger(weight) || weight < 0 || weight > 255) throw SlipwayError.of(`weightedDns('${identifier}', ${weight})`, `expected a weight from 0 to 255 in whole numbers, got ${weight}`);
  return annotationsWith(prefix, { 'aws-weight': weight, 'set-identifier': identifier });
}
