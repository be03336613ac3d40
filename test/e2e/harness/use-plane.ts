import { inject } from 'vitest';
import { missing } from './need.ts';
import { attachPlane, type Plane } from '../../../lib/control-plane/plane.ts';
import type {} from './shared-plane.ts';

/** The shared plane as a test file sees it. */
export interface PlaneAccess {
  /** Why this machine has none; its tests are skipped for that. @default - there is one */
  readonly reason: string | undefined;
  /** Connects to it; for a `beforeAll`. */
  attach(): Promise<Plane>;
}

/** The shared plane of the project `plane`. @throws when it did not start, and where `CI=true` and there is none */
export function usePlane(): PlaneAccess {
  const shared = inject('sharedPlane');
  if ('broken' in shared) throw new Error(shared.broken);
  if ('missing' in shared) {
    const reason = missing(shared.missing);
    return { reason, attach: () => Promise.reject(new Error(reason)) };
  }
  return { reason: undefined, attach: () => attachPlane(shared.address) };
}
