import { compareText } from '../values/errors.ts';
import { toYaml } from './yaml.ts';
import type { ImageVersion, KubeObject } from './rendered.ts';

/** One entry of a kustomization's `images`. */
export interface KustomizationImage extends ImageVersion {
  readonly newName?: string;
}

/** One entry of a kustomization's `patches`, always inline: a strategic merge or JSON 6902 patch as plain data. */
export interface KustomizationPatch {
  /** The objects to patch: an empty or missing field matches all. @default - those that the patch itself names */
  readonly target?: {
    readonly group?: string;
    readonly version?: string;
    readonly kind?: string;
    /** A regular expression, matched whole. */
    readonly name?: string;
    readonly namespace?: string;
    readonly labelSelector?: string;
    readonly annotationSelector?: string;
  };
  /** A partial object (strategic merge; `$patch: delete` removes), or a list of JSON 6902 operations. */
  readonly patch: object;
}

/** What a kustomization has beyond resources and image versions. */
export interface KustomizationOptions {
  /** Namespace of every namespaced object. @default - each object's own */
  readonly namespace?: string;
  /** In the order in which they apply. @default - none */
  readonly patches?: readonly KustomizationPatch[];
}

/** A kustomization of resources (sorted) and image versions, as `kustomize build` and both controllers read it. */
export function kustomization(resources: readonly string[], images: readonly KustomizationImage[], options: KustomizationOptions = {}): KubeObject {
  const { namespace, patches = [] } = options;
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...(namespace !== undefined && { namespace }),
    ...(resources.length > 0 && { resources: [...resources].sort(compareText) }),
    ...(images.length > 0 && {
      images: [...images].sort((a, b) => compareText(a.name, b.name)).map((image) => ({
        name: image.name,
        ...(image.newName !== undefined && { newName: image.newName }),
        ...(image.tag !== undefined && { newTag: image.tag }),
        ...(image.digest !== undefined && { digest: image.digest }),
      })),
    }),
    ...(patches.length > 0 && { patches: patches.map(({ target, patch }) => ({ ...(target !== undefined && { target }), patch: toYaml(patch) })) }),
  };
}

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

/** Every image that an object's pods run: what kustomize's image transformer would see. */
export function imagesIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) {
    for (const item of value) imagesIn(item, found);
  } else if (typeof value === 'object' && value !== null) {
    const fields = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(fields)) {
      const item = fields[key];
      if (typeof item !== 'object' || item === null) continue;
      if (containerLists.includes(key) && Array.isArray(item)) {
        for (const container of item as readonly unknown[]) {
          if (typeof container === 'object' && container !== null && 'image' in container && typeof container.image === 'string') found.add(container.image);
        }
      }
      imagesIn(item, found);
    }
  }
  return found;
}
