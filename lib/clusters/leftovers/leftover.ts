import { listAt, textAt } from '../../values/fields.ts';

/** Something in the cloud that an object of the cluster stands for, and that outlives the cluster because only the cluster would remove it. */
export interface Leftover {
  /** Kind, namespace and name of the object: `Service shop/web`. */
  readonly object: string;
  /** What it is in the cloud, and by which address or handle it is found there. */
  readonly what: string;
}

/** A leftover of an object as an API server lists it: without its kind. */
export function leftover(kind: string, object: unknown, what: string): Leftover {
  return { object: `${kind} ${nameOf(object)}`, what };
}

/** `namespace/name`, or the name alone of what is in no namespace. */
export function nameOf(object: unknown): string {
  return [textAt(object, 'metadata', 'namespace'), textAt(object, 'metadata', 'name')].filter((part) => part !== undefined).join('/');
}

/** Finalizers by which somebody wants to clean up before an object goes; those of Kubernetes' garbage collector say nothing of the cloud. */
export function cleanersOf(object: unknown): readonly string[] {
  return listAt(object, 'metadata', 'finalizers').map(String).filter((name) => name !== 'foregroundDeletion' && name !== 'orphan').sort();
}
