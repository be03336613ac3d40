import type * as digitalocean from '@pulumi/digitalocean';
import { defaultNodes } from '../../model/infrastructure/node-pool.ts';
import type { ClusterOf } from '../cluster.ts';
import { tagsOf } from './tags.ts';

type Pool = ClusterOf<'doks'>['infrastructure']['nodePools'][number];

/** Machine of a pool that names none: two shared processors and 4 GiB. */
export const defaultSize = 's-2vcpu-4gb';

/** The pools of a cluster; one named `workers` where none is described. */
export function poolsOf({ infrastructure }: ClusterOf<'doks'>): readonly [Pool, ...Pool[]] {
  const [first, ...rest] = infrastructure.nodePools;
  return first === undefined ? [{ name: 'workers', labels: {}, taints: [] }] : [first, ...rest];
}

/** The pool that is made with the cluster. */
export function firstPool(pool: Pool, cluster: ClusterOf<'doks'>): digitalocean.types.input.KubernetesClusterNodePool {
  return { ...nodePoolArgs(pool, cluster) };
}

/** What both kinds of pools take. */
export function nodePoolArgs({ name, size, nodes = undefined, labels, taints }: Pool, cluster: ClusterOf<'doks'>) {
  const wanted = nodes ?? cluster.workers ?? defaultNodes;
  return {
    name: `${cluster.name}-${name}`,
    size: size ?? defaultSize,
    ...(typeof wanted === 'number' ? { autoScale: false, nodeCount: wanted } : { autoScale: true, minNodes: wanted.min, maxNodes: wanted.max }),
    labels: { ...labels },
    taints: taints.map((taint) => ({ ...taint })),
    tags: tagsOf(cluster),
  };
}
