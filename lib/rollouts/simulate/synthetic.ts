import type { Metric } from '../analysis/metric.ts';
import { levelsOf, type Levels } from './levels.ts';
import { normal, seededRandom } from './random.ts';
import type { Trace } from './trace.ts';

/** Faults of a new version that can be played. */
export const faults = ['error-spike', 'flapping', 'latency-step', 'no-data', 'no-start', 'slow-leak'] as const;
/** A fault of a new version. */
export type Fault = (typeof faults)[number];

const minute = 60_000;

/** How bad it is at a time after the fault began: 0 as before, 1 fully; undefined: no data. */
const courses: Readonly<Record<Fault, (since: number) => number | undefined>> = {
  'error-spike': (since) => (since < 3 * minute ? 1 : 0),
  'flapping': (since) => (Math.floor(since / minute) % 2 === 0 ? 1 : 0),
  'latency-step': () => 1,
  'no-data': () => undefined,
  // Its pods never serve: what is measured is the version before.
  'no-start': () => 0,
  'slow-leak': (since) => Math.min(1, since / (20 * minute)),
};

/** What a synthetic trace is made of. */
export interface SyntheticOptions {
  /** @default - none: the new version is healthy */
  readonly fault?: Fault;
  /** When the fault begins, in milliseconds. @default 0 */
  readonly onset?: number;
  readonly seed: number;
}

const known = new WeakMap<Metric, { readonly levels: Levels | undefined }>();

/** A metric's levels, told once. */
function levels(metric: Metric): Levels | undefined {
  let found = known.get(metric);
  if (found === undefined) {
    found = { levels: levelsOf(metric) };
    known.set(metric, found);
  }
  return found.levels;
}

/** A made-up trace: each metric at its good level with noise, and with a fault at its bad one. The same seed gives the same trace. */
export function syntheticTrace({ fault, onset = 0, seed }: SyntheticOptions): Trace {
  const random = seededRandom(seed);
  return {
    sample: (metric, at) => {
      const course = fault === undefined || at < onset ? 0 : courses[fault](at - onset);
      if (course === undefined) return { nothing: true };
      const found = levels(metric);
      // Where no number tells good from bad (a Job, a judge, a page's text) the metric itself says how it went.
      if (found === undefined) return { verdict: course >= 0.5 ? 'Failed' : 'Successful' };
      const value = found.healthy + course * (found.bad - found.healthy) + normal(random) * found.noise;
      return { number: Math.min(found.most, Math.max(found.least, value)) };
    },
  };
}
