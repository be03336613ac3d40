import { awaitDefinitions } from '../crds.ts';
import type { Plane } from '../plane.ts';

/** Makes a namespace unless it is there. */
export async function ensureNamespace(plane: Plane, name: string): Promise<void> {
  const answer = await plane.api.send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  if (answer.status !== 201 && answer.status !== 409) throw new Error(`namespace ${name}: expected status 201 or 409, got ${answer.status}: ${answer.body}`);
}

/**
 * Applies an upstream install manifest, whose pods KWOK plays, and waits until its custom resources are served.
 *
 * @param namespace of the objects that name none
 */
export async function installManifest(plane: Plane, manifest: string, namespace: string): Promise<void> {
  await ensureNamespace(plane, namespace);
  await plane.kubectl(['apply', '--server-side', '-n', namespace, '-f', '-'], { input: manifest });
  await awaitDefinitions(plane, 'crd', '--all');
}
