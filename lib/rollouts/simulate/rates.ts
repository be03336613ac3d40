import { seededRandom } from './random.ts';
import type { RolloutPlan } from '../plan/rollout-plan.ts';
import { simulate } from './simulate.ts';
import { requestsOf, requestsReached, type SimulationOptions } from './simulation.ts';
import { syntheticTrace, type Fault } from './synthetic.ts';
import { measureBy } from './trace.ts';

/** A share with its 95 % confidence interval (Wilson), from 0 to 1. */
export interface Rate {
  readonly count: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** How an analysis does over many traces. */
export interface Rates {
  /** Healthy versions that didn't get through. */
  readonly falseAborts: Rate;
  /** Bad versions that did. @default - no fault was played */
  readonly missed?: Rate;
  /** Requests that bad versions reached: median and the 95th percentile. @default - no fault was played */
  readonly reached?: { readonly median: number; readonly most: number };
}

/** What many runs need. */
export interface RatesOptions extends Pick<SimulationOptions, 'change' | 'person' | 'podStart'> {
  readonly runs: number;
  readonly seed: number;
  readonly fault?: Fault;
  /** Until when a fault begins at the latest, in milliseconds: each run draws a time. */
  readonly latestOnset: number;
  readonly requestsPerSecond: number;
  /** How long a version that got through is counted on, in milliseconds. */
  readonly horizon: number;
}

/** Plays many seeded traces, healthy ones and, with a fault, bad ones. */
export function ratesOf(plan: RolloutPlan, options: RatesOptions): Rates {
  const seeds = Array.from({ length: options.runs }, (_, index) => options.seed + index);
  const play = (seed: number, fault?: Fault) => {
    const onset = fault === undefined ? 0 : seededRandom(seed ^ 0x5bd1e995)() * options.latestOnset;
    return simulate(plan, { ...options, isQuiet: true, neverStarts: fault === 'no-start', measure: measureBy(syntheticTrace({ seed, onset, ...(fault !== undefined && { fault }) }), true) });
  };
  const stopped = seeds.filter((seed) => ['aborted', 'paused', 'stuck'].includes(play(seed).verdict)).length;
  const falseAborts = wilson(stopped, seeds.length);
  if (options.fault === undefined) return { falseAborts };
  const bad = seeds.map((seed) => play(seed, options.fault));
  const reached = bad.map((each) => (each.verdict === 'promoted' ? requestsReached(each, each.at + options.horizon, options.requestsPerSecond) : requestsOf(each, options.requestsPerSecond))).sort((a, b) => a - b);
  return {
    falseAborts,
    missed: wilson(bad.filter(({ verdict }) => verdict === 'promoted').length, bad.length),
    reached: { median: quantile(reached, 0.5), most: quantile(reached, 0.95) },
  };
}

const z = 1.959964;

/** The share of some cases and the interval in which it lies with 95 % confidence. */
export function wilson(count: number, of: number): Rate {
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 };
  const share = count / of;
  const middle = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { count, of, share, low: count === 0 ? 0 : (middle - spread) / scale, high: count === of ? 1 : (middle + spread) / scale };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
