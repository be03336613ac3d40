import { describe, expect, it } from 'vitest';
import { hubOutputs } from '../../lib/clusters/hub/reach.ts';
import { provider } from '../../lib/clusters/eks/eks.ts';
import type { ClusterOf } from '../../lib/clusters/cluster.ts';
import { argoCd } from '../../lib/model/argo-cd-options.ts';
import { clusterSchema, type Cluster } from '../../lib/model/cluster.ts';
import { listAt } from '../../lib/values/fields.ts';
import { runProgram, type Ran } from './mock-engine.ts';

const cluster = (name: string, kind: string): Cluster => clusterSchema.parse({ name, provider: kind, kubernetes: '1.35', controller: argoCd() });
const hubWith = (...members: readonly Cluster[]): Promise<Ran<Readonly<Record<string, unknown>>>> => runProgram({
  stack: 'central', outputs: { 'aws:eks/cluster:Cluster': () => ({ certificateAuthority: { data: 'Q0E=' } }) },
}, () => provider.make({ cluster: cluster('central', 'eks') as ClusterOf<'eks'>, members }).outputs);

describe('a hub on EKS', () => {
  it('gives its Argo CD an identity that may do nothing by itself, for the members on EKS to let in', async () => {
    const { resources, result } = await hubWith(cluster('edge', 'eks'));
    const associations = resources.filter(({ type, inputs }) => type === 'aws:eks/podIdentityAssociation:PodIdentityAssociation' && inputs['namespace'] === 'argocd');
    expect(associations.map(({ inputs }) => inputs['serviceAccount'])).toEqual(['argocd-application-controller', 'argocd-server']);
    const role = resources.filter(({ type, name }) => type === 'aws:iam/role:Role' && name === 'central-argo-cd');
    expect(role.map(({ inputs }) => listAt(JSON.parse(String(inputs['assumeRolePolicy'])), 'Statement'))).toEqual([[{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } }]]);
    expect(resources.filter(({ type, name }) => /[pP]olicy/.test(type) && name.startsWith('central-argo-cd'))).toEqual([]);
    expect(Object.keys(result)).toContain(hubOutputs.role);
  });

  it('makes none where no member is a cluster of EKS', async () => {
    const { resources, result } = await hubWith(cluster('edge', 'doks'));
    expect(resources.filter(({ name }) => /argo-cd|argocd/.test(name))).toEqual([]);
    expect(Object.keys(result)).not.toContain(hubOutputs.role);
  });
});
