import * as alicloud from '@pulumi/alicloud';
import type * as pulumi from '@pulumi/pulumi';
import { defaultNodes } from '../../model/infrastructure/node-pool.ts';
import type { ClusterOf } from '../cluster.ts';
import type { Network } from './network.ts';
import { tagsOf } from './tags.ts';

type Pool = ClusterOf<'ack'>['infrastructure']['nodePools'][number];

/** Machine of a pool that names none: two processors and 8 GiB. */
export const defaultSize = 'ecs.g7.large';

/** The node pools of a cluster: encrypted disks, the instance metadata behind a token, broken nodes replaced. */
export function nodePools(cluster: ClusterOf<'ack'>, ack: alicloud.cs.ManagedKubernetes, network: Network, opts: pulumi.CustomResourceOptions): void {
  const described = cluster.infrastructure.nodePools;
  const pools: readonly Pool[] = described.length > 0 ? described : [{ name: 'workers', labels: {}, taints: [], diskGiB: 60 }];
  for (const pool of pools) new alicloud.cs.NodePool(`${cluster.name}-${pool.name}`, poolArgs(pool, cluster, ack, network), opts);
}

function poolArgs(pool: Pool, cluster: ClusterOf<'ack'>, ack: alicloud.cs.ManagedKubernetes, network: Network): alicloud.cs.NodePoolArgs {
  const wanted = pool.nodes ?? cluster.workers ?? defaultNodes;
  const { keyPair } = cluster.infrastructure;
  return {
    clusterId: ack.id,
    nodePoolName: pool.name,
    vswitchIds: network.vswitches,
    instanceTypes: [pool.size ?? defaultSize],
    imageType: 'AliyunLinux3',
    systemDiskCategory: 'cloud_essd',
    systemDiskSize: pool.diskGiB,
    systemDiskEncrypted: true,
    instanceMetadataOptions: { httpTokens: 'required' },
    multiAzPolicy: 'BALANCE',
    management: { enable: true, autoRepair: true, autoUpgrade: false, maxUnavailable: 1 },
    ...(typeof wanted === 'number' ? { desiredSize: String(wanted) } : { scalingConfig: { enable: true, type: 'cpu', minSize: wanted.min, maxSize: wanted.max } }),
    labels: Object.entries(pool.labels).map(([key, value]) => ({ key, value })),
    taints: pool.taints.map((taint) => ({ ...taint })),
    ...(keyPair !== undefined && { keyName: keyPair }),
    tags: tagsOf(cluster),
  };
}
