import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installCrds } from '../../../lib/control-plane/crds.ts';
import { named, whyWithout } from '../harness/need.ts';
import { applyFolder, identity, kustomizeBuild, liveObjects, lostFields, makeNamespaces, type LiveObject } from '../harness/objects.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';
import { renderSampleFleet, unrendered } from '../harness/sample-fleet.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kustomize');
const clusters = reason === undefined ? await renderSampleFleet() : [unrendered];

function withoutVersion(object: LiveObject): LiveObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: '' } };
}

// Each cluster is an API server of its own, and nothing but the tests changes an object there: no controller runs.
describe.skipIf(reason).each(clusters)(named('API server of cluster $name', reason), ({ platform, tracking, apps, controllerNamespace }) => {
  const folders = [platform, ...tracking, ...apps].map(({ path }) => path);
  let plane: OwnPlane;
  let objects: LiveObject[];

  beforeAll(async () => {
    objects = (await Promise.all(folders.map(kustomizeBuild))).flat();
    plane = await startPlane({ controllers: false });
    await installCrds(plane, objects);
    await makeNamespaces(plane, platform.path, controllerNamespace);
    await applyFolder(plane, platform.path, { dryRun: true });
    await applyFolder(plane, platform.path);
  });
  afterAll(() => plane?.stop());

  it('has namespaces that enforce the restricted standard', async () => {
    const namespaces = (await liveObjects(plane, platform.path)).filter(({ kind }) => kind === 'Namespace');
    expect(namespaces.length).toBeGreaterThan(0);
    for (const { metadata } of namespaces) expect(metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it.each([...tracking, ...apps])('accepts every object of $label in a server-side dry run with strict validation', async ({ path }) => {
    await applyFolder(plane, path, { dryRun: true });
  });

  it('keeps every field of every object', async () => {
    for (const folder of folders) await applyFolder(plane, folder);
    const lost: string[] = [];
    for (const folder of folders) {
      const live = new Map((await liveObjects(plane, folder)).map((object) => [identity(object), object]));
      for (const sent of await kustomizeBuild(folder)) lost.push(...lostFields(sent, live.get(identity(sent)), identity(sent)));
    }
    expect(lost).toEqual([]);
  });

  it('changes nothing when the same is applied again', async () => {
    for (const folder of folders) {
      const first = await liveObjects(plane, folder);
      await applyFolder(plane, folder);
      const second = await liveObjects(plane, folder);
      // The second time the server stores a Job anew with the same content; from then on not even that.
      expect(second.map(withoutVersion)).toEqual(first.map(withoutVersion));
      await applyFolder(plane, folder);
      expect(await liveObjects(plane, folder)).toEqual(second);
    }
  });

  it.each(['Deployment', 'ConfigMap', 'ExternalSecret'])('refuses a %s with a field that does not exist', async (kind) => {
    const object = objects.find((each) => each.kind === kind);
    const input = JSON.stringify({ ...object, planted: true });
    const applied = plane.kubectl(['apply', '--server-side', '--force-conflicts', '--validate=strict', '-f', '-'], { input });
    await expect(applied).rejects.toThrow(/planted: field not declared in schema|unknown field "planted"/);
  });
});
