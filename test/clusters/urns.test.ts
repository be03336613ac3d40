import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeStack } from '../../lib/clusters/provision.ts';
import { loadProvider } from '../../lib/clusters/providers.ts';
import { stackSettings } from '../../lib/clusters/settings.ts';
import { flux } from '../../lib/model/flux-options.ts';
import { argoCd } from '../../lib/model/argo-cd-options.ts';
import { clusterSchema, type Cluster } from '../../lib/model/cluster.ts';
import { ack } from '../../lib/model/infrastructure/ack.ts';
import { doks } from '../../lib/model/infrastructure/doks.ts';
import { eks } from '../../lib/model/infrastructure/eks.ts';
import { existing } from '../../lib/model/infrastructure/existing.ts';
import type { Provider, ProviderInput } from '../../lib/model/infrastructure/infrastructure.ts';
import type { Repository } from '../../lib/model/repository.ts';
import { bootstrap } from '../../lib/synth/bootstrap.ts';
import { renderedRepo } from '../synth/bootstrap-fleet.ts';
import { memberStack } from './hub-stack.ts';
import { kubeconfig } from './kubeconfig.ts';
import { runProgram, type Registered } from './mock-engine.ts';

/**
 * URNs are how the engine finds what it made. A name, a type or a parent that changes makes everything below it anew: a cluster, its disks,
 * its addresses. So each URN that a stack ever had is listed in golden/urns-<provider>.txt; lines are added there, none is ever removed. What
 * has to be renamed keeps its former URN by `aliases`, and the new one is listed beside it.
 */
const nodePools = [{ name: 'general' }, { name: 'jobs', nodes: { min: 0, max: 4 } }];
const subjects: Readonly<Record<Provider, ProviderInput>> = {
  ack: ack({ nodePools }),
  doks: doks({ nodePools, vpc: { range: '10.9.0.0/16' } }),
  eks: eks({ nodePools, vpc: { nat: 'each-zone' }, admins: ['arn:aws:iam::123456789012:role/platform'] }),
  existing: existing(),
};

async function stackOf(kind: Provider, controller: 'argo-cd' | 'flux'): Promise<readonly Registered[]> {
  const name = controller === 'flux' ? 'dev' : 'staging';
  const repository: Repository = { url: 'git@github.com:acme/runtime.git', branch: 'main', path: '', credential: { kind: 'deploy-key' } };
  const rendered = renderedRepo([], (draft) => (draft.fleet['runtimeRepo'] = repository));
  const cluster: Cluster = { ...clusterSchema.parse({ name, provider: subjects[kind], kubernetes: '1.35', controller: controller === 'flux' ? flux({ imageAutomation: true }) : argoCd() }) };
  const planned = { phases: bootstrap({ ...rendered.cluster(name), infrastructure: cluster.infrastructure }, rendered.source, repository), repository, commit: 'c'.repeat(40) };
  // The cluster under Argo CD delivers to another one.
  const member = clusterSchema.parse({ name: 'edge', provider: 'eks', kubernetes: '1.35', controller: argoCd(), managedBy: name });
  const provider = await loadProvider<Provider>(kind);
  const { resources } = await runProgram({
    stack: name,
    // Under Flux the deploy key is registered at its forge too.
    config: { 'slipway:kubeconfig': kubeconfig(name, 'the-token'), ...(controller === 'flux' && { 'slipway:forgeToken': 'the-token-of-the-forge' }) },
    secretKeys: ['slipway:kubeconfig', 'slipway:forgeToken'],
    outputs: {
      'aws:eks/cluster:Cluster': () => ({ arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/x', certificateAuthority: { data: 'Q0E=' } }),
      'alicloud:cs/managedKubernetes:ManagedKubernetes': () => ({ connections: {} }),
      'digitalocean:index/kubernetesCluster:KubernetesCluster': () => ({ kubeConfigs: [{ rawConfig: kubeconfig(name, 'the-token') }] }),
      'tls:index/privateKey:PrivateKey': () => ({ privateKeyOpenssh: 'x', publicKeyOpenssh: 'ssh-ed25519 AAAA\n' }),
    },
    answers: { 'alicloud:cs/getKubernetesVersion:getKubernetesVersion': () => ({ metadatas: [{ version: '1.35.1-aliyun.1' }] }) },
  }, () => makeStack({ cluster, fleet: { clusters: controller === 'flux' ? [cluster] : [cluster, member] }, provider, planned, settings: stackSettings() }));
  return resources;
}

/** Every URN by which the engine finds a resource: its own, its aliases, and those that it inherits from aliases of what it is below. */
function knownAs(resource: Registered, all: readonly Registered[]): string[] {
  const own = [resource.urn, ...resource.aliases];
  const parent = all.find(({ urn }) => urn === resource.parent);
  if (parent === undefined) return own;
  const typeOf = (urn: string): string => urn.split('::')[2] ?? '';
  const inherited = knownAs(parent, all).flatMap((former) => own.map((urn) => urn.replace(`::${typeOf(parent.urn)}$`, `::${typeOf(former)}$`)));
  return [...new Set([...own, ...inherited])];
}

describe('the URNs of a stack', () => {
  it.each(Object.keys(subjects) as Provider[])('with a cluster of %s stay as they are, for ever', async (kind) => {
    // A member's registration is the same on every cloud but on EKS, which has identities for it.
    const member = kind === 'eks' || kind === 'existing' ? (await memberStack({ provider: subjects[kind] })).resources : [];
    const resources = [...await stackOf(kind, 'argo-cd'), ...await stackOf(kind, 'flux'), ...member].filter(({ type }) => type !== 'pulumi:pulumi:Stack');
    const urns = [...new Set(resources.map(({ urn }) => urn))].sort();
    const listed = readFileSync(new URL(`golden/urns-${kind}.txt`, import.meta.url), 'utf8').split('\n').filter((line) => line !== '');
    const found = new Set(resources.flatMap((resource) => knownAs(resource, resources)));
    expect(listed.filter((urn) => !found.has(urn)), 'made anew by everybody who has it; give what replaces it an alias').toEqual([]);
    expect(urns.filter((urn) => !listed.includes(urn)), `to be added to test/clusters/golden/urns-${kind}.txt`).toEqual([]);
  });

  it('may be former ones, which the engine finds by aliases, below an aliased component too', () => {
    const registered = (urn: string, parent: string, aliases: readonly string[] = []): Registered => ({ urn, parent, aliases, type: '', name: '', custom: true, inputs: {}, dependsOn: [], provider: '', protect: false, retainOnDelete: false, ignoreChanges: [], additionalSecretOutputs: [] });
    const component = registered('urn:pulumi:s::p::slipway:clusters:New::blue', '', ['urn:pulumi:s::p::slipway:clusters:Old::blue']);
    const child = registered('urn:pulumi:s::p::slipway:clusters:New$aws:ec2/vpc:Vpc::net', component.urn, ['urn:pulumi:s::p::slipway:clusters:New$aws:ec2/vpc:Vpc::network']);
    expect(knownAs(child, [component, child]).sort()).toEqual(['New', 'Old'].flatMap((type) => ['net', 'network'].map((name) => `urn:pulumi:s::p::slipway:clusters:${type}$aws:ec2/vpc:Vpc::${name}`)));
  });
});
