import { describe, expect, it } from 'vitest';
import { executeBootstrap } from '../../lib/clusters/bootstrap/execute.ts';
import { hubProblems } from '../../lib/clusters/hub/problems.ts';
import { secretProblems } from '../../lib/clusters/secrets/controller-secrets.ts';
import type { StackSettings } from '../../lib/clusters/settings.ts';
import type { Cluster } from '../../lib/model/cluster.ts';
import { bootstrap } from '../../lib/synth/bootstrap.ts';
import { describeProblem } from '../../lib/values/errors.ts';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { draft, sourcesOf } from '../model/sources.ts';
import { renderedRepo } from '../synth/bootstrap-fleet.ts';
import { kubeconfig } from './kubeconfig.ts';
import { memberStack, type MemberStackOptions } from './hub-stack.ts';

const settings = (more: Partial<StackSettings>): StackSettings => ({ adopt: false, repositoryUser: 'git', secrets: {}, ...more });
const problems = (cluster: object, more: Partial<StackSettings>): string[] => hubProblems({ name: 'edge', managedBy: 'central', infrastructure: { kind: 'existing' }, ...cluster } as Cluster, settings(more)).map(describeProblem);

describe('settings about a hub', () => {
  it('are refused on a cluster that has none, one by one', () => {
    expect(problems({ managedBy: 'self' }, { hubStack: 'a/b/c', hubRole: 'x' })).toEqual([
      'slipway:hubRole: expected nothing, because edge manages itself and has no hub\n    fix: pulumi config rm slipway:hubRole, or name the hub: managedBy in the file of edge',
      'slipway:hubStack: expected nothing, because edge manages itself and has no hub\n    fix: pulumi config rm slipway:hubStack, or name the hub: managedBy in the file of edge',
    ]);
    expect(problems({ managedBy: 'self' }, {})).toEqual([]);
  });

  it.each<[string, object, Partial<StackSettings>, RegExp]>([
    ['two ways to the hub', {}, { hubStack: 'a/b/c', hubKubeconfig: {} as never }, /^slipway:hubKubeconfig: expected one way to reach the hub, got its kubeconfig and its stack/],
    ['a stack without its project', {}, { hubStack: 'central' }, /^slipway:hubStack: expected <organization>\/<project>\/<stack>, got "central"\n.*organization\/slipway\/central/],
    ['a role on a cluster that isn\'t EKS', {}, { hubRole: 'arn:aws:iam::123456789012:role/x' }, /^slipway:hubRole: expected nothing on a cluster of provider existing/],
    ['a role that is none', { infrastructure: { kind: 'eks' } }, { hubRole: 'argo-cd' }, /^slipway:hubRole: expected the ARN of an IAM role, got "argo-cd"/],
  ])('name %s', (_, cluster, more, message) => {
    expect(problems(cluster, more)).toEqual([expect.stringMatching(message)]);
  });
});

describe('a member that can\'t be registered', () => {
  it.each<[string, MemberStackOptions, RegExp]>([
    ['a hub\'s stack that has told nothing yet', { hubOutputs: {} }, /^the stack of central: expected its output kubeconfig.*\n.*run pulumi up on it first/],
    ['a kubeconfig of the hub that is none', { config: { 'slipway:hubKubeconfig': 'nothing of the kind: [' } }, /^kubeconfig: can't be read/],
    ['a server whose certificate nobody checks', { config: { 'slipway:kubeconfig': kubeconfig('edge', 'x').replace(`server: 'https://edge`, `insecure-skip-tls-verify: true, server: 'https://edge`) } }, /^kubeconfig of edge: expected a certificate authority.*insecure-skip-tls-verify/],
    ['Git\'s registration of a cluster of EKS for a role that nobody names', { provider: 'eks', hubOutputs: {}, member: { server: 'https://edge.example', credential: { kind: 'eks', ca: 'Q0E=' } } }, /^slipway:hubRole: expected the IAM role as which the Argo CD of central signs in at edge/],
  ])('is told before anything is made: %s', async (_, options, message) => {
    await expect(memberStack(options)).rejects.toThrow(message);
  });
});

describe('the server of a member', () => {
  const told = (edit: (clusters: Record<string, Record<string, unknown>>) => void): string[] => {
    const drafted = draft();
    delete drafted.clusters['prod-onprem']?.['server'];
    edit(drafted.clusters);
    return assembleFleet(sourcesOf(drafted)).problems.map(describeProblem);
  };

  it('needs no name where its stack tells it to the hub', () => {
    expect(told(() => undefined)).toEqual([]);
  });

  it.each<[string, (clusters: Record<string, Record<string, unknown>>) => void, string]>([
    ['the registration with a credential', (clusters) => Object.assign(clusters['prod-onprem'] ?? {}, { credential: { kind: 'external-secret', key: 'x' } }), 'the registration with a credential'],
    ['a hub that impersonates', (clusters) => Object.assign(clusters['prod-eu'] ?? {}, { controller: { kind: 'argo-cd', impersonation: true } }), 'the impersonation of prod-eu'],
  ])('has to be named for %s in Git', (_, edit, what) => {
    expect(told(edit)).toEqual([`environments/clusters/prod-onprem.ts: server: expected the URL of the API server, by which ${what} names it, got nothing\n    fix: name it as prod-eu reaches it`]);
  });
});

describe('the bootstrap of a hub', () => {
  const { source, cluster } = renderedRepo();
  const phases = bootstrap(cluster('prod-eu'), source);
  const secret = { namespace: 'argocd', name: 'cluster-prod-onprem' };

  it('waits for no member: each is registered by its own stack, once the hub is there', async () => {
    expect(phases.phases.flatMap((phase) => (phase.kind === 'secrets' ? phase.secrets.filter(({ name }) => name === secret.name) : []))).toHaveLength(1);
    const planned = { phases, repository: { url: 'https://git.acme.example/runtime.git', branch: 'main', path: '' }, commit: 'c' };
    expect(secretProblems(planned, settings({}))).toEqual([]);
    expect(secretProblems(planned, settings({ secrets: { [`${secret.namespace}/${secret.name}`]: { name: {} as never } } })).map(describeProblem)).toEqual([expect.stringContaining('slipway:secrets: argocd/cluster-prod-onprem: expected config, server')]);
    const lines: string[] = [];
    await executeBootstrap({ apply: () => Promise.resolve(), find: () => Promise.resolve(undefined), list: () => Promise.resolve([]) }, { ...phases, phases: phases.phases.filter(({ kind }) => kind === 'secrets') }, { commit: 'c', head: () => Promise.resolve('c'), tell: (line) => void lines.push(line), sleep: () => Promise.resolve() });
    expect(lines).toContainEqual(expect.stringMatching(/^still to bring: argocd\/cluster-prod-onprem: how the hub reaches prod-onprem/));
  });
});
