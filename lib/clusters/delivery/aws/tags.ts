import type { AppDelivery } from '../../../model/delivery/delivery.ts';
import type { DeliveryOf } from '../delivery.ts';

/** Tags of everything that belongs to a delivery. */
export function tagsOf({ name, cloud }: DeliveryOf<'aws'>): Record<string, string> {
  return { ...cloud.tags, 'managed-by': 'slipway', 'slipway-delivery': name };
}

/** Tags of what belongs to one app, beside those of its delivery. */
export function appTags({ app, team }: AppDelivery): Record<string, string> {
  return { 'slipway-app': app, 'slipway-team': team };
}
