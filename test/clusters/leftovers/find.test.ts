import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLeftovers } from '../../../lib/clusters/leftovers/find.ts';
import { SlipwayError } from '../../../lib/values/errors.ts';

/** Objects of a cluster by kind, as an API server lists them. */
type Objects = Readonly<Record<string, readonly unknown[]>>;

const found = async (objects: Objects): Promise<string[]> => (await findLeftovers({ list: (_, kind) => Promise.resolve(objects[kind] ?? []) })).map(({ object, what }) => `${object}: ${what}`);
const meta = (name: string, namespace?: string, more: object = {}): object => ({ name, ...(namespace !== undefined && { namespace }), ...more });
const balanced = (...ingress: readonly object[]): object => ({ loadBalancer: { ingress } });
const service = (name: string, spec: object, status: object = {}, finalizers: readonly string[] = []): object => ({ metadata: meta(name, 'shop', { finalizers }), spec, status });
const volume = (name: string, spec: object, { phase = 'Bound', made = true } = {}): object => ({
  metadata: meta(name, undefined, made ? { annotations: { 'pv.kubernetes.io/provisioned-by': 'ebs.csi.aws.com' } } : {}),
  spec: { persistentVolumeReclaimPolicy: 'Delete', ...spec },
  status: { phase },
});
const ebs = (volumeHandle: string): object => ({ capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], nodeAffinity: { required: {} }, csi: { driver: 'ebs.csi.aws.com', volumeHandle } });

describe('what a cluster would leave behind', () => {
  it('is nothing on a cluster whose Services, Ingresses and volumes are its own', async () => {
    expect(await found({})).toEqual([]);
    expect(await found({
      Service: [service('web', { type: 'ClusterIP', clusterIPs: ['10.0.0.7'] }, { loadBalancer: {} }), service('pending', { type: 'LoadBalancer' }), service('going', { type: 'LoadBalancer' }, {}, ['foregroundDeletion'])],
      Node: [{ status: { addresses: [{ type: 'ExternalIP', address: '203.0.113.50' }] } }],
      Ingress: [{ metadata: meta('none', 'shop') }, { metadata: meta('nginx', 'shop'), status: balanced({ ip: '10.0.0.7' }, { ip: '203.0.113.50' }) }],
      Gateway: [{ metadata: meta('mesh', 'shop'), status: { addresses: [{ value: 'mesh.shop.svc.cluster.local' }] } }],
      PersistentVolume: [volume('scratch', { local: { path: '/mnt' } }), volume('host', { hostPath: { path: '/mnt' } }), volume('lent', { nfs: { server: 'nas' }, persistentVolumeReclaimPolicy: 'Retain' }, { made: false }), volume('spare', ebs('vol-0'), { made: false, phase: 'Available' })],
      VolumeSnapshotContent: [{ metadata: meta('lent'), spec: { source: { snapshotHandle: 'snap-0' } }, status: { snapshotHandle: 'snap-0' } }, { metadata: meta('early'), spec: { source: { volumeHandle: 'vol-0' } } }],
      AlbConfig: [{ metadata: meta('lent'), spec: { config: { id: 'alb-0' } }, status: { loadBalancer: { id: 'alb-0' } } }, { metadata: meta('early') }],
      NodeClaim: [{ metadata: meta('early') }],
    })).toEqual([]);
  });

  it('are the load balancers of Services, with their addresses or with whoever has to clean up', async () => {
    expect(await found({ Service: [
      service('web', { type: 'LoadBalancer' }, balanced({ hostname: 'b.elb.example', ip: '192.0.2.1' }, { ip: '192.0.2.2' })),
      service('coming', { type: 'LoadBalancer' }, {}, ['service.kubernetes.io/load-balancer-cleanup']),
      service('was-one', { type: 'ClusterIP' }, {}, ['foregroundDeletion', 'service.k8s.aws/resources']),
      service('other', { type: 'ClusterIP' }, {}, ['example.com/audit']),
    ] })).toEqual([
      'Service shop/coming: a load balancer: kept until service.kubernetes.io/load-balancer-cleanup is done',
      'Service shop/was-one: a load balancer: kept until service.k8s.aws/resources is done',
      'Service shop/web: a load balancer: 192.0.2.1, 192.0.2.2, b.elb.example',
    ]);
  });

  it('are those of Ingresses and Gateways whose class provisions one, and not of those that a Service of the cluster serves', async () => {
    expect(await found({
      Service: [service('proxy', { type: 'LoadBalancer' }, balanced({ hostname: 'proxy.elb.example' }))],
      Ingress: [
        { metadata: meta('alb', 'shop', { finalizers: ['ingress.k8s.aws/resources'] }), status: balanced({ hostname: 'alb.elb.example' }) },
        { metadata: meta('nginx', 'shop'), status: balanced({ hostname: 'proxy.elb.example' }) },
        { metadata: meta('shared', 'shop', { finalizers: ['group.ingress.k8s.aws/web'] }) },
        { metadata: meta('by-alb', 'shop'), status: balanced({ hostname: 'alb-1.alb.example' }) },
      ],
      Gateway: [
        { metadata: meta('cloud', 'edge'), status: { addresses: [{ type: 'Hostname', value: 'z.elb.example' }, { type: 'Hostname', value: 'a.elb.example' }] } },
        { metadata: meta('envoy', 'edge'), status: { addresses: [{ value: 'proxy.elb.example' }] } },
      ],
      AlbConfig: [{ metadata: meta('alb'), spec: { config: {} }, status: { loadBalancer: { id: 'alb-1', dnsname: 'alb-1.alb.example' } } }],
    })).toEqual([
      'AlbConfig alb: a load balancer: alb-1, alb-1.alb.example',
      'Gateway edge/cloud: a load balancer: a.elb.example, z.elb.example',
      'Ingress shop/alb: a load balancer: alb.elb.example',
      'Ingress shop/shared: a load balancer: kept until group.ingress.k8s.aws/web is done',
      'Service shop/proxy: a load balancer: proxy.elb.example',
    ]);
  });

  it('are the volumes that it made or would delete, with their handles, claims, and whether they stay anyway', async () => {
    expect(await found({ PersistentVolume: [
      volume('pvc-a', { ...ebs('vol-a'), claimRef: { namespace: 'shop', name: 'data-db-0' } }),
      volume('pvc-b', ebs('vol-b'), { phase: 'Released' }),
      volume('pvc-c', { ...ebs('vol-c'), persistentVolumeReclaimPolicy: 'Retain' }, { phase: 'Available' }),
      volume('given', ebs('vol-d'), { made: false }),
      volume('old', { awsElasticBlockStore: { volumeID: 'aws://zone/vol-e' } }, { made: false, phase: 'Failed' }),
      volume('flex', { flexVolume: { driver: 'alicloud/disk', options: { volumeId: 'd-1' } } }),
      volume('unheard-of', { capacity: {}, newSource: { id: 7 } }),
    ] })).toEqual([
      'PersistentVolume flex: a volume: d-1 of alicloud/disk',
      'PersistentVolume given: a volume: vol-d of ebs.csi.aws.com',
      'PersistentVolume old: a volume: aws://zone/vol-e of awsElasticBlockStore',
      'PersistentVolume pvc-a: a volume: vol-a of ebs.csi.aws.com, claim shop/data-db-0',
      'PersistentVolume pvc-b: a volume: vol-b of ebs.csi.aws.com',
      'PersistentVolume pvc-c: a volume: vol-c of ebs.csi.aws.com, reclaimPolicy Retain: it stays whatever the cluster does',
      'PersistentVolume unheard-of: a volume: unheard-of of newSource',
    ]);
  });

  it('are the snapshots and the machines that no pool knows', async () => {
    const content = (name: string, deletionPolicy: string): object => ({ metadata: meta(name), spec: { driver: 'ebs.csi.aws.com', deletionPolicy, source: { volumeHandle: 'vol-a' }, volumeSnapshotRef: { namespace: 'shop', name: 'nightly' } }, status: { snapshotHandle: `snap-${name}` } });
    expect(await found({ VolumeSnapshotContent: [content('b', 'Retain'), content('a', 'Delete')], NodeClaim: [{ metadata: meta('general-x'), status: { providerID: 'aws:///zone/i-1' } }] })).toEqual([
      'NodeClaim general-x: a machine: aws:///zone/i-1',
      'VolumeSnapshotContent a: a snapshot: snap-a of ebs.csi.aws.com, VolumeSnapshot shop/nightly',
      'VolumeSnapshotContent b: a snapshot: snap-b of ebs.csi.aws.com, VolumeSnapshot shop/nightly, deletionPolicy Retain: it stays whatever the cluster does',
    ]);
  });

  it('comes in one order, whichever the server has', async () => {
    const all = ['a', 'b', 'c', 'd'].map((name) => service(name, { type: 'LoadBalancer' }, balanced({ ip: '192.0.2.1' })));
    const sorted = await found({ Service: all });
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (Service) => {
      expect(await found({ Service })).toEqual(sorted);
    }));
  });

  it('names every kind that can\'t be read, and a server that can\'t be reached once', async () => {
    const failing = async (fail: (kind: string) => Error | undefined): Promise<unknown> => await findLeftovers({ list: (_, kind) => { const error = fail(kind); return error === undefined ? Promise.resolve([]) : Promise.reject(error); } }).catch((error: unknown) => error);
    const forbidden = await failing((kind) => (kind === 'Service' || kind === 'Node' ? SlipwayError.of(kind, 'can\'t be read: HTTP 403') : undefined));
    expect((forbidden as SlipwayError).problems.map(({ where }) => where)).toEqual(['Node', 'Service']);
    const away = await failing(() => SlipwayError.of('the API server', 'can\'t be reached'));
    expect((away as SlipwayError).problems).toHaveLength(1);
    expect(await failing((kind) => (kind === 'Node' ? new TypeError('a fault of ours') : undefined))).toBeInstanceOf(TypeError);
  });
});
