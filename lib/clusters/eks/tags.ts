import type { ClusterOf } from '../cluster.ts';

/** Tags of everything that belongs to a cluster. */
export function tagsOf({ name, infrastructure }: ClusterOf<'eks'>): Record<string, string> {
  return { ...infrastructure.tags, 'managed-by': 'slipway', 'slipway-cluster': name };
}
