import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitAbsence, awaitObject, objectPath, type ObjectReference } from '../../../lib/control-plane/controllers/await-object.ts';
import { commitFolder } from '../../../lib/control-plane/controllers/bootstrap.ts';
import { apps, argoCdVersions, blueAt, clusters, environments, fleetFiles, pins, sample, upstreamFolder } from '../harness/controllers/fleet-files.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { startLiveCluster, type LiveCluster } from '../harness/controllers/live-cluster.ts';
import { appFolders, comparable, uids } from '../harness/controllers/live-objects.ts';
import { createWorkspace, type Workspace } from '../harness/controllers/workspace.ts';
import { named, whyWithout } from '../harness/need.ts';
import { kustomizeBuild } from '../harness/objects.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore');
/** Generous: a busy machine is no failure. */
const minutes = (count: number): number => count * 2 * 60_000;
/** What each controller made of the same apps folder, for the last test. */
const made = new Map<string, Record<string, unknown>>();

interface Deployment {
  readonly metadata: { readonly uid: string; readonly generation: number };
  readonly spec: { readonly replicas: number; readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } } };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

const namespaceOf = (app: string, environment: string = environments.automated): string => `${app}-${environment}`;
const deployment = (app: string, name = app, environment: string = environments.automated): ObjectReference => ({ path: 'apis/apps/v1', resource: 'deployments', namespace: namespaceOf(app, environment), name });
const isAt = (tag: string) => ({ spec }: Deployment): boolean => spec.template.spec.containers[0]?.image === `ghcr.io/acme/hello-tornado:${tag}`;
const service = (app: string): ObjectReference => ({ path: 'api/v1', resource: 'services', namespace: namespaceOf(app), name: app });

describe.skipIf(reason).each(['argo-cd', 'flux'] as const)(named('the sample fleet under %s', reason), (kind) => {
  let runtime: GitRepository;
  let server: GitServer;
  let workspace: Workspace;
  let live: LiveCluster;
  let first: string;
  let latest: string;

  const deployed = (reference: ObjectReference, what: string, until: (deployment: Deployment) => boolean) =>
    awaitObject<Deployment>(live.plane, reference, { what, until, tell: ({ spec, status }) => JSON.stringify({ replicas: spec.replicas, image: spec.template.spec.containers[0]?.image, status }), seconds: 240, programs: live.controller.programs });
  const read = async (reference: ObjectReference): Promise<Deployment> => (await live.plane.api.get(objectPath(reference))) as Deployment;
  /** Delivers a change and waits until everything that is applied by itself has arrived. */
  const deliver = async (message: string, files: Readonly<Record<string, string | undefined>>, wanted: readonly string[] = apps, ...options: readonly string[]): Promise<void> => {
    latest = await workspace.deliver(message, files, ...options);
    await live.controller.refresh();
    for (const name of ['root', 'platform', kind, ...Object.values(environments), ...wanted.map((app) => `${app}-${environments.automated}`)]) await live.controller.arrived(name, latest);
  };

  beforeAll(async () => {
    runtime = await createRepository();
    server = await startGitServer(runtime.folder);
    workspace = await createWorkspace(runtime, await fleetFiles(server.url(runtime.name)), await upstreamFolder());
    first = latest = await workspace.deliver('First', {});
    live = await startLiveCluster(kind, workspace, runtime, first);
  }, minutes(8));
  afterAll(async () => {
    await live?.stop();
    await server?.stop();
  }, minutes(2));

  it('comes up from an empty cluster: install, platform, environments and apps are applied and well', { timeout: minutes(6) }, async () => {
    for (const name of ['root', kind, 'platform', ...Object.values(environments)]) await live.controller.arrived(name, first);
    for (const app of apps) await live.controller.arrived(`${app}-${environments.automated}`, first);
    const checkout = await commitFolder(runtime.path, first);
    for (const folder of appFolders(checkout)) {
      const objects = await kustomizeBuild(folder);
      expect(objects.length).toBeGreaterThan(0);
      const [lives, wanted] = [await comparable(live.plane, [folder]), objects.map(({ kind: each, metadata: { name } }) => `${each} ${name}`)];
      expect(Object.keys(lives).map((each) => each.replace(/ .*\//, ' ')).sort()).toEqual(wanted.sort());
    }
    made.set(kind, await comparable(live.plane, [...appFolders(checkout)]));
  });

  it('leaves alone what waits to be asked, and applies it then', { timeout: minutes(4) }, async () => {
    for (const app of apps) {
      const { items } = (await live.plane.api.get(`/apis/apps/v1/namespaces/${namespaceOf(app, environments.waiting)}/deployments`)) as { readonly items: readonly unknown[] };
      expect(items, app).toEqual([]);
    }
    await live.controller.apply(`hello-tornado-${environments.waiting}`);
    await deployed(deployment('hello-tornado', 'hello-tornado', environments.waiting), 'the app that waited to be there', () => true);
  });

  it('heals what hands scale, edit and delete, and leaves the replicas of an autoscaled app to its autoscaler', { timeout: minutes(6) }, async () => {
    const [api, web] = [deployment('flask-api'), deployment('storefront', 'storefront-web')];
    const wanted = (await read(api)).spec.replicas;
    const { image } = (await read(web)).spec.template.spec.containers[0]!;
    await live.plane.api.merge(objectPath(web), { spec: { replicas: 9 } });
    await live.plane.kubectl(['set', 'image', `deployment/${web.name}`, '-n', namespaceOf('storefront'), '*=example.test/planted:1']);
    await live.plane.api.merge(objectPath(api), { spec: { replicas: wanted + 4 } });
    await live.plane.kubectl(['set', 'image', 'deployment/hello-tornado', '-n', namespaceOf('hello-tornado'), '*=example.test/planted:1']);
    await live.plane.api.send('DELETE', objectPath(service('flask-api')));
    await live.controller.refresh();
    await deployed(api, `${wanted} replicas again`, ({ spec }) => spec.replicas === wanted);
    await deployed(deployment('hello-tornado'), 'the image of Git again', isAt('v1'));
    await awaitObject(live.plane, service('flask-api'), { what: 'the deleted Service to be back', until: () => true, seconds: 240, programs: live.controller.programs });
    const healed = await deployed(web, 'the image of the autoscaled app again', ({ spec }) => spec.template.spec.containers[0]?.image === image);
    expect(healed.spec.replicas).toBe(9);
  });

  it('brings a new version with a commit and the former one with the commit taken back', { timeout: minutes(8) }, async () => {
    const file = `environments/images/${environments.automated}/kustomization.yaml`;
    await deliver('Version 2', { [file]: pins({ 'hello-tornado': 'v2' }) });
    await deployed(deployment('hello-tornado'), 'version 2', isAt('v2'));
    await deliver('Back to version 1', { [file]: pins() });
    await deployed(deployment('hello-tornado'), 'version 1 again', isAt('v1'));
  });

  it('deletes what leaves Git, and neither its namespace, nor what is foreign there, nor its neighbours', { timeout: minutes(6) }, async () => {
    const foreign: ObjectReference = { path: 'api/v1', resource: 'configmaps', namespace: namespaceOf('hello-tornado'), name: 'foreign' };
    await live.plane.kubectl(['create', 'configmap', foreign.name, '-n', namespaceOf('hello-tornado')]);
    const neighbours = appFolders(await commitFolder(runtime.path, latest), apps.filter((app) => app !== 'hello-tornado'));
    const before = await uids(live.plane, neighbours);
    const others = apps.filter((app) => app !== 'hello-tornado');
    await deliver('Remove an app', { 'apps/hello-tornado.ts': await sample('hello-tornado', [environments.waiting]) }, others, '--allow-removal', `Namespace/${namespaceOf('hello-tornado')}`);
    await awaitAbsence(live.plane, deployment('hello-tornado'), live.controller.programs, 240);
    await awaitAbsence(live.plane, service('hello-tornado'), live.controller.programs, 240);
    expect((await live.plane.api.send('GET', objectPath(foreign))).status).toBe(200);
    expect(await uids(live.plane, neighbours)).toEqual(before);
    await deliver('Bring it back', { 'apps/hello-tornado.ts': await sample('hello-tornado') });
    await deployed(deployment('hello-tornado'), 'the app to be back', () => true);
  });

  it('manages itself: adopts its install without changing it again and again, and heals it', { timeout: minutes(4) }, async () => {
    const own: ObjectReference = { path: 'apis/apps/v1', resource: 'deployments', namespace: live.controller.namespace, name: live.controller.workload };
    await live.controller.arrived(kind);
    const before = { ...(await read(own)).metadata, syncs: await live.controller.syncs(kind) };
    for (let time = 0; time < 3; time += 1) {
      await live.controller.refresh();
      await live.controller.arrived(kind);
    }
    const after = { ...(await read(own)).metadata, syncs: await live.controller.syncs(kind) };
    expect({ uid: after.uid, generation: after.generation, syncs: after.syncs }).toEqual({ uid: before.uid, generation: before.generation, syncs: before.syncs });
    const { image } = (await read(own)).spec.template.spec.containers[0]!;
    await live.plane.kubectl(['set', 'image', `deployment/${own.name}`, '-n', live.controller.namespace, '*=example.test/planted:1']);
    await live.controller.refresh();
    await deployed(own, `the image of ${own.name} again`, ({ spec }) => spec.template.spec.containers[0]?.image === image);
  });

  it.runIf(kind === 'argo-cd')('upgrades itself with a commit', { timeout: minutes(6) }, async () => {
    const own: ObjectReference = { path: 'apis/apps/v1', resource: 'deployments', namespace: live.controller.namespace, name: live.controller.workload };
    const version = ({ spec }: Deployment): string => spec.template.spec.containers[0]?.image.split(':')[1] ?? '';
    expect(version(await read(own))).toBe(`v${argoCdVersions.first}`);
    await deliver('Upgrade Argo CD', blueAt(argoCdVersions.next));
    await deployed(own, `Argo CD ${argoCdVersions.next} to be available`, (each) => version(each) === `v${argoCdVersions.next}` && (each.status?.conditions?.some(({ type, status }) => type === 'Available' && status === 'True') ?? false));
    const before = await live.controller.syncs(kind);
    await live.controller.refresh();
    await live.controller.arrived(kind);
    expect(await live.controller.syncs(kind)).toEqual(before);
  });

  it('keeps everything while the Git server is away, and goes on when it is back', { timeout: minutes(6) }, async () => {
    const folders = appFolders(await commitFolder(runtime.path, latest));
    const before = await uids(live.plane, folders);
    const { replicas } = (await read(deployment('storefront', 'storefront-web'))).spec;
    expect(Object.keys(before).length).toBeGreaterThan(20);
    await server.stop();
    await live.controller.refresh();
    await live.controller.withoutGit();
    expect(await uids(live.plane, folders)).toEqual(before);
    await server.start();
    await deliver('After the outage', { [`environments/images/${environments.automated}/kustomization.yaml`]: pins({ storefront: 'v2' }) });
    expect(await uids(live.plane, folders)).toEqual(before);
    const web = await read(deployment('storefront', 'storefront-web'));
    expect({ image: web.spec.template.spec.containers[0]?.image, replicas: web.spec.replicas }).toEqual({ image: 'ghcr.io/acme/storefront:v2', replicas });
  });

  it('is rebuilt by one bootstrap of an empty cluster from the runtime repo alone', { timeout: minutes(10) }, async () => {
    const folders = appFolders(await commitFolder(runtime.path, latest));
    await live.plane.api.merge(objectPath(deployment('storefront', 'storefront-web')), { spec: { replicas: 6 } });
    const before = await comparable(live.plane, folders);
    await live.stop();
    live = await startLiveCluster(kind, workspace, runtime, latest);
    for (const name of ['root', kind, 'platform', ...Object.values(environments), ...apps.map((app) => `${app}-${environments.automated}`)]) await live.controller.arrived(name, latest);
    expect(await comparable(live.plane, folders)).toEqual(before);
  });
});

describe.skipIf(reason)(named('both controllers', reason), () => {
  it('make the same live objects of the same apps, but for what tracks them', () => {
    expect([...made.keys()].sort()).toEqual(Object.keys(clusters).sort());
    expect(made.get('flux')).toEqual(made.get('argo-cd'));
  });
});
