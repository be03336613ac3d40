import type { Plane } from '../../../../lib/control-plane/plane.ts';
import type { Registered } from '../../../clusters/mock-engine.ts';

/** A Kubernetes object that a Pulumi program asks for. */
export interface WantedObject {
  /** Name of the resource in the program. */
  readonly resource: string;
  /** Name of the provider that makes it. */
  readonly provider: string;
  /** The object as the API server gets it, secrets in plain. */
  readonly object: KubernetesObject;
}

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/**
 * The Kubernetes objects of a program's resources, in the order in which they can be made. One without a name gets that of its resource and
 * a suffix, as Pulumi's provider for Kubernetes names it.
 *
 * @param generation what the suffix is made of: another one for a replacement
 */
export function wantedObjects(resources: readonly Registered[], generation = 1): WantedObject[] {
  const wanted = resources.filter(({ type }) => type.startsWith('kubernetes:'));
  const ordered: Registered[] = [];
  const add = (each: Registered): void => {
    if (ordered.includes(each)) return;
    for (const needed of wanted.filter(({ urn }) => each.dependsOn.includes(urn))) add(needed);
    ordered.push(each);
  };
  for (const each of wanted) add(each);
  return ordered.map(({ name, provider, inputs }) => {
    const object = plain(inputs) as KubernetesObject;
    return { resource: name, provider, object: { ...object, metadata: { ...object.metadata, name: object.metadata.name ?? `${name}-${generation.toString(16).padStart(8, '0')}` } } };
  });
}

/** Makes or changes an object as Pulumi's provider for Kubernetes does: by server-side apply, under its name. */
export async function applyAsPulumi(plane: Plane, { object }: WantedObject): Promise<void> {
  await plane.kubectl(['apply', '--server-side', '--field-manager=pulumi-kubernetes', '-f', '-'], { input: JSON.stringify(object) });
}

/** Deletes an object and waits until it is gone, as Pulumi's provider for Kubernetes does. */
export async function deleteAsPulumi(plane: Plane, { object: { apiVersion, kind, metadata } }: WantedObject): Promise<void> {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const type = group === '' ? kind : `${kind}.${version}.${group}`;
  await plane.kubectl(['delete', type, metadata.name, ...(metadata.namespace === undefined ? [] : ['-n', metadata.namespace]), '--wait=true']);
}

/** Inputs with what is secret in plain. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value);
  return fields.length === 1 && fields[0]?.[0] === 'secret' ? plain(fields[0][1]) : Object.fromEntries(fields.map(([key, item]) => [key, plain(item)]));
}
