import type { Measurements } from '../../../../lib/rollouts/simulate/predict.ts';
import type { Sample } from '../../../../lib/rollouts/simulate/trace.ts';

/**
 * Seconds in which a second question about a metric is the same one. The controller asks again at once when it sees its own change
 * late, and then forgets the first answer; metrics of cases have longer intervals.
 */
const sameQuestion = 1.5;

/** What the metrics of a case measure. */
export interface Script {
  /** What a metric measures now: each question takes the next sample, the last one holds. @throws for a metric without samples */
  next(metric: string): Sample;
  /** How many samples of a metric were taken. */
  taken(metric: string): number;
}

/**
 * Plays samples by metric.
 *
 * @param isEarly whether a metric is still as at first; once it isn't, it is as at last
 */
export function scripted(samples: Measurements, isEarly: (metric: string) => boolean | undefined): Script {
  const asked = new Map<string, { readonly count: number; readonly at: number }>();
  return {
    next(metric) {
      const script = samples[metric];
      if (script === undefined) throw new Error(`no samples for ${metric}: there are some for ${Object.keys(samples).sort().join(', ')}`);
      const [before, now] = [asked.get(metric), performance.now()];
      const isSame = before !== undefined && now - before.at < sameQuestion * 1000;
      const count = (before?.count ?? 0) + (isSame ? 0 : 1);
      asked.set(metric, { count, at: now });
      const early = isEarly(metric);
      const index = early === undefined ? count - 1 : early ? 0 : script.length - 1;
      return script[Math.min(index, script.length - 1)] ?? { nothing: true };
    },
    taken: (metric) => asked.get(metric)?.count ?? 0,
  };
}
