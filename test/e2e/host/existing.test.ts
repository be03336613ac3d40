import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPlane, type OwnPlane, type Plane } from '../../../lib/control-plane/plane.ts';
import { borrow } from '../harness/borrow.ts';
import { attachExisting, openExisting } from '../harness/existing.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok');
const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const route = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'lent' } };
const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'lent' }, rules: [] };

// A plane that is another's: the tests know no more of it than the name of its context.
describe.skipIf(reason)(named('an existing cluster', reason), () => {
  const kubeconfig = process.env['KUBECONFIG'];
  let owner: OwnPlane;
  let close: () => Promise<void>;
  let plane: Plane;

  beforeAll(async () => {
    owner = await startPlane({ name: 'somebodys' });
    process.env['KUBECONFIG'] = owner.kubeconfig;
    const opened = await openExisting('somebodys');
    close = opened.close;
    plane = attachExisting(opened.address);
  });
  afterAll(async () => {
    if (kubeconfig === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = kubeconfig;
    await close?.();
    await owner?.stop();
  });
  beforeEach(async () => {
    await owner.kubectl(['create', 'namespace', 'theirs']);
  });
  afterEach(async () => {
    await owner.kubectl(['delete', 'namespace', 'theirs', '--ignore-not-found']);
  });

  const names = async (kind: string): Promise<string> => (await owner.kubectl(['get', kind, '--output', 'name'])).stdout;

  it('is reached by its context, by kubectl and over HTTP', async () => {
    expect((await plane.kubectl(['get', 'namespace', 'theirs', '--output', 'name'])).stdout).toBe('namespace/theirs\n');
    expect(await plane.api.get('/api/v1/namespaces/theirs')).toMatchObject({ kind: 'Namespace' });
  });

  it('gets back what was made, and nothing of what was there is gone', async () => {
    const before = { namespaces: await names('namespaces'), roles: await names('clusterroles'), definitions: await names('customresourcedefinitions') };
    const borrowed = await borrow(plane, [namespace('lent'), role, route]);
    await plane.kubectl(['apply', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [namespace('lent'), role] }) });
    await plane.kubectl(['create', 'configmap', 'made', '--namespace', 'lent']);
    expect(await names('clusterroles')).toContain('clusterrole.rbac.authorization.k8s.io/lent');
    await borrowed.giveBack();
    expect({ namespaces: await names('namespaces'), roles: await names('clusterroles'), definitions: await names('customresourcedefinitions') }).toEqual(before);
  });

  it('is refused with the names of what is somebody\'s', async () => {
    await expect(borrow(plane, [namespace('theirs'), { ...route, metadata: { name: 'web', namespace: 'theirs' } }])).rejects.toThrow('found Namespace theirs; name the context of another cluster');
    await expect(borrow(plane, [{ ...role, metadata: { name: 'cluster-admin' } }])).rejects.toThrow('found ClusterRole cluster-admin');
  });

  it('is refused when its context doesn\'t answer', async () => {
    await expect(openExisting('nobodys')).rejects.toThrow(/kubectl-proxy ended with exit code 1[^]*context "nobodys" does not exist/);
  });
});
