import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { isArm } from '../../model/infrastructure/eks.ts';
import { defaultNodes } from '../../model/infrastructure/node-pool.ts';
import type { ClusterOf } from '../cluster.ts';
import type { Network } from './network.ts';
import { serviceRole, type AttachedRole } from './roles.ts';
import { tagsOf } from './tags.ts';

type Pool = ClusterOf<'eks'>['infrastructure']['nodePools'][number];

/** Machine of a pool that names none: two processors and 8 GiB. */
export const defaultSize = 'm7i.large';

/** The node groups of a cluster, and the role of their nodes. */
export interface NodeGroups {
  readonly role: AttachedRole;
  readonly groups: readonly aws.eks.NodeGroup[];
}

const effects = { NoExecute: 'NO_EXECUTE', NoSchedule: 'NO_SCHEDULE', PreferNoSchedule: 'PREFER_NO_SCHEDULE' } as const;

/** Managed node groups: encrypted disks, the instance metadata out of the pods' reach, images pulled from ECR. */
export function nodeGroups(cluster: ClusterOf<'eks'>, eks: aws.eks.Cluster, network: Network, opts: pulumi.CustomResourceOptions): NodeGroups {
  const role = serviceRole(`${cluster.name}-nodes`, 'ec2.amazonaws.com', ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonEKS_CNI_Policy'], opts);
  const described = cluster.infrastructure.nodePools;
  const pools: readonly Pool[] = described.length > 0 ? described : [{ name: 'workers', labels: {}, taints: [], spot: false, diskGiB: 50 }];
  return { role, groups: pools.map((pool) => nodeGroup(pool, cluster, { eks, network, role }, opts)) };
}

function nodeGroup(pool: Pool, cluster: ClusterOf<'eks'>, { eks, network, role }: { readonly eks: aws.eks.Cluster; readonly network: Network; readonly role: AttachedRole }, opts: pulumi.CustomResourceOptions): aws.eks.NodeGroup {
  const name = `${cluster.name}-${pool.name}`;
  const wanted = pool.nodes ?? cluster.workers ?? defaultNodes;
  const { min, max } = typeof wanted === 'number' ? { min: wanted, max: wanted } : wanted;
  const size = pool.size ?? defaultSize;
  const template = new aws.ec2.LaunchTemplate(name, {
    namePrefix: `${name}-`,
    updateDefaultVersion: true,
    // Pods reach the metadata by one hop more than their node: with a limit of one a node's credentials stay its own.
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeSize: pool.diskGiB, volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' } }],
    tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags: { ...tagsOf(cluster), Name: name } })),
  }, opts);
  return new aws.eks.NodeGroup(name, {
    clusterName: eks.name,
    nodeGroupName: pool.name,
    nodeRoleArn: role.arn,
    subnetIds: network.privateSubnets,
    version: eks.version,
    amiType: isArm(size) ? 'AL2023_ARM_64_STANDARD' : 'AL2023_x86_64_STANDARD',
    instanceTypes: [size],
    capacityType: pool.spot ? 'SPOT' : 'ON_DEMAND',
    scalingConfig: { minSize: min, maxSize: max, desiredSize: Math.max(min, 1) },
    updateConfig: { maxUnavailable: 1 },
    labels: { ...pool.labels },
    taints: pool.taints.map(({ key, value, effect }) => ({ key, value, effect: effects[effect] })),
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
  }, {
    ...opts,
    // An autoscaler says how many run now; a fixed number is this program's, or AWS would refuse a higher one as more than runs.
    ignoreChanges: typeof wanted === 'number' ? [] : ['scalingConfig.desiredSize'],
    dependsOn: [...role.attachments],
  });
}
