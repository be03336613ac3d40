import { createHash } from 'node:crypto';
import type { AppDelivery, Delivery } from '../../../model/delivery/delivery.ts';

/** A name of at most so many characters: whole where it fits, else cut and told apart by a hash of the whole. */
export function boundedName(name: string, most: number): string {
  if (name.length <= most) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, most - hash.length - 1).replace(/[-_.]+$/, '')}-${hash}`;
}

/** Name in AWS of what belongs to an app: two deliveries of one account never share one, because no name of a delivery or an app has a "_". */
export function nameOf({ name }: Pick<Delivery, 'name'>, { app }: Pick<AppDelivery, 'app'>, part: string | undefined, most: number): string {
  return boundedName([name, app, ...(part === undefined ? [] : [part])].join('_'), most);
}

/** The variable that tells a build where an image goes, such as `SLIPWAY_IMAGE_MAIN`. */
export function imageVariable(key: string): string {
  return `SLIPWAY_IMAGE_${key.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** The partition of a region, as ARNs name it. */
export function partitionOf(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
