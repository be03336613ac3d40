import type { DeliveryOf } from '../delivery.ts';

/** Tags of what belongs to a delivery and takes tags. */
export function tagsOf({ name, cloud }: DeliveryOf<'alibaba'>): Record<string, string> {
  return { ...cloud.tags, 'managed-by': 'slipway', 'slipway-delivery': name };
}
