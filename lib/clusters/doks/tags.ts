import type { ClusterOf } from '../cluster.ts';

/** Tags of everything that belongs to a cluster. */
export function tagsOf({ name, infrastructure }: ClusterOf<'doks'>): string[] {
  return [...new Set(['managed-by:slipway', `slipway-cluster:${name}`, ...infrastructure.tags])].sort();
}
