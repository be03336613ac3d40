import { compareText } from '../values/errors.ts';
import type { ImageVersion, KubeObject } from './rendered.ts';

/** One entry of a kustomization's `images`. */
export interface KustomizationImage extends ImageVersion {
  readonly newName?: string;
}

/** A kustomization of plain resources and image versions, as `kustomize build` and both controllers read it. */
export function kustomization(resources: readonly string[], images: readonly KustomizationImage[]): KubeObject {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...(resources.length > 0 && { resources: [...resources].sort(compareText) }),
    ...(images.length > 0 && {
      images: [...images].sort((a, b) => compareText(a.name, b.name)).map((image) => ({
        name: image.name,
        ...(image.newName !== undefined && { newName: image.newName }),
        ...(image.tag !== undefined && { newTag: image.tag }),
        ...(image.digest !== undefined && { digest: image.digest }),
      })),
    }),
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
