import type { KubeObject, RenderedFile, RenderedFolder, RenderedObject, RenderedUnit } from '../../manifests/rendered.ts';
import { compareText } from '../../values/errors.ts';
import type { ObjectReference } from '../finding.ts';
import { record, text } from '../schemas/plain.ts';
import type { ValidationTarget } from '../target.ts';
import { imageChanges, type ImageChange } from './images.ts';
import { labelsOf, type Labels } from './selector.ts';
import { workloadOf, type Workload } from './workload.ts';

/** An object of a unit, with what rules ask of it. */
export interface LandedObject {
  readonly value: KubeObject;
  readonly rendered: RenderedObject;
  /** Path of its file. */
  readonly file: string;
  /** Group and kind, such as `apps/Deployment`; `Service` in the core group. */
  readonly kind: string;
  readonly name: string;
  /** The namespace where it lands; empty when it names none and the target neither. */
  readonly namespace: string;
  /** Its kind has no namespaces. */
  readonly clusterScoped: boolean;
  readonly labels: Labels;
  /** Its pods. @default - it runs none */
  readonly workload: Workload | undefined;
}

/** An object that runs pods. */
export type WorkloadObject = LandedObject & { readonly workload: Workload };

/** Whether a kind has no namespaces, as the clusters of a target serve it. */
export type IsClusterScoped = (apiVersion: string, kind: string) => boolean;

/** Whose fields a finding names. */
export function referenceOf(value: KubeObject): ObjectReference {
  const metadata = record(value, 'metadata');
  const namespace = text(metadata, 'namespace');
  return {
    apiVersion: text(value, 'apiVersion') ?? '',
    kind: text(value, 'kind') ?? '',
    ...(namespace !== undefined && { namespace }),
    name: text(metadata, 'name') ?? '',
  };
}

/** One render of a unit and the clusters that take it: all its objects meet there. */
export class Landing {
  readonly unit: RenderedUnit;
  readonly target: ValidationTarget;
  /** Its folder in the runtime repo. */
  readonly folder: string;
  readonly clusters: readonly string[];
  readonly objects: readonly LandedObject[];
  /** Kustomize's own files: no cluster ever sees them. */
  readonly kustomizations: readonly LandedObject[];
  readonly files: readonly RenderedFile[];
  /** Objects that run pods. */
  readonly workloads: readonly WorkloadObject[];
  readonly #byKind = new Map<string, LandedObject[]>();
  readonly #images = new Map<string, readonly ImageChange[]>();

  constructor(unit: RenderedUnit, target: ValidationTarget, { path: folder, clusters }: RenderedFolder, files: readonly RenderedFile[], isClusterScoped: IsClusterScoped) {
    this.unit = unit;
    this.target = target;
    this.folder = folder;
    this.clusters = clusters;
    this.files = files;
    const all = files.flatMap((file) => file.objects.map((rendered) => landed(rendered, file.path, target, isClusterScoped)));
    this.kustomizations = all.filter(({ value }) => isKustomize(value));
    this.objects = this.kustomizations.length === 0 ? all : all.filter(({ value }) => !isKustomize(value));
    this.workloads = this.objects.filter((object): object is WorkloadObject => object.workload !== undefined);
    for (const object of this.objects) {
      const same = this.#byKind.get(object.kind);
      if (same === undefined) this.#byKind.set(object.kind, [object]);
      else same.push(object);
    }
    for (const { file, value } of this.kustomizations) this.#images.set(folderOf(file), imageChanges(value));
  }

  /** Its objects of a group and kind. */
  ofKind(kind: string): readonly LandedObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** An object by kind, namespace and name. */
  find(kind: string, namespace: string, name: string): LandedObject | undefined {
    return this.ofKind(kind).find((object) => object.name === name && object.namespace === namespace);
  }

  /** The changes of images that apply to a file: those of its folder and of the folders above. */
  imageChangesFor(file: string): readonly ImageChange[] {
    const changes: ImageChange[] = [];
    for (let folder = folderOf(file); folder.length >= this.folder.length && folder !== ''; folder = folderOf(folder)) changes.push(...(this.#images.get(folder) ?? []));
    return changes;
  }
}

/** Whether an object is a file of kustomize itself. */
export function isKustomize(value: KubeObject): boolean {
  return typeof value.apiVersion === 'string' && value.apiVersion.startsWith('kustomize.config.k8s.io/');
}

/** The folder of a path. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The renders of a unit, sorted by folder. Files outside its folders belong to the first. */
export function landingsOf(unit: RenderedUnit, target: ValidationTarget, isClusterScoped: IsClusterScoped): Landing[] {
  const folders = [...(unit.folders ?? [{ path: unit.id, clusters: unit.clusters }])].sort((a, b) => compareText(a.path, b.path));
  if (folders.length <= 1) return [new Landing(unit, target, folders[0] ?? { path: unit.id, clusters: unit.clusters }, unit.files, isClusterScoped)];
  const files = new Map<string, RenderedFile[]>(folders.map(({ path }) => [path, []]));
  for (const file of unit.files) {
    const home = folders.find(({ path }) => file.path.startsWith(`${path}/`)) ?? folders[0];
    files.get(home?.path ?? unit.id)?.push(file);
  }
  return folders.map((folder) => new Landing(unit, target, folder, files.get(folder.path) ?? [], isClusterScoped));
}

function landed(rendered: RenderedObject, file: string, target: ValidationTarget, isClusterScoped: IsClusterScoped): LandedObject {
  const { value } = rendered;
  const metadata = record(value, 'metadata');
  const apiVersion = text(value, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  const kind = slash < 0 ? String(value.kind) : `${apiVersion.slice(0, slash)}/${String(value.kind)}`;
  const clusterScoped = isClusterScoped(apiVersion, String(value.kind));
  return {
    value,
    rendered,
    file,
    kind,
    name: text(metadata, 'name') ?? '',
    namespace: clusterScoped ? '' : (text(metadata, 'namespace') ?? target.namespace ?? ''),
    clusterScoped,
    labels: labelsOf(metadata),
    workload: workloadOf(kind, value),
  };
}
