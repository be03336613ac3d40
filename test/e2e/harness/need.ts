import { ComponentUnavailable } from '../../../lib/control-plane/build.ts';
import { build } from './build.ts';
import type { ComponentName } from './components.ts';

/**
 * Builds what a test file needs, and says what this machine cannot build: the reason why its tests are skipped.
 *
 * @returns undefined when all is there
 * @throws ComponentUnavailable where `CI=true`: nothing is skipped there
 */
export async function whyWithout(...names: readonly ComponentName[]): Promise<string | undefined> {
  try {
    for (const name of names) await build(name);
    return undefined;
  } catch (error) {
    if (error instanceof ComponentUnavailable) return missing(error.message);
    throw error;
  }
}

/** The reason for a skip in one line. @throws where `CI=true` */
export function missing(reason: string): string {
  if (process.env['CI'] === 'true') throw new Error(`nothing is skipped where CI=true: ${reason}`);
  return reason.split('\n')[0]!;
}

/** The name of a suite, with the reason when it is skipped. */
export function named(name: string, reason: string | undefined): string {
  return reason === undefined ? name : `${name} (skipped: ${reason})`;
}
