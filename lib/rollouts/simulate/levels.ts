import { judge, type Metric } from '../analysis/metric.ts';
import type { Phase } from '../analysis/phase.ts';
import { asResult } from './trace.ts';

/** What a metric is when all is well, and when the new version is bad, as its own conditions tell them apart. */
export interface Levels {
  readonly healthy: number;
  readonly bad: number;
  /** Deviation of the noise. */
  readonly noise: number;
  /** Beyond these no value makes sense: a share stays between 0 and 1. */
  readonly least: number;
  readonly most: number;
}

/** Orders of magnitude that metrics have: shares, seconds, milliseconds, counts. */
const probes = [0, 1e-4, 1e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1, 1.5, 2, 3, 5, 10, 20, 50, 90, 95, 99, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000, 1e6];

/** Tells a metric's levels by trying its conditions; undefined where no number is good, or none is bad. */
export function levelsOf(metric: Metric): Levels | undefined {
  if (metric.threshold !== undefined) return judgeLevels(metric.threshold);
  if (metric.success === undefined && metric.failure === undefined) return undefined;
  const phases = probes.map((value) => phaseAt(metric, value));
  const edge = phases.findIndex((phase, index) => index > 0 && isEdge(phases[index - 1], phase));
  const [below, above] = [probes[edge - 1], probes[edge]];
  if (below === undefined || above === undefined) return undefined;
  const goodIsUp = phases[edge] === 'Successful';
  const boundary = bisect(metric, goodIsUp ? below : above, goodIsUp ? above : below);
  // A limit from 0 to 1 is that of a share, one from 50 to 100 that of a percentage.
  const all = !goodIsUp || boundary <= 0 ? Infinity : boundary <= 1 ? 1 : boundary >= 50 && boundary <= 100 ? 100 : Infinity;
  const healthy = goodIsUp ? (all < Infinity ? boundary + 0.8 * (all - boundary) : boundary * 1.5 + 0.01) : boundary * 0.5;
  const bad = goodIsUp ? boundary * 0.7 : boundary * 2 + 0.01;
  return { healthy, bad, noise: Math.abs(healthy - boundary) / 4, least: 0, most: all };
}

/** A judge's scores go from 0 to 100. */
function judgeLevels({ pass, marginal }: NonNullable<Metric['threshold']>): Levels {
  return { healthy: pass + 0.8 * (100 - pass), bad: marginal * 0.7, noise: (100 - pass) / 5, least: 0, most: 100 };
}

function isEdge(before: Phase | undefined, after: Phase | undefined): boolean {
  return (before === 'Successful') !== (after === 'Successful');
}

function phaseAt(metric: Metric, value: number): Phase {
  return judge(metric, asResult(metric, value)).phase;
}

/** Where good turns into bad, to a billionth of the distance. */
function bisect(metric: Metric, bad: number, good: number): number {
  let [low, high] = [bad, good];
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (phaseAt(metric, middle) === 'Successful') high = middle;
    else low = middle;
  }
  return high;
}
