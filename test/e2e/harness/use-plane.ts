import { inject } from 'vitest';
import { attachPlane, type Plane } from '../../../lib/control-plane/plane.ts';
import { attachExisting } from './existing.ts';
import { missing } from './need.ts';
import type {} from './shared-plane.ts';

/** The shared plane as a test file sees it. */
export interface PlaneAccess {
  /** Why this machine has none; its tests are skipped for that. @default - there is one */
  readonly reason: string | undefined;
  /** Whether it is a cluster that was there before and stays: what a test makes there, it removes. */
  readonly isExisting: boolean;
  /** Connects to it; for a `beforeAll`. */
  attach(): Promise<Plane>;
}

/** The shared plane of the project `plane`. @throws when it did not start, and where `CI=true` and there is none */
export function usePlane(): PlaneAccess {
  const shared = inject('sharedPlane');
  if ('broken' in shared) throw new Error(shared.broken);
  if ('existing' in shared) return { reason: undefined, isExisting: true, attach: () => Promise.resolve(attachExisting(shared.existing)) };
  if ('missing' in shared) {
    const reason = missing(shared.missing);
    return { reason, isExisting: false, attach: () => Promise.reject(new Error(reason)) };
  }
  return { reason: undefined, isExisting: false, attach: () => attachPlane(shared.address) };
}
