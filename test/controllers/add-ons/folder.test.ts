import { describe, expect, it } from 'vitest';
import { addOnFolder, addOnNamespace, addOnsBefore, defaultUpstream, providedGroups, requiredGroups, upstreamOf } from '../../../lib/controllers/add-ons/folder.ts';
import { kustomization } from '../../../lib/manifests/kustomization.ts';
import { buildFolder } from '../../../lib/manifests/kustomize/build.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { addOnNames, addOnVersions, chartAddOns, type AddOn, type AddOnName } from '../../../lib/model/add-ons.ts';
import type { Cluster } from '../../../lib/model/cluster.ts';
import { gatewayApiPlugin, type RolloutsPluginInput } from '../../../lib/model/rollouts-plugins.ts';
import { at } from '../../../lib/values/fields.ts';
import { knownUpstreams, publishedAt } from '../../../lib/upstream/catalogue.ts';
import { layout } from '../../../lib/manifests/layout.ts';

const cluster = { name: 'prod-eu' } as Cluster;
const plain = (name: AddOnName, more: Partial<AddOn> = {}): AddOn => ({ name, version: addOnVersions[name], values: {}, ...more });

/** What a controller applies of an add-on whose upstream manifest holds these objects. */
function built(addOn: AddOn, objects: readonly KubeObject[]): KubeObject[] {
  const { upstream, images, patches, namespace } = addOnFolder(addOn, cluster);
  const folder = layout.addOn(cluster.name, addOn.name);
  const at = upstream.map(({ name, version }) => layout.upstream(name, version));
  return buildFolder(folder, (path) => {
    if (path === layout.kustomization(folder)) return [kustomization(at.map((each) => `../../../../${each}`), images, { patches, ...(namespace !== undefined && { namespace }) })];
    if (path === layout.kustomization(at[0] ?? '')) return [kustomization(['install.yaml'], [])];
    return path === `${at[0] ?? ''}/install.yaml` ? objects : undefined;
  });
}

const deployment = (name: string, container: string, image = 'example.org/x:1'): KubeObject => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { template: { spec: { containers: [{ name: container, image, args: ['--a'], resources: { limits: { 'ephemeral-storage': '1Gi' } } }] } } },
});
const definition: KubeObject = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'xs.example.org', annotations: { own: 'kept' } }, spec: {} };
const containerOf = (object: KubeObject | undefined): unknown => (object?.['spec'] as { readonly template: { readonly spec: { readonly containers: readonly unknown[] } } } | undefined)?.template.spec.containers[0];

describe('an add-on', () => {
  it.each(addOnNames)('%s is published somewhere that Slipway knows, and rendered of one upstream', (name) => {
    expect(knownUpstreams[name]?.url).toContain('{version}');
    expect(publishedAt(defaultUpstream(name))).toContain(addOnVersions[name]);
    expect(defaultUpstream(name).chart === undefined).toBe(!chartAddOns.includes(name));
    expect(publishedAt(defaultUpstream(name))?.endsWith('.tgz')).toBe(chartAddOns.includes(name));
    expect(knownUpstreams[name]?.file === 'rendered.yaml').toBe(chartAddOns.includes(name));
    expect(addOnFolder(plain(name), cluster).upstream).toHaveLength(1);
  });

  it.each(addOnNames)('%s keeps its custom resources whatever Git says, by either controller', (name) => {
    expect(built(plain(name), [definition, deployment('external-dns', 'external-dns')])[0]?.metadata?.annotations).toEqual({
      'own': 'kept', 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
  });

  it.each(addOnNames)('%s brings no namespace of its own where the platform renders it', (name) => {
    const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: addOnNamespace({ name }).name } };
    expect(built(plain(name), [namespace, deployment('external-dns', 'external-dns')]).map(({ kind }) => kind)).toEqual(addOnNamespace({ name }).exists ? ['Namespace', 'Deployment'] : ['Deployment']);
  });

  it('has API groups that are sorted and nobody else\'s', () => {
    const groups = addOnNames.flatMap((name) => providedGroups({ name }));
    expect(new Set(groups).size).toBe(groups.length);
    for (const name of addOnNames) expect([...providedGroups({ name })].sort()).toEqual(providedGroups({ name }));
  });
});

describe('Argo Rollouts', () => {
  it('runs the version that is named and not "latest", in a namespace of its own, within limits', () => {
    const [controller, account] = built(plain('argo-rollouts', { version: '1.9.2' }), [deployment('argo-rollouts', 'argo-rollouts', 'quay.io/argoproj/argo-rollouts:latest'), { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'argo-rollouts' } }]);
    expect(containerOf(controller)).toMatchObject({ image: 'quay.io/argoproj/argo-rollouts:v1.9.2', resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { 'memory': '256Mi', 'ephemeral-storage': '1Gi' } } });
    expect([controller?.metadata?.namespace, account?.metadata?.namespace]).toEqual(['argo-rollouts', 'argo-rollouts']);
  });

  it('takes other resources', () => {
    expect(containerOf(built(plain('argo-rollouts', { resources: { cpu: '1', memory: '2Gi' } }), [deployment('argo-rollouts', 'argo-rollouts')])[0])).toMatchObject({ resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '2Gi' } } });
  });
});

describe('Argo Rollouts with plugins', () => {
  const settings: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argo-rollouts-config' } };
  const plugins = (list: readonly RolloutsPluginInput[]): AddOn => plain('argo-rollouts', { plugins: list.map((plugin) => ({ kind: 'traffic-router' as const, ...plugin })) });
  const withPlugins = (list: readonly RolloutsPluginInput[]) => built(plugins(list), [settings, deployment('argo-rollouts', 'argo-rollouts')]);

  it('has each in the list of its kind, checked by its SHA-256', () => {
    const [config] = withPlugins([gatewayApiPlugin({ args: ['-logformat=json'] }), { name: 'acme/steps', kind: 'step', location: 'file:///plugins/steps' }, { name: 'acme/metrics', kind: 'metric-provider', location: 'https://x.example/m', sha256: 'a'.repeat(64), headersFrom: ['token'] }]);
    expect(config?.['data']).toEqual({
      trafficRouterPlugins: `- name: argoproj-labs/gatewayAPI
  location: https://github.com/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi/releases/download/v0.17.0/gatewayapi-plugin-linux-amd64
  sha256: "1904ca787d33107c140521899d61fff030ee75d99908bd175fca5a4647759061"
  args:
  - "-logformat=json"`,
      stepPlugins: '- name: acme/steps\n  location: file:///plugins/steps',
      metricProviderPlugins: `- name: acme/metrics\n  location: https://x.example/m\n  sha256: ${'a'.repeat(64)}\n  headersFrom:\n  - secretRef:\n      name: token`,
    });
  });

  it('is started anew when they change, because it reads them only when it starts', () => {
    const annotation = (list: readonly RolloutsPluginInput[]): unknown => at(withPlugins(list)[1], 'spec', 'template', 'metadata', 'annotations', 'slipway.dev/plugins');
    const [one, again, other] = [annotation([gatewayApiPlugin()]), annotation([gatewayApiPlugin()]), annotation([gatewayApiPlugin({ args: ['-kubeClientQPS=40'] })])];
    expect([typeof one, again === one, other === one, annotation([])]).toEqual(['string', true, false, undefined]);
  });

  it('lets the one for Gateway API change routes, and others nothing more', () => {
    expect(addOnFolder(plugins([gatewayApiPlugin()]), cluster).objects.map(({ kind, metadata }) => `${kind}/${metadata?.name ?? ''}`)).toEqual(['ClusterRole/argo-rollouts-gateway-api', 'ClusterRoleBinding/argo-rollouts-gateway-api']);
    expect(addOnFolder(plugins([{ name: 'acme/steps', kind: 'step', location: 'file:///x' }]), cluster).objects).toEqual([]);
  });
});

describe('Envoy Gateway', () => {
  it('is applied alike by both controllers: no object is a Helm hook, and the certificate Job stays and can be replaced', () => {
    const hooked = (apiVersion: string, kind: string, more: object = {}): KubeObject => ({ apiVersion, kind, metadata: { name: 'eg-gateway-helm-certgen', annotations: { 'helm.sh/hook': 'pre-install, pre-upgrade', 'helm.sh/hook-weight': '-1' } }, ...more });
    const objects = built(plain('envoy-gateway'), [hooked('v1', 'ServiceAccount'), hooked('batch/v1', 'Job', { spec: { backoffLimit: 1, ttlSecondsAfterFinished: 30 } }), deployment('envoy-gateway', 'envoy-gateway')]);
    expect(objects.map(({ kind, metadata }) => [kind, metadata?.annotations ?? {}])).toEqual([
      ['ServiceAccount', {}],
      ['Job', { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true', 'kustomize.toolkit.fluxcd.io/force': 'enabled' }],
      ['Deployment', {}],
    ]);
    expect(objects[1]?.['spec']).toEqual({ backoffLimit: 1 });
  });
});

describe('an add-on that is a chart', () => {
  it('with Slipway\'s values lies in the folder of its version, with others in one of its own', () => {
    expect(upstreamOf(plain('cert-manager')).version).toBe(addOnVersions['cert-manager']);
    const [two, again, three] = [{ replicaCount: 2 }, { replicaCount: 2 }, { replicaCount: 3 }].map((values) => upstreamOf(plain('cert-manager', { values })).version);
    expect(two).toMatch(/^1\.21\.1-[0-9a-f]{10}$/);
    expect(again).toBe(two);
    expect(three).not.toBe(two);
  });

  it('with values that are Slipway\'s anyway is the same', () => {
    expect(upstreamOf(plain('cert-manager', { values: { crds: { keep: true } } }))).toEqual(upstreamOf(plain('cert-manager')));
  });

  it('has its values merged as Helm does: maps key by key, lists and the rest replaced', () => {
    expect(upstreamOf(plain('cert-manager', { values: { crds: { keep: false }, startupapicheck: null, extraArgs: ['--a'] } })).chart).toEqual({
      version: '1.21.1', release: 'cert-manager', namespace: 'cert-manager', kubernetes: '1.32.0', apiVersions: [],
      values: { crds: { enabled: true, keep: false }, startupapicheck: null, extraArgs: ['--a'] },
    });
  });

  it('is told of the monitors that its values ask for, and comes after who defines them', () => {
    const secrets = plain('external-secrets', { values: { serviceMonitor: { enabled: true } } });
    expect(upstreamOf(secrets).chart?.apiVersions).toEqual(['monitoring.coreos.com/v1', 'monitoring.coreos.com/v1/PodMonitor', 'monitoring.coreos.com/v1/PrometheusRule', 'monitoring.coreos.com/v1/ServiceMonitor']);
    expect(requiredGroups(secrets)).toEqual(['monitoring.coreos.com']);
    expect(addOnsBefore(secrets, [secrets, plain('kube-prometheus-stack'), plain('argo-rollouts')])).toEqual(['kube-prometheus-stack']);
    expect(requiredGroups(plain('external-secrets', { values: { serviceMonitor: { enabled: false } } }))).toEqual([]);
    expect(requiredGroups(plain('kube-prometheus-stack', { values: { prometheus: { serviceMonitor: { enabled: true } } } }))).toEqual([]);
  });

  it('that watches routes comes after who defines them', () => {
    const dns = plain('external-dns', { values: { sources: ['service', 'gateway-httproute'] } });
    expect(addOnsBefore(dns, [plain('envoy-gateway'), dns])).toEqual(['envoy-gateway']);
    expect(requiredGroups(plain('cert-manager', { values: { config: { enableGatewayAPI: true } } }))).toEqual(['gateway.networking.k8s.io']);
  });

  it('that writes DNS records does so in the name of its cluster, unless its values name an owner', () => {
    expect(containerOf(built(plain('external-dns', { values: { provider: { name: 'aws' } } }), [deployment('external-dns', 'external-dns')])[0])).toMatchObject({ args: ['--a', '--txt-owner-id=prod-eu'] });
    expect(containerOf(built(plain('external-dns', { values: { txtOwnerId: 'mine' } }), [deployment('external-dns', 'external-dns')])[0])).toMatchObject({ args: ['--a'] });
  });
});
