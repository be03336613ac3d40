import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSeconds } from '../../../lib/control-plane/build.ts';
import { components, type ComponentName } from './components.ts';

/** In the run's folder: a line for each use of a component, as JSON. */
export const usesFile = 'components.jsonl';

/** A component that a run used. */
export interface ComponentUse {
  readonly name: string;
  /** Seconds that this run took to build it; 0 where the cache had it. */
  readonly seconds: number;
  /** Seconds that its build took whenever it was. @default - the cache doesn't know */
  readonly built?: number;
}

/** The uses that a run has noted, each component once. */
export function readUses(run: string): ComponentUse[] {
  const path = join(run, usesFile);
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter((line) => line !== '') : [];
  const uses = new Map<string, ComponentUse>();
  for (const line of lines) {
    const { name, seconds } = JSON.parse(line) as { readonly name: ComponentName; readonly seconds: number };
    const built = buildSeconds(name, components[name]);
    uses.set(name, { name, seconds: Math.max(seconds, uses.get(name)?.seconds ?? 0), ...(built !== undefined && { built }) });
  }
  return [...uses.values()];
}

/**
 * How long a run took: warm, that is with every component at hand, and cold, on a machine that has to build them first.
 *
 * @param total seconds of the whole run, what it built included
 */
export function describeTimes(total: number, uses: readonly ComponentUse[]): string {
  const now = sum(uses.map(({ seconds }) => seconds));
  const warm = total - now;
  const unknown = uses.filter(({ built, seconds }) => built === undefined && seconds === 0);
  const cold = sum(uses.map(({ built, seconds }) => built ?? seconds));
  const rest = unknown.length === 0 ? '' : `; how long ${unknown.map(({ name }) => name).sort().join(', ')} took isn't known`;
  return `warm ${minutes(warm)}; cold ${unknown.length === 0 ? '' : 'at least '}${minutes(warm + cold)}, ${minutes(cold)} of it to build ${uses.length} components${rest}`;
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
