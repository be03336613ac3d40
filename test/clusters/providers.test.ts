import { describe, expect, it } from 'vitest';
import type { ClusterOf } from '../../lib/clusters/cluster.ts';
import { loadProvider } from '../../lib/clusters/providers.ts';
import { argoCd } from '../../lib/model/argo-cd-options.ts';
import { clusterSchema } from '../../lib/model/cluster.ts';
import { flux } from '../../lib/model/flux-options.ts';
import { ack } from '../../lib/model/infrastructure/ack.ts';
import { doks } from '../../lib/model/infrastructure/doks.ts';
import { eks } from '../../lib/model/infrastructure/eks.ts';
import type { Provider, ProviderInput } from '../../lib/model/infrastructure/infrastructure.ts';
import { kubeconfig } from './kubeconfig.ts';
import { runProgram, type Registered } from './mock-engine.ts';

/** Makes a cluster named blue. */
async function make(input: ProviderInput, more: object = {}): Promise<readonly Registered[]> {
  const cluster = clusterSchema.parse({ name: 'blue', provider: input, kubernetes: '1.35', controller: argoCd(), ...more }) as ClusterOf<Provider>;
  const provider = await loadProvider<Provider>(cluster.provider);
  return (await runProgram({
    stack: 'blue',
    outputs: {
      'aws:eks/cluster:Cluster': () => ({ certificateAuthority: { data: 'Q0E=' } }),
      'alicloud:cs/managedKubernetes:ManagedKubernetes': () => ({ connections: {} }),
      'digitalocean:index/kubernetesCluster:KubernetesCluster': () => ({ kubeConfigs: [{ rawConfig: kubeconfig('blue', 't') }] }),
    },
    answers: { 'alicloud:cs/getKubernetesVersion:getKubernetesVersion': () => ({ metadatas: [{ version: '1.35.1-aliyun.1' }] }) },
  }, () => provider.make({ cluster, members: [] }))).resources;
}

const inputsOf = (resources: readonly Registered[], type: string): Readonly<Record<string, unknown>>[] => resources.filter((each) => each.type.endsWith(type)).map(({ inputs }) => inputs);
const policiesOf = (resources: readonly Registered[], role: string): string[] => resources.filter(({ type, name }) => type.endsWith(':RolePolicyAttachment') && name.startsWith(`${role}-`)).map(({ inputs }) => String(inputs['policyArn']).split('/').at(-1) ?? '').sort();

describe('a cluster of EKS', () => {
  it.each<[string, Parameters<typeof eks>[0], object]>([
    ['from everywhere', {}, { endpointPrivateAccess: true, endpointPublicAccess: true }],
    ['from some ranges', { apiFrom: ['203.0.113.0/24'] }, { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] }],
    ['from its network alone', { apiFrom: [] }, { endpointPrivateAccess: true, endpointPublicAccess: false }],
  ])('is reached %s', async (_, options, expected) => {
    const { subnetIds: _subnets, ...access } = inputsOf(await make(eks(options)), ':eks/cluster:Cluster')[0]?.['vpcConfig'] as Record<string, unknown>;
    expect(access).toEqual(expected);
  });

  it('pulls from ECR by its nodes, and lets image automation, and nobody else, look for new images there', async () => {
    const plain = await make('eks');
    expect(policiesOf(plain, 'blue-nodes')).toEqual(['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy']);
    expect(inputsOf(plain, ':PodIdentityAssociation')).toEqual([]);
    for (const [controller, namespace, serviceAccount] of [[flux({ imageAutomation: true }), 'flux-system', 'image-reflector-controller'], [argoCd({ imageAutomation: true }), 'argocd', 'argocd-image-updater']] as const) {
      const scanning = await make('eks', { controller });
      expect(policiesOf(scanning, 'blue-image-reader')).toEqual(['AmazonEC2ContainerRegistryReadOnly']);
      expect(inputsOf(scanning, ':PodIdentityAssociation')).toEqual([expect.objectContaining({ namespace, serviceAccount })]);
    }
  });

  it('encrypts Secrets by a key of its own, or by the one that it is given', async () => {
    const keyArn = 'arn:aws:kms:eu-central-1:123456789012:key/1';
    const [own, given] = [await make('eks'), await make(eks({ kmsKey: keyArn }))];
    expect([inputsOf(own, ':kms/key:Key').length, inputsOf(given, ':kms/key:Key').length]).toEqual([1, 0]);
    expect(inputsOf(given, ':eks/cluster:Cluster')[0]?.['encryptionConfig']).toEqual({ provider: { keyArn }, resources: ['secrets'] });
  });

  it('leaves the number of nodes to an autoscaler where there are bounds, and to this program where there is a number', async () => {
    const groups = (await make(eks({ nodePools: [{ name: 'fixed', nodes: 5 }, { name: 'scaled', nodes: { min: 2, max: 9 } }] }))).filter(({ type }) => type.endsWith(':NodeGroup'));
    expect(groups.map(({ name, ignoreChanges, inputs }) => [name, ignoreChanges, inputs['scalingConfig']])).toEqual([
      ['blue-fixed', [], { minSize: 5, maxSize: 5, desiredSize: 5 }],
      ['blue-scaled', ['scalingConfig.desiredSize'], { minSize: 2, maxSize: 9, desiredSize: 2 }],
    ]);
  });

  it('has a way to the internet from each zone where it is said, and an image for the processors of its machines', async () => {
    expect([inputsOf(await make('eks'), ':NatGateway').length, inputsOf(await make(eks({ vpc: { nat: 'each-zone' } })), ':NatGateway').length]).toEqual([1, 3]);
    const groups = inputsOf(await make(eks({ nodePools: [{ name: 'a', size: 'm7g.large' }, { name: 'b', size: 'm7i.large' }] })), ':NodeGroup');
    expect(groups.map(({ amiType }) => amiType)).toEqual(['AL2023_ARM_64_STANDARD', 'AL2023_x86_64_STANDARD']);
  });
});

describe('a cluster of ACK', () => {
  const cluster = async (input: ProviderInput, more: object = {}): Promise<Readonly<Record<string, unknown>>> => inputsOf(await make(input, more), ':ManagedKubernetes')[0] ?? {};
  const addOns = ({ addons }: Readonly<Record<string, unknown>>): string[] => (addons as { readonly name: string }[]).map(({ name }) => name);

  it('gives pods identities, and nodes images of ACR without a password where that is wanted', async () => {
    expect(await cluster('ack')).toMatchObject({ enableRrsa: true });
    expect(addOns(await cluster('ack'))).toContain('managed-aliyun-acr-credential-helper');
    expect(addOns(await cluster(ack({ registry: false })))).not.toContain('managed-aliyun-acr-credential-helper');
  });

  it('is closed to the internet in production, unless it is said', async () => {
    const production = { labels: { tier: 'production' } };
    expect([await cluster('ack'), await cluster('ack', production), await cluster(ack({ publicApi: true }), production)].map(({ slbInternetEnabled }) => slbInternetEnabled)).toEqual([true, false, true]);
  });

  it('encrypts Secrets by a key of its own, by the one that it is given, or not at all in the plain edition', async () => {
    expect((await cluster(ack({ kmsKey: 'key-1' })))['encryptionProviderKey']).toBe('key-1');
    expect((await cluster('ack'))['encryptionProviderKey']).toBe('blue-secrets-id');
    expect(await cluster(ack({ pro: false }))).not.toHaveProperty('encryptionProviderKey');
  });
});

describe('a cluster of DOKS', () => {
  const cluster = async (input: ProviderInput): Promise<Readonly<Record<string, unknown>>> => inputsOf(await make(input), ':KubernetesCluster')[0] ?? {};

  it('pulls from the account\'s registry, and is maintained when it is said', async () => {
    expect(await cluster('doks')).toMatchObject({ registryIntegration: true, maintenancePolicy: { day: 'any', startTime: '04:00' }, autoUpgrade: true, surgeUpgrade: true });
    expect(await cluster(doks({ registry: false, maintenance: { day: 'sunday', start: '22:00' }, autoUpgrade: false }))).toMatchObject({ registryIntegration: false, maintenancePolicy: { day: 'sunday', startTime: '22:00' }, autoUpgrade: false });
  });

  it('is in a network of its own, or in the one that it is given', async () => {
    const id = '0d3db13e-a604-4944-9827-7ec2642d32ac';
    expect(inputsOf(await make(doks({ vpc: { range: '10.9.0.0/16' } })), ':Vpc')).toEqual([expect.objectContaining({ ipRange: '10.9.0.0/16' })]);
    expect([inputsOf(await make(doks({ vpc: { id } })), ':Vpc').length, (await cluster(doks({ vpc: { id } })))['vpcUuid']]).toEqual([0, id]);
  });

  it('is reached from some ranges alone where they are said', async () => {
    expect(await cluster(doks({ apiFrom: ['203.0.113.7/32'] }))).toMatchObject({ controlPlaneFirewall: { enabled: true, allowedAddresses: ['203.0.113.7/32'] } });
    expect(await cluster('doks')).not.toHaveProperty('controlPlaneFirewall');
  });
});
