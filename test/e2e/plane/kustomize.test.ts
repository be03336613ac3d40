import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { binary, build } from '../../../lib/control-plane/build.ts';
import { installCrds } from '../../../lib/control-plane/crds.ts';
import { borrow, type Borrowed } from '../harness/borrow.ts';
import { named, whyWithout } from '../harness/need.ts';
import { applyFolder, identity, kustomizeBuild, makeNamespaces, type LiveObject } from '../harness/objects.ts';
import { runFolder, type Plane } from '../../../lib/control-plane/plane.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';
import { renderSampleFleet, unrendered, type RenderedPath } from '../harness/sample-fleet.ts';
import { usePlane } from '../harness/use-plane.ts';

const { reason: withoutPlane, isExisting, attach } = usePlane();
const reason = withoutPlane ?? (await whyWithout('kustomize'));
const clusters = reason === undefined ? await renderSampleFleet() : [unrendered];
const appFolders = distinct(clusters.flatMap(({ apps }) => apps));
const folders = [...(reason === undefined ? clusters.map(({ platform }) => platform) : []), ...appFolders];

/** Each folder once: clusters of one environment share theirs. */
function distinct(paths: readonly RenderedPath[]): RenderedPath[] {
  return [...new Map(paths.map((each) => [each.label, each])).values()];
}

/** The part of a kustomization that ours use. */
interface Kustomization {
  readonly resources?: readonly string[];
  readonly images?: readonly Image[];
}

interface Image {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

async function readKustomization(folder: string): Promise<Kustomization> {
  return parse(await readFile(join(folder, 'kustomization.yaml'), 'utf8')) as Kustomization;
}

/** The objects of a folder with the images of its kustomization put in: what a person expects of `kustomize build`. */
async function expected(folder: string): Promise<LiveObject[]> {
  const { resources = [], images = [] } = await readKustomization(folder);
  const objects = await Promise.all(resources.map(async (file) => parse(await readFile(join(folder, file), 'utf8')) as LiveObject));
  return objects.map((object) => withImages(object, images) as LiveObject);
}

/** Replaces the `image` of every container whose image has a listed name, wherever the pods stand in the object. */
function withImages(value: unknown, images: readonly Image[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withImages(item, images));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, /^(initC|c)ontainers$/.test(key) && Array.isArray(item) ? item.map((each: unknown) => withImage(each, images)) : withImages(item, images)]),
  );
}

function withImage(container: unknown, images: readonly Image[]): unknown {
  const { image, ...rest } = container as { readonly image: string };
  const [name] = image.split('@')[0]!.split(/:(?!.*\/)/);
  const pin = images.find((each) => each.name === name);
  if (pin === undefined) return container;
  const tag = pin.newTag === undefined ? '' : `:${pin.newTag}`;
  const digest = pin.digest === undefined ? '' : `@${pin.digest}`;
  return { ...rest, image: `${pin.newName ?? pin.name}${tag}${digest}` };
}

const byIdentity = (objects: readonly LiveObject[]): Record<string, LiveObject> =>
  Object.fromEntries(objects.map((object) => [identity(object), object]));

describe.skipIf(reason)(named('kustomize', reason), () => {
  let plane: Plane;
  let kustomize: string;
  let borrowed: Borrowed | undefined;
  beforeAll(async () => {
    plane = await attach();
    kustomize = binary(await build('kustomize'), 'kustomize');
    const objects = (await Promise.all(folders.map(({ path }) => kustomizeBuild(path)))).flat();
    if (isExisting) borrowed = await borrow(plane, [...objects, ...clusters.map(({ controllerNamespace: name }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))]);
    await installCrds(plane, objects);
    for (const { platform, controllerNamespace } of clusters) await makeNamespaces(plane, platform.path, controllerNamespace);
    // Folders that several clusters share stand under one namespace; the last cluster's platform is the one that stays.
    for (const { platform } of clusters) await plane.kubectl(['apply', '-k', platform.path, '--server-side', '--force-conflicts']);
  });
  afterAll(() => borrowed?.giveBack());

  it.each(folders)('build of $label is its objects with its images put in', async ({ path: folder }) => {
    const built = await kustomizeBuild(folder);
    expect(built.length).toBeGreaterThan(0);
    expect(byIdentity(built)).toEqual(byIdentity(await expected(folder)));
  });

  it.each(folders)("kubectl's own kustomize makes the same of $label", async ({ path: folder }) => {
    const { stdout } = await plane.kubectl(['kustomize', folder]);
    expect(stdout).toBe((await runOk(kustomize, ['build', folder])).stdout);
  });

  it.each(appFolders)('edit set image works on $label, and kubectl apply -k takes the result', async ({ path: folder }) => {
    const copy = await mkdtemp(join(await runFolder(), 'edit-'));
    await cp(folder, copy, { recursive: true });
    const { images = [] } = await readKustomization(copy);
    const before = await kustomizeBuild(copy);
    const pins = images.map(({ name }) => ({ name, newName: `example.test/moved/${name.split('/').at(-1)}`, newTag: '2.0.0-e2e' }));
    for (const { name, newName, newTag } of pins) {
      await runOk(kustomize, ['edit', 'set', 'image', `${name}=${newName}:${newTag}`], { cwd: copy });
    }
    const after = await kustomizeBuild(copy);
    expect(byIdentity(after)).toEqual(byIdentity(await expected(copy)));
    expect(JSON.stringify(after).includes('2.0.0-e2e')).toBe(pins.length > 0);
    expect(Object.keys(byIdentity(after))).toEqual(Object.keys(byIdentity(before)));
    await applyFolder(plane, copy, { dryRun: true });
  });

  it('sets the image of at least one folder', async () => {
    const images = await Promise.all(appFolders.map(async ({ path }) => (await readKustomization(path)).images ?? []));
    expect(images.flat()).not.toEqual([]);
  });
});
