import { describe, expect, it } from 'vitest';
import { kustomization } from '../../lib/manifests/kustomization.ts';
import type { KubeObject, RenderedUnit, UpstreamIndex } from '../../lib/manifests/rendered.ts';
import { FleetValidator } from '../../lib/validate/fleet-validator.ts';
import type { ValidationTarget } from '../../lib/validate/target.ts';
import { cyclesOf } from '../../lib/validate/tree/cycles.ts';

const target: ValidationTarget = { minors: { one: '1.35', two: '1.35' }, definitions: { one: ['gateway.networking.k8s.io'], two: [] }, namespaces: { one: ['flux-system', 'argocd', 'shop'], two: ['shop'] } };

function unit(id: string, objects: readonly KubeObject[], more: Partial<RenderedUnit> = {}): RenderedUnit {
  const files = objects.map((value, at) => ({ path: `${id}/${at}.yaml`, source: 'x', objects: [{ value, construct: `${id}/${at}` }] }));
  const list = { path: `${id}/kustomization.yaml`, source: 'x', objects: [{ value: kustomization([...files.map((file) => file.path.slice(id.length + 1)), ...(more.needs ?? []).map((need) => `../../../../${need}`)], []), construct: id }] };
  return { id, clusters: ['one'], files: [...files, list], images: [], ...more };
}

function flux(name: string, path: string, dependsOn: readonly string[] = []): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name, namespace: 'flux-system' },
    spec: { interval: '10m', prune: true, path: `./rendered/${path}`, sourceRef: { kind: 'GitRepository', name: 'flux-system' }, dependsOn: dependsOn.map((each) => ({ name: each })) },
  };
}

function application(name: string, path: string, wave?: number, destination: object = { server: 'https://kubernetes.default.svc' }): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Application',
    metadata: { name, namespace: 'argocd', ...(wave !== undefined && { annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } }) },
    spec: { project: 'slipway', source: { repoURL: 'https://git.example/runtime.git', path }, destination },
  };
}

const secret = (namespace = 'shop'): KubeObject => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'database', namespace },
  spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'store' }, data: [{ secretKey: 'a', remoteRef: { key: 'a' } }] },
});
const namespace = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const route: KubeObject = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'shop' }, spec: { parentRefs: [{ name: 'public', namespace: 'gateway' }] } };
const operator = (id: string, more: Partial<RenderedUnit> = {}): RenderedUnit => unit(id, [], { needs: ['upstream/external-secrets-2.9.0'], provides: ['external-secrets.io'], ...more });
const flowing = { 'flux.toolkit': ['kustomize.toolkit.fluxcd.io'] };

/** Messages of the two rules about trees. */
function findings(units: readonly RenderedUnit[]): string[] {
  const validator = new FleetValidator();
  const definitions = { one: [...(target.definitions?.['one'] ?? []), ...(flowing['flux.toolkit']), 'argoproj.io'], two: [] };
  for (const each of units) validator.add(each, { ...target, definitions });
  return validator.finish().filter(({ rule }) => ['bootstrap-order', 'missing-definition'].includes(rule)).map(({ rule, object, message }) => `${rule} ${object.kind} ${object.name}: ${message}`);
}

describe('a custom resource', () => {
  const app = unit('apps/prod/shop', [secret(), route]);

  it('whose definition nothing brings is told, with the cluster', () => {
    expect(findings([app, unit('clusters/one', [flux('shop', 'apps/prod/shop')])])).toEqual([
      'missing-definition ExternalSecret database: nothing on one brings the definition of ExternalSecret (external-secrets.io), which ExternalSecret shop/database (apps/prod/shop/0.yaml) needs',
    ]);
  });

  it('finds it in an add-on, vendored or not, in a definition that is rendered, and in what is declared', () => {
    const root = unit('clusters/one', [flux('shop', 'apps/prod/shop'), flux('external-secrets', 'clusters/one/add-ons/external-secrets')]);
    const upstream = (kind: string): RenderedUnit => {
      const index: UpstreamIndex = { objects: [], definitions: [{ group: 'external-secrets.io', kind, namespaced: true, versions: ['v1'] }] };
      return { id: 'upstream/external-secrets-2.9.0', clusters: [], files: [], images: [], upstream: index };
    };
    const addOn = operator('clusters/one/add-ons/external-secrets');
    expect(findings([app, root, addOn])).toEqual([]);
    expect(findings([app, root, addOn, upstream('ExternalSecret')])).toEqual([]);
    // What is vendored is known for certain: the group alone is no longer enough.
    expect(findings([app, root, addOn, upstream('Other')]).length).toBe(1);
  });

  it('is asked for on the cluster where it lands, not on the hub that delivers it', () => {
    const hub = unit('clusters/one', [application('shop', 'apps/prod/shop', undefined, { name: 'two' }), application('external-secrets', 'clusters/one/add-ons/external-secrets')]);
    expect(findings([unit('apps/prod/shop', [secret()], { clusters: ['two'] }), hub, operator('clusters/one/add-ons/external-secrets')])[0]).toContain('nothing on two brings');
  });
});

describe('a cluster', () => {
  const addOn = operator('clusters/one/add-ons/external-secrets');
  const platform = unit('clusters/one/platform', [namespace('shop'), secret()]);

  it('can\'t be built when the platform holds what an add-on after it defines: both objects are named', () => {
    const root = unit('clusters/one', [flux('platform', 'clusters/one/platform'), flux('external-secrets', 'clusters/one/add-ons/external-secrets', ['platform'])]);
    expect(findings([platform, addOn, root])).toEqual([
      'bootstrap-order ExternalSecret database: on one these wait for each other for ever: platform has ExternalSecret shop/database (clusters/one/platform/1.yaml), whose definition external-secrets brings; external-secrets waits for platform',
    ]);
  });

  it('can\'t be built when waves of Argo CD have it so', () => {
    const root = unit('clusters/one', [application('platform', 'clusters/one/platform', -10), application('external-secrets', 'clusters/one/add-ons/external-secrets')]);
    expect(findings([platform, addOn, root])[0]).toContain('external-secrets is in wave 0 after platform');
    const together = unit('clusters/one', [application('platform', 'clusters/one/platform'), application('external-secrets', 'clusters/one/add-ons/external-secrets')]);
    expect(findings([platform, addOn, together])).toEqual([]);
  });

  it('can\'t be built when two wait for each other by name, or for a namespace that comes later', () => {
    const a = unit('clusters/one/a', [namespace('a')]);
    const b = unit('clusters/one/b', [namespace('b')]);
    expect(findings([a, b, unit('clusters/one', [flux('a', 'clusters/one/a', ['b']), flux('b', 'clusters/one/b', ['a'])])])).toEqual([
      'bootstrap-order Kustomization a: on one these wait for each other for ever: a waits for b; b waits for a',
    ]);
    const early = unit('clusters/one/early', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'b' }, data: {} }]);
    expect(findings([early, b, unit('clusters/one', [flux('early', 'clusters/one/early'), flux('b', 'clusters/one/b', ['early'])])])[0]).toContain('in the namespace b, which b makes');
  });
});

describe('what an upstream manifest brings', () => {
  const index: UpstreamIndex = {
    objects: [
      { apiVersion: 'v1', kind: 'Namespace', name: 'tools' },
      { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'tools', name: 'operator' },
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'tools', name: 'operator', containers: { manager: 'ghcr.io/acme/operator:v1' } },
    ],
    definitions: [],
  };
  const upstream: RenderedUnit = { id: 'upstream/tools-1.0.0', clusters: [], files: [], images: [], upstream: index };
  const standing = (more: object, objects: readonly KubeObject[] = []): RenderedUnit => {
    const made = unit('clusters/one/add-ons/tools', objects, { needs: ['upstream/tools-1.0.0'] });
    const list = made.files.at(-1);
    return { ...made, files: [...made.files.slice(0, -1), { path: list?.path ?? '', source: 'x', objects: [{ value: { ...list?.objects[0]?.value, ...more } as KubeObject, construct: 'x' }] }] };
  };
  const found = (units: readonly RenderedUnit[]): string[] => {
    const validator = new FleetValidator();
    for (const each of units) validator.add(each, target);
    return validator.finish().filter(({ rule }) => ['missing-namespace', 'patch-target', 'two-owners'].includes(rule)).map(({ rule, message }) => `${rule}: ${message}`);
  };
  const noNamespace = { target: { kind: 'Namespace' }, patch: '$patch: delete\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: any\n' };

  it('has one owner: a namespace of the platform too is one too many, unless it is taken away', () => {
    const platform = unit('clusters/one/platform', [namespace('tools')]);
    expect(found([platform, standing({}), upstream])).toEqual(['two-owners: expected one owner of Namespace tools on one, got clusters/one/add-ons/tools and clusters/one/platform (clusters/one/platform/0 in clusters/one/platform/0.yaml)']);
    expect(found([platform, standing({ patches: [noNamespace] }), upstream])).toEqual([]);
  });

  it('needs its namespace like everything else', () => {
    expect(found([unit('clusters/one/platform', [namespace('other')]), standing({ patches: [noNamespace] }), upstream])).toEqual(['missing-namespace: nobody makes the namespace "tools" on one. Known: other.']);
  });

  it('stays where only a part, chosen by labels, is taken away', () => {
    const some = { target: { labelSelector: 'app=x' }, patch: '$patch: delete\napiVersion: v1\nkind: Any\nmetadata:\n  name: any\n' };
    expect(found([unit('clusters/one/platform', [namespace('tools')]), standing({ patches: [some] }), upstream])[0]).toContain('two-owners');
  });

  it('is what patches and images change: what a new version renamed is missed', () => {
    const patches = [
      { patch: 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: operator\n' },
      { patch: 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: operators\n' },
      { target: { kind: 'Deployment', name: 'oper.*' }, patch: '[]' },
      { target: { kind: 'StatefulSet', name: 'oper.*' }, patch: '[]' },
    ];
    const images = [{ name: 'ghcr.io/acme/operator', newTag: 'v2' }, { name: 'ghcr.io/acme/oprator', newTag: 'v2' }];
    expect(found([standing({ patches, images }), upstream])).toEqual([
      'patch-target: no container of upstream/tools-1.0.0 runs the image ghcr.io/acme/oprator; it has ghcr.io/acme/operator',
      'patch-target: expected a Deployment operators in upstream/tools-1.0.0, got none',
      'patch-target: expected a StatefulSet oper.* in upstream/tools-1.0.0, got none',
    ]);
    // What isn't vendored here can't be looked at.
    expect(found([standing({ patches, images })])).toEqual([]);
  });
});

describe('ways round', () => {
  const edges = (...to: number[][]) => to.map((each) => each.map((target) => ({ to: target })));

  it('are found once for each knot, the shortest', () => {
    expect(cyclesOf(edges([1], [2], []))).toEqual([]);
    expect(cyclesOf(edges([1], [2], [0]))).toEqual([[0, 1, 2]]);
    expect(cyclesOf(edges([1, 2], [0], [1], [3]))).toEqual([[0, 1], [3]]);
  });

  it('are looked for among tens of thousands without running out of stack', () => {
    const long = Array.from({ length: 50_000 }, (_, at) => [{ to: (at + 1) % 50_000 }]);
    expect(cyclesOf(long)[0]?.length).toBe(50_000);
  });
});
