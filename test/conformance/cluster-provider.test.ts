import { provider as ackProvider } from '../../lib/clusters/ack/ack.ts';
import { provider as doksProvider } from '../../lib/clusters/doks/doks.ts';
import { provider as eksProvider } from '../../lib/clusters/eks/eks.ts';
import { provider as existingProvider } from '../../lib/clusters/existing/existing.ts';
import { ack, type AckNodePoolInput } from '../../lib/model/infrastructure/ack.ts';
import { doks } from '../../lib/model/infrastructure/doks.ts';
import { eks, type EksNodePoolInput } from '../../lib/model/infrastructure/eks.ts';
import { existing } from '../../lib/model/infrastructure/existing.ts';
import type { Registered } from '../clusters/mock-engine.ts';
import { kubeconfig } from '../clusters/kubeconfig.ts';
import { conformsToClusterProvider, type ReadPool } from './cluster-provider.ts';

interface Taint { readonly key: string; readonly value?: string; readonly effect: string }
const texts = (taints: unknown): string[] => (taints as Taint[] | undefined ?? []).map(({ key, value = '', effect }) => `${key}=${value}:${effect}`);
const camel: Readonly<Record<string, string>> = { NO_EXECUTE: 'NoExecute', NO_SCHEDULE: 'NoSchedule', PREFER_NO_SCHEDULE: 'PreferNoSchedule' };
const byName = (pools: readonly (readonly [string, ReadPool])[]): Record<string, ReadPool> => Object.fromEntries(pools);
const ofType = (resources: readonly Registered[], type: string): Record<string, unknown>[] => resources.filter((each) => each.type === type).map(({ inputs }) => inputs);

const doksCluster = 'digitalocean:index/kubernetesCluster:KubernetesCluster';
conformsToClusterProvider('DigitalOcean DOKS', {
  provider: doksProvider,
  plain: 'doks',
  withPools: (nodePools) => doks({ nodePools }),
  type: doksCluster,
  credential: 'the-token-of-blue',
  outputs: { [doksCluster]: () => ({ endpoint: 'https://blue.k8s.example', kubeConfigs: [{ rawConfig: kubeconfig('blue', 'the-token-of-blue') }] }) },
  answers: { 'digitalocean:index/getKubernetesVersions:getKubernetesVersions': ({ versionPrefix }) => ({ latestVersion: `${String(versionPrefix)}4-do.0` }) },
  pools(resources) {
    const pools = [...ofType(resources, doksCluster).map(({ nodePool }) => nodePool as Record<string, unknown>), ...ofType(resources, 'digitalocean:index/kubernetesNodePool:KubernetesNodePool')];
    return byName(pools.map((pool) => [String(pool['name']).replace('blue-', ''), { min: Number(pool['minNodes'] ?? pool['nodeCount']), max: Number(pool['maxNodes'] ?? pool['nodeCount']), labels: pool['labels'] as ReadPool['labels'], taints: texts(pool['taints']) }]));
  },
});

const eksCluster = 'aws:eks/cluster:Cluster';
conformsToClusterProvider('AWS EKS', {
  provider: eksProvider,
  plain: 'eks',
  withPools: (nodePools) => eks({ nodePools: nodePools as EksNodePoolInput[] }),
  type: eksCluster,
  outputs: { [eksCluster]: () => ({ endpoint: 'https://blue.eks.example', arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/blue', certificateAuthority: { data: 'Q0E=' } }) },
  answers: {},
  pools: (resources) => byName(ofType(resources, 'aws:eks/nodeGroup:NodeGroup').map((pool) => {
    const { minSize, maxSize } = pool['scalingConfig'] as { minSize: number; maxSize: number };
    return [String(pool['nodeGroupName']), { min: minSize, max: maxSize, labels: pool['labels'] as ReadPool['labels'], taints: texts((pool['taints'] as Taint[]).map((taint) => ({ ...taint, effect: camel[taint.effect] ?? '' }))) }];
  })),
});

const ackCluster = 'alicloud:cs/managedKubernetes:ManagedKubernetes';
conformsToClusterProvider('Alibaba ACK', {
  provider: ackProvider,
  plain: 'ack',
  withPools: (nodePools) => ack({ nodePools: nodePools as AckNodePoolInput[] }),
  type: ackCluster,
  credential: 'the-token-of-blue',
  outputs: { [ackCluster]: () => ({ connections: { apiServerInternet: 'https://blue.ack.example:6443', apiServerIntranet: 'https://10.0.0.1:6443' } }) },
  answers: {
    'alicloud:cs/getKubernetesVersion:getKubernetesVersion': () => ({ metadatas: ['1.34.9-aliyun.1', '1.35.10-aliyun.1', '1.35.2-aliyun.1'].map((version) => ({ version, runtimes: [] })) }),
    'alicloud:cs/getClusterCredential:getClusterCredential': () => ({ kubeConfig: kubeconfig('blue', 'the-token-of-blue') }),
  },
  pools: (resources) => byName(ofType(resources, 'alicloud:cs/nodePool:NodePool').map((pool) => {
    const bounds = pool['scalingConfig'] as { minSize: number; maxSize: number } | undefined;
    const labels = Object.fromEntries((pool['labels'] as { key: string; value: string }[]).map(({ key, value }) => [key, value]));
    return [String(pool['nodePoolName']), { min: bounds?.minSize ?? Number(pool['desiredSize']), max: bounds?.maxSize ?? Number(pool['desiredSize']), labels, taints: texts(pool['taints']) }];
  })),
});

conformsToClusterProvider('an existing cluster', {
  provider: existingProvider,
  plain: existing(),
  config: { 'slipway:kubeconfig': kubeconfig('blue', 'the-token-of-blue') },
  credential: 'the-token-of-blue',
  outputs: {},
  answers: {},
  pools: () => ({}),
});
