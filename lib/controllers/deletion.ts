import type { TrackedRole } from './tracked.ts';

/**
 * Whether everything a tracking object applied goes when the object itself goes. Only what a team delivers does: an app leaves together
 * with its objects. What clusters stand on (controllers, namespaces, add-ons and their custom resources, other tracking objects) stays,
 * so that a lost file or a renamed folder can't take a cluster down.
 */
export function takesObjectsAlong(role: TrackedRole): boolean {
  return role === 'app' || role === 'external';
}
