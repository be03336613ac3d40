import type { Plane } from '../../../../lib/control-plane/plane.ts';
import type { KubeObject } from '../../../../lib/manifests/rendered.ts';

/** Where an object lies in the API. */
export function objectUrl(namespace: string, object: KubeObject): string {
  const group = object.apiVersion.includes('/') ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
  const scope = object.kind.startsWith('Cluster') ? '' : `/namespaces/${namespace}`;
  return `${group}${scope}/${plural(object.kind)}/${object.metadata?.name ?? ''}`;
}

/** Server-side apply of one object with strict field validation: many times faster than a kubectl each. @throws when the server refuses it or warns */
export async function applyObject(plane: Plane, namespace: string, object: KubeObject): Promise<void> {
  const path = objectUrl(namespace, object);
  const answer = await plane.api.send('PATCH', `${path}?fieldManager=slipway-e2e&force=true&fieldValidation=Strict`, object, 'application/apply-patch+yaml');
  if (answer.status > 201 || answer.warnings.length > 0) throw new Error(`applying ${path}: expected status 200 or 201 and no warning, got ${answer.status} ${answer.warnings.join('; ')}: ${answer.body}`);
}

function plural(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('s')) return `${name}es`;
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}
