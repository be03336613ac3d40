import { record, text } from './schemas/plain.ts';
import type { LandedObject, Landing } from './scope/landing.ts';

/** What is kept of an object until the end. */
export interface KeptObject {
  readonly landed: Pick<LandedObject, 'clusterScoped' | 'file' | 'kind' | 'name' | 'namespace'>;
  readonly apiVersion: string;
  /** The namespace that the object itself names. @default - none */
  readonly ownNamespace: string | undefined;
  readonly construct: string;
  readonly unit: string;
  readonly clusters: readonly string[];
}

/** What is kept of an object. */
export function keep(object: LandedObject, landing: Landing): KeptObject {
  const { clusterScoped, file, kind, name, namespace } = object;
  return {
    landed: { clusterScoped, file, kind, name, namespace },
    apiVersion: text(object.value, 'apiVersion') ?? '',
    ownNamespace: text(record(object.value, 'metadata'), 'namespace'),
    construct: object.rendered.construct,
    unit: landing.unit.id,
    clusters: landing.clusters,
  };
}
