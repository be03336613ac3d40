import { layout } from '../manifests/layout.ts';
import type { Host } from './controller.ts';
import type { Tracked } from './tracked.ts';

/** Name of the tracking object that the controller follows first. */
export const rootName = 'root';

/** What is tracked first: the folder in which the root object lies itself, and from which everything else of the cluster is reached. */
export function rootTracked({ cluster }: Host) {
  return { name: rootName, role: 'environment', from: { folder: layout.root(cluster.name) }, cluster, sync: 'automated', dependsOn: [], autoscaled: [], rollouts: [], encrypted: false } as const satisfies Tracked;
}
