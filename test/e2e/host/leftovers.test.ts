import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootstrapContract } from '../../../lib/clusters/bootstrap/resource.ts';
import { bootstrapProvider } from '../../../lib/clusters/bootstrap/provider.ts';
import { leftoversProvider } from '../../../lib/clusters/leftovers/provider.ts';
import { installCrds } from '../../../lib/control-plane/crds.ts';
import { tokenKubeconfigText } from '../../../lib/control-plane/pki.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';
import { startDynamicProvider, type DynamicProvider } from '../harness/dynamic-provider.ts';
import { named, whyWithout } from '../harness/need.ts';
import { root } from '../harness/sample-fleet.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes');

/** An object with the status that a cloud's controllers would write, and the path of its kind. */
interface Played {
  readonly path: string;
  readonly value: { readonly metadata: { readonly name: string } & Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>;
  readonly status?: unknown;
}

const balanced = (hostname: string): unknown => ({ loadBalancer: { ingress: [{ hostname }] } });
const port = { ports: [{ port: 80 }] };
const disk = (name: string, policy: string, phase: string): Played => ({
  path: '/api/v1/persistentvolumes',
  value: {
    apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': 'ebs.csi.aws.com' } },
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: policy, csi: { driver: 'ebs.csi.aws.com', volumeHandle: `vol-${name}` }, claimRef: { namespace: 'shop', name: `data-${name}` } },
  },
  status: { phase },
});
const services = '/api/v1/namespaces/shop/services';
const played: readonly Played[] = [
  { path: '/api/v1/nodes', value: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker' } }, status: { addresses: [{ type: 'ExternalIP', address: '203.0.113.9' }] } },
  { path: services, value: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'inside', namespace: 'shop' }, spec: port } },
  { path: services, value: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop', finalizers: ['service.kubernetes.io/load-balancer-cleanup'] }, spec: { ...port, type: 'LoadBalancer' } }, status: balanced('web.elb.example') },
  { path: '/apis/networking.k8s.io/v1/namespaces/shop/ingresses', value: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'own', namespace: 'shop' }, spec: { defaultBackend: { service: { name: 'inside', port: { number: 80 } } } } }, status: balanced('own.elb.example') },
  { path: '/apis/networking.k8s.io/v1/namespaces/shop/ingresses', value: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'on-nodes', namespace: 'shop' }, spec: { defaultBackend: { service: { name: 'inside', port: { number: 80 } } } } }, status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } } },
  { path: '/apis/gateway.networking.k8s.io/v1/namespaces/shop/gateways', value: { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'edge', namespace: 'shop' }, spec: { gatewayClassName: 'cloud', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] } }, status: { addresses: [{ type: 'Hostname', value: 'edge.elb.example' }] } },
  disk('bound', 'Delete', 'Bound'),
  disk('kept', 'Retain', 'Released'),
];
const names = [
  'Gateway shop/edge: would leave behind a load balancer: edge.elb.example',
  'Ingress shop/own: would leave behind a load balancer: own.elb.example',
  'PersistentVolume bound: would leave behind a volume: vol-bound of ebs.csi.aws.com, claim shop/data-bound',
  'PersistentVolume kept: would leave behind a volume: vol-kept of ebs.csi.aws.com, claim shop/data-kept, reclaimPolicy Retain: it stays whatever the cluster does',
  'Service shop/web: would leave behind a load balancer: web.elb.example',
];
const readable = [
  { apiGroups: [''], resources: ['services', 'nodes', 'persistentvolumes'] }, { apiGroups: ['networking.k8s.io'], resources: ['ingresses'] }, { apiGroups: ['gateway.networking.k8s.io'], resources: ['gateways'] },
].map((rule) => ({ ...rule, verbs: ['list'] }));

// A real API server says what is there; nobody but this file changes anything on it.
describe.skipIf(reason)(named('what a destroyed cluster would leave behind', reason), () => {
  const stops: (() => Promise<void>)[] = [];
  let plane: OwnPlane;
  let guard: DynamicProvider;
  let accepting: DynamicProvider;
  let bootstrap: DynamicProvider;
  let admin: Record<string, unknown>;
  let reader: Record<string, unknown>;

  const state = (kubeconfig: string): Record<string, unknown> => ({ cluster: 'prod-eu', identity: plane.server, kubeconfig });
  const post = async (path: string, value: unknown): Promise<unknown> => {
    const { status, body } = await plane.api.send('POST', path, value);
    expect(status, `${path}: ${body}`).toBe(201);
    return JSON.parse(body);
  };
  const refusal = async (provider: DynamicProvider, of: Record<string, unknown>): Promise<string[]> => String(await provider.remove('prod-eu/leftovers', of).catch((error: unknown) => (error as Error).message)).split('\n');
  /** Every object that the API server has, but those that it writes by itself as time goes by. */
  const versions = async (): Promise<string[]> => {
    const kinds = (await plane.kubectl(['api-resources', '--verbs=list', '-o', 'name'])).stdout.split('\n').filter((name) => name !== '' && !/^(leases|events|apiservices|componentstatuses|ipaddresses)\b/.test(name));
    const { stdout } = await plane.kubectl(['get', kinds.join(','), '-A', '-o', 'custom-columns=K:.kind,S:.metadata.namespace,N:.metadata.name,U:.metadata.uid,V:.metadata.resourceVersion', '--no-headers']);
    return stdout.split('\n').filter((line) => line !== '').sort();
  };

  beforeAll(async () => {
    plane = await startPlane({ controllers: false });
    stops.push(() => plane.stop());
    const env = { PATH: process.env['PATH'], HOME: plane.home };
    guard = await startDynamicProvider(leftoversProvider, root, env);
    stops.push(() => guard.stop());
    accepting = await startDynamicProvider(leftoversProvider, root, { ...env, SLIPWAY_LEFT_BEHIND: 'accept' });
    stops.push(() => accepting.stop());
    bootstrap = await startDynamicProvider(bootstrapProvider, root, env);
    stops.push(() => bootstrap.stop());
    admin = state(await readFile(plane.kubeconfig, 'utf8'));
    // What is looked at may be listed, and nothing else at all.
    await post('/apis/rbac.authorization.k8s.io/v1/clusterroles', { metadata: { name: 'look' }, rules: readable });
    await post('/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'look' } });
    await post('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', { metadata: { name: 'look' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'look' }, subjects: [{ kind: 'ServiceAccount', name: 'look', namespace: 'default' }] });
    const { status } = await post('/api/v1/namespaces/default/serviceaccounts/look/token', {}) as { readonly status: { readonly token: string } };
    const { clusters } = JSON.parse(String(admin['kubeconfig'])) as { readonly clusters: readonly [{ readonly cluster: { readonly 'certificate-authority-data': string } }] };
    reader = state(tokenKubeconfigText(plane.server, Buffer.from(clusters[0].cluster['certificate-authority-data'], 'base64').toString('utf8'), status.token));
  }, 240_000);
  afterAll(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  }, 120_000);

  it('is nothing on an empty cluster, which doesn\'t even know Gateways', async () => {
    await guard.remove('prod-eu/leftovers', admin);
  });

  it('is named, thing by thing, by whoever may only list', async () => {
    const custom = played.map(({ value }) => value as unknown as { readonly apiVersion: string; readonly kind: string }).filter(({ kind }) => kind === 'Gateway');
    await installCrds(plane, custom);
    await post('/api/v1/namespaces', { metadata: { name: 'shop' } });
    for (const { path, value, status } of played) {
      await post(path, value);
      if (status !== undefined) await plane.api.merge(`${path}/${value.metadata.name}/status`, { status });
    }
    const refused = await refusal(guard, reader);
    expect(refused[0]).toBe(`2 UNKNOWN: ${names[0]}`);
    expect(refused.slice(1, names.length)).toEqual(names.slice(1));
    expect(refused[names.length]).toMatch(/^cluster prod-eu: .*found 5 things\. Nothing was deleted$/);
    expect(refused[names.length + 1]).toMatch(/^ {4}fix: .*SLIPWAY_LEFT_BEHIND=accept pulumi destroy$/);
  });

  it('stays as it is, with all else on the cluster, whether the destroy is refused or accepted', async () => {
    const before = await versions();
    expect(before.length).toBeGreaterThan(played.length);
    await refusal(guard, admin);
    await accepting.remove('prod-eu/leftovers', admin);
    await bootstrap.remove('prod-eu/argo-cd', { ...admin, controller: 'argo-cd', adopt: false, follow: true, contract: bootstrapContract, commit: 'c'.repeat(40) });
    expect(await versions()).toEqual(before);
  });

  it('says which kinds it may not see', async () => {
    await plane.api.merge('/apis/rbac.authorization.k8s.io/v1/clusterroles/look', { rules: readable.slice(1) });
    const refused = await refusal(guard, reader);
    expect(refused.filter((line) => line.includes('can\'t be read: HTTP 403')).map((line) => line.replace(/^2 UNKNOWN: /, '').replace(/:.*/, ''))).toEqual(['Node', 'PersistentVolume', 'Service']);
    expect(refused.at(-1)).toMatch(/SLIPWAY_LEFT_BEHIND=accept pulumi destroy$/);
  });

  it('isn\'t known of a cluster that can\'t be reached, and no credential is shown', async () => {
    const refused = await refusal(guard, state(String(admin['kubeconfig']).replace(/https:\/\/127\.0\.0\.1:\d+/, 'https://127.0.0.1:1')));
    expect(refused[0]).toMatch(/the API server: https:\/\/127\.0\.0\.1:1 can't be reached: .*ECONNREFUSED/);
    expect(refused.at(-1)).toMatch(/SLIPWAY_LEFT_BEHIND=accept pulumi destroy$/);
    expect(refused.join('\n')).not.toMatch(/client-key|BEGIN/);
  });

  it('is nothing as soon as the controller has removed it', async () => {
    for (const { path, value } of played) await plane.api.send('PATCH', `${path}/${value.metadata.name}`, { metadata: { finalizers: null } }, 'application/merge-patch+json');
    for (const { path, value } of played) await plane.api.send('DELETE', `${path}/${value.metadata.name}`);
    await guard.remove('prod-eu/leftovers', admin);
  });
});
