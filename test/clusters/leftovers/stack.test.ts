import { describe, expect, it } from 'vitest';
import type { ClusterProvider } from '../../../lib/clusters/cluster.ts';
import { loadProvider } from '../../../lib/clusters/providers.ts';
import { makeStack } from '../../../lib/clusters/provision.ts';
import { stackSettings } from '../../../lib/clusters/settings.ts';
import { clusterSchema, type Cluster } from '../../../lib/model/cluster.ts';
import { argoCd } from '../../../lib/model/argo-cd-options.ts';
import type { Provider } from '../../../lib/model/infrastructure/infrastructure.ts';
import type { Repository } from '../../../lib/model/repository.ts';
import { bootstrap } from '../../../lib/synth/bootstrap.ts';
import { renderedRepo } from '../../synth/bootstrap-fleet.ts';
import { memberStack, only } from '../hub-stack.ts';
import { kubeconfig } from '../kubeconfig.ts';
import { runProgram, type Ran, type Registered } from '../mock-engine.ts';

const guardType = 'pulumi-nodejs:dynamic/slipway:Leftovers';
const repository: Repository = { url: 'git@github.com:acme/runtime.git', branch: 'main', path: '', credential: { kind: 'deploy-key' } };

/** Runs the stack of a cluster of a provider, as its engine would get it. */
async function stackOf(kind: Provider, preview = false): Promise<Ran<unknown>> {
  const rendered = renderedRepo([], (draft) => (draft.fleet['runtimeRepo'] = repository));
  const { infrastructure, provider: name } = clusterSchema.parse({ name: 'staging', provider: kind, kubernetes: '1.35', controller: argoCd() });
  const cluster = { ...rendered.cluster('staging'), provider: name, infrastructure } as Cluster;
  const planned = { phases: bootstrap(cluster, rendered.source, repository), repository, commit: 'c'.repeat(40) };
  const provider = await loadProvider<Provider>(kind) as ClusterProvider<Provider>;
  const known = {
    'tls:index/privateKey:PrivateKey': () => ({ privateKeyOpenssh: 'the-private-part', publicKeyOpenssh: 'ssh-ed25519 AAAA\n' }),
    'digitalocean:index/kubernetesCluster:KubernetesCluster': () => ({ kubeConfigs: [{ rawConfig: kubeconfig('staging', 'the-token') }] }),
    'aws:eks/cluster:Cluster': () => ({ certificateAuthority: { data: 'Q0E=' }, arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/staging' }),
    'alicloud:cs/managedKubernetes:ManagedKubernetes': () => ({ connections: {} }),
  };
  return await runProgram({
    stack: 'staging',
    preview,
    config: kind === 'existing' ? { 'slipway:kubeconfig': kubeconfig('staging', 'the-token') } : {},
    secretKeys: ['slipway:kubeconfig'],
    outputs: preview ? {} : known,
    answers: {
      'alicloud:cs/getKubernetesVersion:getKubernetesVersion': () => ({ metadatas: [{ version: `${cluster.kubernetes}.1-aliyun.1` }] }),
      'alicloud:cs/getClusterCredential:getClusterCredential': () => ({ kubeConfig: kubeconfig('staging', 'the-token') }),
    },
  }, () => makeStack({ cluster, fleet: { clusters: [cluster] }, provider, planned, settings: stackSettings() }));
}

const guards = (resources: readonly Registered[]): readonly Registered[] => resources.filter(({ type }) => type === guardType);

describe.each(['doks', 'eks', 'ack'] as const)('a cluster of %s', (kind) => {
  it('is asked what it would leave behind before anything goes that it needs to clean up', async () => {
    const { resources } = await stackOf(kind);
    const [guard] = guards(resources);
    const kubernetes = resources.filter(({ type }) => /^kubernetes:core/.test(type)).map(({ urn }) => urn);
    const cloud = resources.filter(({ custom, type }) => custom && /^(digitalocean|aws|alicloud):/.test(type)).map(({ urn }) => urn);
    expect(kubernetes.length).toBeGreaterThan(1);
    expect(cloud.length).toBeGreaterThan(1);
    expect(guard?.dependsOn).toEqual(expect.arrayContaining([...kubernetes, ...cloud]));
  });

  it('is guarded from the moment in which its controller starts', async () => {
    const { resources } = await stackOf(kind);
    expect(resources.find(({ type }) => type === 'pulumi-nodejs:dynamic/slipway:Bootstrap')?.dependsOn).toContain(guards(resources)[0]?.urn);
  });

  it('is reached by a kubeconfig that stays secret', async () => {
    const [guard] = guards((await stackOf(kind)).resources);
    const { __provider: program, ...inputs } = guard?.inputs ?? {};
    expect(inputs).toEqual({ cluster: 'staging', identity: expect.any(String), kubeconfig: { secret: expect.stringContaining('apiVersion') } });
    expect(guard?.additionalSecretOutputs).toContain('kubeconfig');
    expect(String(program)).toContain('slipway/leftovers');
  });

  it('is guarded in a preview too, before there is anything to reach', async () => {
    expect(guards((await stackOf(kind, true)).resources)).toHaveLength(1);
  });
});

describe('on the cluster, pulumi destroy', () => {
  it('takes away the Secrets that the stack brought, and nothing that Git or the controller brings', async () => {
    const { resources } = await stackOf('eks');
    const gone = resources.filter(({ type, retainOnDelete }) => type.startsWith('kubernetes:') && !retainOnDelete);
    expect(gone.map(({ type }) => type)).toEqual(['kubernetes:core/v1:Secret']);
    expect(gone.map(({ inputs }) => inputs['metadata'])).toEqual([expect.objectContaining({ namespace: 'argocd', name: 'runtime-repo' })]);
  });
});

describe('a member of a hub', () => {
  it('is asked what it would leave behind while its hub still delivers to it', async () => {
    const { resources } = await memberStack({ provider: 'eks' });
    const [guard] = guards(resources);
    for (const [type, name] of [['kubernetes:core/v1:Secret', 'central-cluster-edge'], ['aws:eks/cluster:Cluster', 'edge']] as const) expect(guard?.dependsOn).toContain(only(resources, type, name).urn);
  });
});

describe('a cluster that is there already', () => {
  it('has no guard, because its stack deletes nothing of it', async () => {
    expect(guards((await stackOf('existing')).resources)).toEqual([]);
  });
});
