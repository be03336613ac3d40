import type { Plane } from '../../../../lib/control-plane/plane.ts';

/**
 * Changes fields of an object that was just listed; another may have deleted it since, which is no failure.
 *
 * @returns whether it is still there
 * @throws when the API server refuses
 */
export async function patchThere(plane: Plane, path: string, patch: unknown): Promise<boolean> {
  const { status, body } = await plane.api.send('PATCH', path, patch, 'application/merge-patch+json');
  if (status !== 200 && status !== 404) throw new Error(`PATCH ${path}: expected status 200 or 404, got ${status}: ${body}`);
  return status === 200;
}
