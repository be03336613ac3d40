import { kustomization, type KustomizationImage, type KustomizationPatch } from '../manifests/kustomization.ts';
import { byPath, fileNameProblem, layout, objectFileName } from '../manifests/layout.ts';
import type { KubeObject, RenderedFile } from '../manifests/rendered.ts';
import type { Problem } from '../values/errors.ts';

/** An object of a cluster's own folder, and what to edit instead of its file. */
export interface SourcedObject {
  readonly value: KubeObject;
  /** @default - the folder's */
  readonly source?: string;
}

/** A folder of a cluster: objects of its own, and perhaps folders that it builds on. */
export interface ListFolder {
  readonly path: string;
  /** What to edit instead of the files. */
  readonly source: string;
  readonly objects: readonly SourcedObject[];
  /** The namespace whose objects need no namespace in their file's name. @default - none */
  readonly ownNamespace?: string;
  /** Folders that it builds on, relative to it. @default - none */
  readonly bases?: readonly string[];
  /** @default - none */
  readonly patches?: readonly KustomizationPatch[];
  /** @default - none */
  readonly images?: readonly KustomizationImage[];
  /** Namespace of every namespaced object. @default - each object's own */
  readonly namespace?: string;
}

/** One file for each object, and the kustomization that lists them. Two objects that would be one file are a problem. */
export function listFolder(folder: ListFolder, problems: Problem[]): RenderedFile[] {
  const files = new Map<string, RenderedFile>();
  for (const { value, source = folder.source } of folder.objects) {
    const name = objectFileName(value, folder.ownNamespace);
    const construct = `${folder.path}/${value.kind}/${value.metadata?.name ?? ''}`;
    const problem = value.metadata?.name === undefined ? 'expected metadata.name, got nothing' : fileNameProblem(name);
    const path = `${folder.path}/${name}`;
    const other = files.get(path);
    if (problem !== undefined) problems.push({ where: source, message: `${value.kind} ${JSON.stringify(value.metadata?.name)} of ${folder.path} can't be given a file: ${problem}`, fix: 'give it another name' });
    else if (other !== undefined) problems.push({ where: source, message: `${value.kind} ${JSON.stringify(value.metadata?.name)} would be written to ${path}, where what ${other.source} asks for lies already`, fix: 'give one of the two another name' });
    else files.set(path, { path, source, objects: [{ value, construct }] });
  }
  const names = [...files.keys()].map((path) => path.slice(folder.path.length + 1));
  return [...files.values(), { path: layout.kustomization(folder.path), source: folder.source, objects: [{ value: listOf(folder, names), construct: folder.path }] }].sort(byPath);
}

function listOf({ bases = [], patches = [], images = [], namespace }: ListFolder, names: readonly string[]): KubeObject {
  const list = kustomization([...bases, ...names], images, { patches, ...(namespace !== undefined && { namespace }) });
  // Kustomize takes a list without entries, but not a kustomization without anything.
  return list['resources'] === undefined ? { ...list, resources: [] } : list;
}
