import { beforeAll, describe, expect, it } from 'vitest';
import { policyProblems } from '../../lib/clusters/policy.ts';
import { loadProvider } from '../../lib/clusters/providers.ts';
import type { ClusterOf } from '../../lib/clusters/cluster.ts';
import type { Cluster } from '../../lib/model/cluster.ts';
import type { Provider } from '../../lib/model/infrastructure/infrastructure.ts';
import { clusterSchema } from '../../lib/model/cluster.ts';
import { argoCd } from '../../lib/model/argo-cd-options.ts';
import { doks } from '../../lib/model/infrastructure/doks.ts';
import { eks } from '../../lib/model/infrastructure/eks.ts';
import { at, listAt } from '../../lib/values/fields.ts';
import { loadWorkspace } from '../../lib/workspace.ts';
import { kubeconfig } from './kubeconfig.ts';
import { runProgram, type Registered } from './mock-engine.ts';

const clusters = (await loadWorkspace(process.cwd())).clusters;
const resources = new Map<string, readonly Registered[]>();

beforeAll(async () => {
  for (const cluster of clusters) {
    const provider = await loadProvider<Provider>(cluster.provider);
    const ran = await runProgram({
      stack: cluster.name,
      outputs: {
        'digitalocean:index/kubernetesCluster:KubernetesCluster': () => ({ kubeConfigs: [{ rawConfig: kubeconfig('x', 't') }] }),
        'aws:eks/cluster:Cluster': () => ({ certificateAuthority: { data: 'Q0E=' } }),
        'alicloud:cs/managedKubernetes:ManagedKubernetes': () => ({ connections: {} }),
      },
      answers: { 'alicloud:cs/getKubernetesVersion:getKubernetesVersion': () => ({ metadatas: [{ version: `${cluster.kubernetes}.1-aliyun.1` }] }) },
    }, () => provider.make({ cluster: cluster as ClusterOf<Provider>, kubeconfig: kubeconfig(cluster.name, 'the-token') }));
    resources.set(cluster.name, ran.resources);
  }
});

const all = (): Registered[] => [...resources.values()].flat();
const ofType = (pattern: RegExp): Registered[] => {
  const found = all().filter(({ type }) => pattern.test(type));
  expect(found.length, String(pattern)).toBeGreaterThan(0);
  return found;
};

describe('the clusters of the fleet', () => {
  it('can be reached from the internet in production only where that is said', () => {
    expect(clusters.flatMap(policyProblems)).toEqual([]);
    const open = (provider: unknown, tier = 'production'): string[] => policyProblems(clusterSchema.parse({ name: 'x', provider, kubernetes: '1.35', labels: { tier }, controller: argoCd() }) as Cluster).map(({ where }) => where);
    for (const provider of ['doks', 'eks']) expect(open(provider)).toEqual(['cluster x: provider.apiFrom']);
    expect(open('doks', 'test')).toEqual([]);
    expect([open('ack'), open('existing'), open(doks({ publicApi: true })), open(eks({ apiFrom: [] }))].flat()).toEqual([]);
  });

  it('have encrypted disks', () => {
    for (const { name, inputs } of ofType(/launchTemplate:LaunchTemplate$/)) for (const device of listAt(inputs, 'blockDeviceMappings')) expect(at(device, 'ebs', 'encrypted'), name).toBe('true');
    for (const { name, inputs } of ofType(/cs\/nodePool:NodePool$/)) expect(inputs['systemDiskEncrypted'], name).toBe(true);
  });

  it('encrypt their Secrets by a key that is kept and rotated', () => {
    for (const { name, inputs } of ofType(/eks\/cluster:Cluster$/)) expect(listAt(inputs, 'encryptionConfig', 'resources'), name).toEqual(['secrets']);
    for (const { name, inputs } of ofType(/cs\/managedKubernetes:/)) expect(inputs['encryptionProviderKey'], name).not.toBe(undefined);
    for (const { name, protect, inputs } of ofType(/kms\/key:Key$/)) expect([name, protect, inputs['enableKeyRotation'] === true || inputs['automaticRotation'] === 'Enabled']).toEqual([name, true, true]);
  });

  it('keep the instance metadata behind a token', () => {
    for (const { name, inputs } of ofType(/launchTemplate:LaunchTemplate$/)) expect(at(inputs, 'metadataOptions', 'httpTokens'), name).toBe('required');
    for (const { name, inputs } of ofType(/cs\/nodePool:NodePool$/)) expect(at(inputs, 'instanceMetadataOptions', 'httpTokens'), name).toBe('required');
  });

  it('give nobody every right: no policy of ours names all actions, or all principals', () => {
    for (const { name, inputs } of ofType(/iam\/role:Role$/)) {
      const statements = listAt(JSON.parse(String(inputs['assumeRolePolicy'])), 'Statement');
      expect(statements.length, name).toBeGreaterThan(0);
      expect(JSON.stringify(statements), name).not.toContain('*');
    }
    expect(all().filter(({ type }) => /iam\/(rolePolicy|policy):/.test(type))).toEqual([]);
    expect(ofType(/rolePolicyAttachment:/).map(({ inputs }) => String(inputs['policyArn'])).filter((arn) => /Administrator|FullAccess/.test(arn))).toEqual([]);
  });

  it('carry tags that name the fleet\'s cluster', () => {
    for (const { name, inputs } of ofType(/^digitalocean:.*:Kubernetes(Cluster|NodePool)$/)) expect(inputs['tags'], name).toEqual(expect.arrayContaining([expect.stringMatching(/^slipway-cluster:/), 'managed-by:slipway']));
    for (const { name, inputs } of ofType(/^pulumi:providers:aws$/)) expect(JSON.stringify(inputs['defaultTags']), name).toContain('slipway-cluster');
    for (const { name, inputs } of ofType(/^alicloud:(cs\/(managedKubernetes|nodePool)|vpc\/|kms\/)/)) expect(at(inputs, 'tags', 'managed-by'), name).toBe('slipway');
  });

  it('let nothing through by a default group', () => {
    for (const { inputs } of ofType(/defaultSecurityGroup:/)) expect([inputs['ingress'], inputs['egress']]).toEqual([[], []]);
  });
});
