import { imagesIn, kustomization, type KustomizationImage } from '../manifests/kustomization.ts';
import { fileNameProblem, layout, objectFileName } from '../manifests/layout.ts';
import type { RenderedFile, RenderedObject } from '../manifests/rendered.ts';
import type { ImagePin } from '../model/context.ts';
import type { Problem } from '../values/errors.ts';

/** An object and when it is applied: before the app's new version takes traffic, or with it. */
export interface StagedObject extends RenderedObject {
  readonly stage: 'app' | 'pre';
}

/** The objects of one folder of the runtime repo. */
export interface FolderInput {
  readonly path: string;
  /** What to edit instead of the files. */
  readonly source: string;
  /** The namespace whose objects need no namespace in their file's name. */
  readonly namespace: string;
  readonly objects: readonly StagedObject[];
  readonly images: readonly ImagePin[];
}

/** One file for each object, and the kustomization that lists them; the `pre/` folder where anything belongs there. */
export function fileFolder(input: FolderInput, problems: Problem[]): RenderedFile[] {
  const pre = input.objects.filter((object) => object.stage === 'pre');
  return [
    ...fileStage(input, input.path, input.objects.filter((object) => object.stage === 'app'), problems),
    ...(pre.length > 0 ? fileStage(input, layout.pre(input.path), pre, problems) : []),
  ];
}

function fileStage(input: FolderInput, folder: string, objects: readonly StagedObject[], problems: Problem[]): RenderedFile[] {
  const files = new Map<string, RenderedFile>();
  const used = new Set<string>();
  for (const { stage: _, ...object } of objects) {
    const name = objectFileName(object.value, input.namespace);
    const problem = object.value.metadata?.name === undefined ? `expected metadata.name, got nothing` : fileNameProblem(name);
    if (problem !== undefined) {
      problems.push({ where: object.construct, message: `can't be given a file: ${problem}`, fix: 'give the object a name that Kubernetes takes' });
      continue;
    }
    const path = `${folder}/${name}`;
    const other = files.get(path);
    if (other !== undefined) problems.push(collision(other.objects[0], object, name));
    files.set(path, { path, source: input.source, objects: [object] });
    imagesIn(object.value, used);
  }
  const own: RenderedObject = { value: kustomization([...files.keys()].map((path) => path.slice(folder.length + 1)), imageEntries(used, input.images)), construct: folder };
  return [...files.values(), { path: layout.kustomization(folder), source: input.source, objects: [own] }];
}

function collision(first: RenderedObject | undefined, second: RenderedObject, file: string): Problem {
  const { kind, metadata } = second.value;
  return {
    where: second.construct,
    message: `${kind} ${JSON.stringify(metadata?.name)} would be written to ${file}, where ${first?.construct ?? 'another construct'} writes its own`,
    fix: 'give one of the two another name',
  };
}

/** An entry for each pinned image that stands in the objects, under the name by which they use it. */
function imageEntries(used: ReadonlySet<string>, pins: readonly ImagePin[]): KustomizationImage[] {
  const entries = new Map<string, KustomizationImage>();
  for (const pin of pins) {
    const version = { ...(pin.tag !== undefined && { tag: pin.tag }), ...(pin.digest !== undefined && { digest: pin.digest }) };
    if (used.has(pin.repository)) entries.set(pin.repository, { name: pin.repository, ...version });
    else if (used.has(pin.name)) entries.set(pin.name, { name: pin.name, newName: pin.repository, ...version });
  }
  return [...entries.values()];
}
