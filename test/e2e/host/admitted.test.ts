import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installCrds } from '../../../lib/control-plane/crds.ts';
import { named, whyWithout } from '../harness/need.ts';
import { applyFolder, fieldManager, kustomizeBuild, liveObjects, makeNamespaces, type LiveObject } from '../harness/objects.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';
import { renderSampleFleet, unrendered } from '../harness/sample-fleet.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize');
const clusters = reason === undefined ? await renderSampleFleet() : [unrendered];

/** The part of an Event that tells of refusals. */
interface EventData {
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly kind: string; readonly namespace?: string; readonly name: string };
}

/** What our own client has to do with an object: it changes when the client changes anything. */
function ours({ kind, metadata }: LiveObject): unknown {
  const fields = metadata.managedFields?.filter(({ manager, subresource }) => manager === fieldManager && subresource === undefined);
  return { kind, name: metadata.name, generation: metadata.generation, fields };
}

// The whole of a cluster with its controllers: the pods are made, admitted, scheduled and get ready (played by KWOK).
describe.skipIf(reason).each(clusters)(named('cluster $name', reason), ({ platform, apps, controllerNamespace }) => {
  const folders = [platform, ...apps].map(({ path }) => path);
  let plane: OwnPlane;
  let objects: LiveObject[];
  const wait = (...args: readonly string[]) => plane.kubectl(['wait', '--timeout=240s', '-A', '--all', ...args]);
  const some = (kind: string) => objects.some((object) => object.kind === kind);

  beforeAll(async () => {
    objects = (await Promise.all(folders.map(kustomizeBuild))).flat();
    plane = await startPlane();
    await installCrds(plane, objects);
    await makeNamespaces(plane, platform.path, controllerNamespace);
    for (const folder of folders) await applyFolder(plane, folder);
  });
  afterAll(() => plane?.stop());

  it('makes every workload available', async () => {
    expect(some('Deployment')).toBe(true);
    await wait('deployment', '--for=condition=Available');
    if (some('Job')) await wait('job', '--for=condition=Complete');
    for (const { kind, metadata } of objects.filter((object) => ['StatefulSet', 'DaemonSet', 'Deployment'].includes(object.kind))) {
      await plane.kubectl(['rollout', 'status', `${kind}/${metadata.name}`, '-n', metadata.namespace ?? 'default', '--timeout=240s']);
    }
  });

  it('runs the pods of every CronJob', async () => {
    for (const { metadata } of objects.filter((object) => object.kind === 'CronJob')) {
      const namespace = metadata.namespace ?? 'default';
      await plane.kubectl(['create', 'job', 'by-hand', `--from=cronjob/${metadata.name}`, '-n', namespace]);
      await plane.kubectl(['wait', 'job/by-hand', '-n', namespace, '--for=condition=Complete', '--timeout=240s']);
      await plane.kubectl(['delete', 'job/by-hand', '-n', namespace]);
    }
  });

  it('refuses no pod', async () => {
    const { items } = (await plane.api.get('/api/v1/events?limit=5000')) as { readonly items: readonly EventData[] };
    expect(items.length).toBeGreaterThan(0);
    const refusals = items.filter((event) => event.reason === 'FailedCreate' || /forbidden|violates PodSecurity/.test(event.message));
    expect(refusals.map(({ involvedObject: { kind, namespace, name }, message }) => `${kind} ${namespace}/${name}: ${message}`)).toEqual([]);
  });

  it('refuses a pod there that the restricted standard forbids', async () => {
    const namespace = objects.find(({ kind }) => kind === 'Deployment')!.metadata.namespace!;
    const run = plane.kubectl(['run', 'root', '--image=example.test/root:1', '-n', namespace]);
    await expect(run).rejects.toThrow('violates PodSecurity "restricted:');
  });

  it('is not changed by applying the same again while its controllers run', async () => {
    for (const folder of folders) {
      const before = (await liveObjects(plane, folder)).map(ours);
      await applyFolder(plane, folder);
      expect((await liveObjects(plane, folder)).map(ours), folder).toEqual(before);
    }
  });
});
