import { describe, expect, it } from 'vitest';
import { bootstrapProvider } from '../../lib/clusters/bootstrap/provider.ts';
import { controllerUrl } from '../../lib/clusters/controller-url.ts';
import { provider as existingProvider } from '../../lib/clusters/existing/existing.ts';
import { makeStack } from '../../lib/clusters/provision.ts';
import type { ClusterProvider } from '../../lib/clusters/cluster.ts';
import { stackSettings } from '../../lib/clusters/settings.ts';
import { argoCd } from '../../lib/model/argo-cd-options.ts';
import { clusterSchema, type Cluster } from '../../lib/model/cluster.ts';
import { flux } from '../../lib/model/flux-options.ts';
import type { Provider } from '../../lib/model/infrastructure/infrastructure.ts';
import type { Repository } from '../../lib/model/repository.ts';
import { bootstrap } from '../../lib/synth/bootstrap.ts';
import { renderedRepo } from '../synth/bootstrap-fleet.ts';
import { kubeconfig } from './kubeconfig.ts';
import { runProgram, type Ran, type Registered } from './mock-engine.ts';

const name = 'staging';
const bootstrapType = 'pulumi-nodejs:dynamic/slipway:Bootstrap';

/** What may change between two runs of a stack. */
interface Change {
  readonly controller?: 'argo-cd' | 'flux';
  readonly credential?: Repository['credential'];
  readonly config?: Readonly<Record<string, string>>;
  /** What the key pair came to. */
  readonly key?: string;
}

/** Runs the stack of a cluster, taken for one that exists. */
async function run({ controller = 'argo-cd', credential = { kind: 'secret', name: 'token' }, config = {}, key = 'the-first-key' }: Change = {}): Promise<Ran<Readonly<Record<string, unknown>>>> {
  const repository: Repository = { url: credential.kind === 'deploy-key' ? 'git@github.com:acme/runtime.git' : 'https://git.acme.example/runtime.git', branch: 'main', path: '', credential };
  const rendered = renderedRepo([], (draft) => {
    draft.fleet['runtimeRepo'] = repository;
    if (controller === 'flux') (draft.clusters[name] as Record<string, unknown>)['controller'] = flux();
  });
  const cluster = { ...rendered.cluster(name), provider: 'existing', infrastructure: { kind: 'existing' } } as Cluster;
  const planned = { phases: bootstrap(cluster, rendered.source, repository), repository, commit: 'c'.repeat(40) };
  return await runProgram({
    stack: name,
    config: { 'slipway:kubeconfig': kubeconfig(name, 'the-token'), 'slipway:repositoryToken': 'the-first-token', ...config },
    secretKeys: ['slipway:kubeconfig', 'slipway:repositoryToken', 'slipway:githubAppPrivateKey'],
    outputs: { 'tls:index/privateKey:PrivateKey': () => ({ privateKeyOpenssh: key, publicKeyOpenssh: `ssh-ed25519 ${key}\n` }) },
  }, () => makeStack({ cluster, fleet: { clusters: [cluster] }, provider: existingProvider as unknown as ClusterProvider<Provider>, planned, settings: stackSettings() }));
}

/** URNs of what is there in both runs and asked for differently, and of what is only in one. */
function compared(before: readonly Registered[], after: readonly Registered[]): { readonly changed: string[]; readonly gone: string[]; readonly new: string[] } {
  const short = (urn: string): string => urn.split('::').slice(2).join('::').replace(/^.*\$/, '');
  const without = (one: readonly Registered[], other: readonly Registered[]): string[] => one.filter(({ urn }) => !other.some((each) => each.urn === urn)).map(({ urn }) => short(urn)).sort();
  const changed = after.filter((each) => {
    const former = before.find(({ urn }) => urn === each.urn);
    return former !== undefined && JSON.stringify(former) !== JSON.stringify(each);
  });
  return { changed: changed.map(({ urn }) => short(urn)).sort(), gone: without(before, after), new: without(after, before) };
}

const inputsOf = (resources: readonly Registered[], type: string): Readonly<Record<string, unknown>> => {
  const found = resources.filter((each) => each.type === type);
  expect(found).toHaveLength(1);
  return found[0]?.inputs ?? {};
};
/** What the provider of the bootstrap says to a run after another. */
async function replaced(before: readonly Registered[], after: readonly Registered[]): Promise<readonly string[]> {
  return (await bootstrapProvider.diff?.('x', inputsOf(before, bootstrapType), inputsOf(after, bootstrapType)))?.replaces ?? [];
}

describe('rotating a credential', () => {
  it.each<[string, Change, Change]>([
    ['a token', {}, { config: { 'slipway:repositoryToken': 'the-second-token' } }],
    ['the key of a GitHub App', { credential: { kind: 'github-app', appId: 7, installationId: 8, privateKeySecret: 'x' }, config: { 'slipway:githubAppPrivateKey': 'one' } }, { credential: { kind: 'github-app', appId: 7, installationId: 8, privateKeySecret: 'x' }, config: { 'slipway:githubAppPrivateKey': 'two' } }],
    ['a deploy key', { credential: { kind: 'deploy-key' } }, { credential: { kind: 'deploy-key' }, key: 'the-second-key' }],
  ])('changes the Secret with %s and nothing else', async (_, first, second) => {
    const [before, after] = [(await run(first)).resources, (await run(second)).resources];
    expect(compared(before, after)).toEqual({ changed: [expect.stringMatching(/^kubernetes:core\/v1:Secret::staging-argocd-(runtime-repo|token|x)$/)], gone: [], new: [] });
    expect(await replaced(before, after)).toEqual([]);
  });

  it('changes the Secret in place, which Pulumi would otherwise delete and make again', async () => {
    expect(inputsOf((await run()).resources, 'pulumi:providers:kubernetes')).toMatchObject({ enableSecretMutable: 'true' });
  });
});

describe('a renewed kubeconfig', () => {
  it('replaces nothing: the cluster is known by its identity', async () => {
    const [before, after] = [(await run()).resources, (await run({ config: { 'slipway:kubeconfig': kubeconfig(name, 'a-new-token') } })).resources];
    expect(compared(before, after)).toEqual({ changed: ['pulumi-nodejs:dynamic/slipway:Bootstrap::staging', 'pulumi:providers:kubernetes::staging'], gone: [], new: [] });
    expect(await replaced(before, after)).toEqual([]);
    for (const resources of [before, after]) expect(inputsOf(resources, 'pulumi:providers:kubernetes')['clusterIdentifier']).toBe('https://staging.k8s.example');
  });
});

describe('a cluster that is made anew', () => {
  it('gets its Secrets and its bootstrap again', async () => {
    const [before, after] = [(await run()).resources, (await run({ config: { 'slipway:kubeconfig': kubeconfig(name, 'the-token').replaceAll(`https://${name}.`, 'https://another.') } })).resources];
    expect(await replaced(before, after)).toEqual(['identity']);
    expect(inputsOf(after, 'pulumi:providers:kubernetes')['clusterIdentifier']).toBe('https://another.k8s.example');
  });
});

describe('changing the controller', () => {
  it('brings the Secrets of the new one, leaves the namespace of the former, and bootstraps again', async () => {
    const [before, after] = [(await run()).resources, (await run({ controller: 'flux' })).resources];
    expect(compared(before, after)).toEqual({
      changed: ['pulumi-nodejs:dynamic/slipway:Bootstrap::staging'],
      gone: ['kubernetes:core/v1:Namespace::staging-argocd', 'kubernetes:core/v1:Secret::staging-argocd-token'],
      new: ['kubernetes:core/v1:Namespace::staging-flux-system', 'kubernetes:core/v1:Secret::staging-flux-system-token'],
    });
    expect(before.filter(({ type, retainOnDelete }) => type === 'kubernetes:core/v1:Namespace' && !retainOnDelete)).toEqual([]);
    expect(await replaced(before, after)).toEqual(['controller']);
  });
});

describe('the output controllerUrl', () => {
  const cluster = (controller: unknown): Cluster => clusterSchema.parse({ name: 'x', provider: 'existing', kubernetes: '1.35', controller });

  it('is where Argo CD\'s pages are, and not there where they aren\'t exposed', async () => {
    expect(controllerUrl(cluster(argoCd({ ui: { host: 'argo.acme.example' } })))).toBe('https://argo.acme.example');
    expect(controllerUrl(cluster(argoCd()))).toBe(undefined);
    expect(controllerUrl(cluster(flux()))).toBe(undefined);
    expect(Object.keys((await run()).result)).not.toContain('controllerUrl');
  });

  it('is the one that Argo CD is told', async () => {
    const ui = { host: 'argo.acme.example' };
    const rendered = renderedRepo([], (draft) => ((draft.clusters[name] as Record<string, unknown>)['controller'] = argoCd({ ui })));
    expect(JSON.stringify(rendered.files)).toContain(controllerUrl(rendered.cluster(name)));
  });
});
