import { describe, expect, it } from 'vitest';
import { buildFolder } from '../../lib/manifests/kustomize/build.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { bootstrap, secretsOf, type ApplyPhase, type Bootstrap } from '../../lib/synth/bootstrap.ts';
import { identityOf, isReached } from '../../lib/synth/bootstrap-readiness.ts';
import { foldersOf, treeOf } from '../../lib/synth/cluster-tree.ts';
import { secretsMadeBy, secretsNamedBy } from '../../lib/synth/secret-references.ts';
import { canonicalJson } from '../../lib/values/canonical-json.ts';
import { renderedRepo } from './bootstrap-fleet.ts';

const repo = renderedRepo([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: {} }]);
const of = (name: string): Bootstrap => bootstrap(repo.cluster(name), repo.source);
const applied = (phases: Bootstrap): ApplyPhase[] => phases.phases.filter((phase) => phase.kind === 'apply');
const names = (objects: readonly KubeObject[]): string[] => objects.map(({ kind, metadata }) => `${kind}/${metadata?.name ?? ''}`);

describe.each([['dev', 'flux', 'flux-system', 'kustomize-controller'], ['staging', 'argo-cd', 'argocd', 'argocd-controller']] as const)('the bootstrap of %s', (name, controller, namespace, manager) => {
  it('applies definitions, then the install, then the root, as the controller itself', () => {
    const found = of(name);
    expect(found).toMatchObject({ cluster: name, controller, namespace, fieldManager: manager });
    expect(found.phases.map((phase) => phase.name)).toEqual(['definitions', 'secrets', 'install', 'root', 'app-secrets']);
  });

  it('begins with namespaces and definitions alone, and waits until the server takes their objects', () => {
    const [first] = applied(of(name));
    expect(new Set(first?.objects.map(({ kind }) => kind))).toEqual(new Set(['Namespace', 'CustomResourceDefinition']));
    expect(first?.objects[0]).toMatchObject({ kind: 'Namespace', metadata: { name: namespace } });
    expect(first?.waitFor.map(({ object, until }) => [object.kind, until])).toEqual(first?.objects.filter(({ kind }) => kind !== 'Namespace').map(({ kind }) => [kind, 'Established']));
  });

  it('waits for every workload of the install before the root is applied', () => {
    const [, install] = applied(of(name));
    const workloads = install?.objects.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet') ?? [];
    expect(workloads.length).toBeGreaterThan(1);
    expect(install?.waitFor.map(({ object }) => object)).toEqual(workloads.map(identityOf));
  });

  it('ends with what the controller follows, at the commit', () => {
    const root = applied(of(name)).at(-1);
    expect(names(root?.objects ?? [])).toEqual(controller === 'flux' ? ['GitRepository/flux-system', 'Kustomization/root'] : ['Application/root']);
    expect(root?.files?.flatMap((file) => repo.source(file) ?? [])).toEqual(root?.objects);
    expect(root?.waitFor).toMatchObject([{ object: { name: 'root' }, until: controller === 'flux' ? 'Ready' : 'Synced' }]);
  });

  it('applies nothing that isn\'t the build of a folder of the runtime repo', () => {
    const folders = [`clusters/${name}`, `clusters/${name}/${controller}`];
    const inGit = new Set(folders.flatMap((folder) => buildFolder(folder, repo.source)).map((object) => canonicalJson(object)));
    const objects = applied(of(name)).flatMap((phase) => phase.objects);
    expect(objects.filter((object) => !inGit.has(canonicalJson(object)))).toEqual([]);
    expect(objects.length).toBe(buildFolder(folders[1] ?? '', repo.source).length + (applied(of(name)).at(-1)?.objects.length ?? 0));
  });

  it('reaches from the root everything that is rendered for the cluster', () => {
    const reached = foldersOf(treeOf(name, repo.source));
    const rendered = new Set(repo.files.filter(({ path }) => path.endsWith('/kustomization.yaml')).map(({ path }) => path.slice(0, -'/kustomization.yaml'.length)));
    const own = [...rendered].filter((folder) => folder === `clusters/${name}` || folder.startsWith(`clusters/${name}/`) || folder === `apps/${name}/storefront`);
    expect(reached).toEqual(own.sort());
  });

  it('names every Secret that the tree names and nothing in it makes', () => {
    const tree = treeOf(name, repo.source);
    const made = new Set(tree.flatMap(({ value, namespace: at }) => secretsMadeBy(value, at)));
    const listed = new Set(secretsOf(of(name)).map((secret) => `${secret.namespace}/${secret.name}`));
    const missing = tree.flatMap(({ value, namespace: at }) => secretsNamedBy(value, at)).map((each) => `${each.namespace}/${each.name}`).filter((place) => !made.has(place) && !listed.has(place));
    expect(missing).toEqual([]);
  });
});

describe('a bootstrap', () => {
  it('lists the Secrets of apps after the root, by who names them', () => {
    const pods = { imagePullSecrets: [{ name: 'registry' }], containers: [{ name: 'c', image: 'redis:7', envFrom: [{ secretRef: { name: 'database' } }, { secretRef: { name: 'maybe', optional: true } }] }] };
    const pod = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'p' }, spec: { template: { spec: pods } } };
    const made = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'database' }, spec: {} };
    const secrets = (objects: readonly KubeObject[]): unknown[] => {
      const rendered = renderedRepo(objects);
      return bootstrap(rendered.cluster('staging'), rendered.source).phases.flatMap((phase) => (phase.kind === 'secrets' && phase.name === 'app-secrets' ? phase.secrets.map(({ namespace, name, namedBy }) => [namespace, name, namedBy]) : []));
    };
    expect(secrets([pod])).toEqual([
      ['storefront-staging', 'database', ['apps/staging/storefront: Deployment/p']],
      ['storefront-staging', 'registry', ['apps/staging/storefront: Deployment/p']],
    ]);
    expect(secrets([pod, made])).toEqual([['storefront-staging', 'registry', ['apps/staging/storefront: Deployment/p']]]);
  });

  it('lists what the cluster declares as existing without Git', () => {
    const rendered = renderedRepo([], (draft) => { (draft.clusters['staging'] ?? {})['existingSecrets'] = { 'storefront-staging': ['by-hand'] }; });
    expect(secretsOf(bootstrap(rendered.cluster('staging'), rendered.source))).toMatchObject([{ namespace: 'storefront-staging', name: 'by-hand', namedBy: ['cluster staging: existingSecrets'] }]);
  });

  it('lists the registration of a hub\'s member, and no Secret of the member\'s apps', () => {
    const secrets = secretsOf(of('prod-eu')).filter(({ purpose }) => purpose === 'member');
    expect(secrets).toMatchObject([{ namespace: 'argocd', name: 'cluster-prod-onprem', labels: { 'argocd.argoproj.io/secret-type': 'cluster' } }]);
  });

  it('doesn\'t list the registration of a member whose credential the hub\'s own tree brings', () => {
    const rendered = renderedRepo([], (draft) => { (draft.clusters['prod-onprem'] ?? {})['credential'] = { kind: 'external-secret', key: 'clusters/onprem' }; });
    expect(secretsOf(bootstrap(rendered.cluster('prod-eu'), rendered.source)).filter(({ purpose }) => purpose === 'member')).toEqual([]);
  });

  it('names the Secrets that settings name in text', () => {
    const named = (value: KubeObject): string[] => secretsNamedBy(value, 'argocd').map(({ namespace, name, key }) => `${namespace}/${name} ${key ?? ''}`);
    expect(named({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm' }, data: { 'dex.config': 'clientSecret: $sso:github\nother: $dex.own\n', url: '$not:this' } })).toEqual(['argocd/sso github', 'argocd/argocd-secret dex.own']);
    expect(named({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-notifications-cm' }, data: { 'service.slack': 'token: $slack-token\n', 'template.x': '{{ $y }}' } })).toEqual(['argocd/argocd-notifications-secret slack-token']);
    expect(named({ apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1', kind: 'ImageUpdater', metadata: { name: 'x' }, spec: { writeBackConfig: { method: 'git:secret:config-repo' }, pullSecret: 'pullsecret:registries/ghcr' } })).toEqual(['argocd/config-repo ', 'registries/ghcr ']);
    expect(named({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine' }, data: { text: 'secretRef: x $a:b' } })).toEqual([]);
  });

  it.each([
    [{ kind: 'deploy-key' }, 'staging', ['sshPrivateKey', 'type', 'url']],
    [{ kind: 'deploy-key' }, 'dev', ['identity', 'known_hosts']],
    [{ kind: 'secret', name: 'token' }, 'staging', ['password', 'type', 'url', 'username']],
    [{ kind: 'secret', name: 'token' }, 'dev', ['password', 'username']],
    [{ kind: 'github-app', appId: 1, installationId: 2, privateKeySecret: 'app' }, 'staging', ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey', 'type', 'url']],
  ] as const)('asks for the runtime repo\'s credential %j on %s', (credential, name, keys) => {
    const repository = { url: credential.kind === 'deploy-key' ? 'git@git.example:acme/runtime.git' : 'https://git.example/acme/runtime.git', branch: 'main', path: '', credential };
    const rendered = renderedRepo([], (draft) => { draft.fleet['runtimeRepo'] = repository; });
    expect(secretsOf(bootstrap(rendered.cluster(name), rendered.source, repository)).find(({ purpose }) => purpose === 'repository')).toMatchObject({ keys });
  });

  it('leaves to the controller what of its install needs an add-on\'s definitions', () => {
    const rendered = renderedRepo([], (draft) => { (draft.clusters['staging'] ?? {})['controller'] = { kind: 'argo-cd', ui: { host: 'argocd.acme.example', gateway: { name: 'internal', namespace: 'gateways' } } }; });
    const found = bootstrap(rendered.cluster('staging'), rendered.source);
    expect(found.left.map(({ kind }) => kind)).toContain('HTTPRoute');
    expect(found.phases.flatMap((phase) => (phase.kind === 'apply' ? phase.objects : [])).map(({ kind }) => kind)).not.toContain('HTTPRoute');
    expect(found.phases.flatMap((phase) => (phase.kind === 'apply' ? phase.objects : [])).map(({ kind }) => kind)).toContain('AppProject');
  });

  it('refuses a member, a cluster that isn\'t published, and one whose install isn\'t', () => {
    expect(() => of('prod-onprem')).toThrow('got one that prod-eu manages');
    expect(() => bootstrap(repo.cluster('dev'), () => undefined)).toThrow(/expected clusters\/dev\/ in the runtime repo[\s\S]*expected clusters\/dev\/flux\/ in the runtime repo/);
    expect(() => bootstrap(repo.cluster('dev'), (path) => (path.startsWith('upstream/') ? undefined : repo.source(path)))).toThrow('run `slipway vendor`');
  });
});

describe('what is waited for', () => {
  const at = (fields: object): object => ({ metadata: { generation: 2 }, ...fields });
  it.each([
    ['a definition', 'Established', { status: { conditions: [{ type: 'Established', status: 'True' }, { type: 'NamesAccepted', status: 'True' }] } }, true],
    ['a definition whose name is taken', 'Established', { status: { conditions: [{ type: 'Established', status: 'True' }, { type: 'NamesAccepted', status: 'False' }] } }, false],
    ['an object that isn\'t there', 'Available', undefined, false],
    ['a Deployment', 'Available', at({ kind: 'Deployment', spec: { replicas: 1 }, status: { observedGeneration: 2, updatedReplicas: 1, conditions: [{ type: 'Available', status: 'True' }] } }), true],
    ['a Deployment of an earlier generation', 'Available', at({ kind: 'Deployment', spec: { replicas: 1 }, status: { observedGeneration: 1, updatedReplicas: 1, conditions: [{ type: 'Available', status: 'True' }] } }), false],
    ['a StatefulSet', 'Available', at({ kind: 'StatefulSet', spec: { replicas: 2 }, status: { observedGeneration: 2, readyReplicas: 2 } }), true],
    ['a StatefulSet that isn\'t ready', 'Available', at({ kind: 'StatefulSet', spec: { replicas: 2 }, status: { observedGeneration: 2, readyReplicas: 1 } }), false],
    ['an Application at our commit', 'Synced', { status: { sync: { status: 'Synced', revision: 'c1' }, operationState: { phase: 'Succeeded' } } }, true],
    ['an Application at another commit', 'Synced', { status: { sync: { status: 'Synced', revision: 'c0' }, operationState: { phase: 'Succeeded' } } }, false],
    ['a Kustomization at our commit', 'Ready', at({ status: { observedGeneration: 2, lastAppliedRevision: 'main@sha1:c1', conditions: [{ type: 'Ready', status: 'True' }] } }), true],
    ['a Kustomization at another commit', 'Ready', at({ status: { observedGeneration: 2, lastAppliedRevision: 'main@sha1:c0', conditions: [{ type: 'Ready', status: 'True' }] } }), false],
  ] as const)('of %s', (_, until, live, reached) => {
    expect(isReached(until, live, 'c1')).toBe(reached);
  });
});
