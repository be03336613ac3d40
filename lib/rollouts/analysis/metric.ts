import { Condition, isControllerError } from '../../expr/condition.ts';
import { itemsOf, type Value } from '../../expr/value.ts';
import type { Phase } from './phase.ts';

/** A metric of an analysis, its arguments filled in. Times in milliseconds. */
export interface Metric {
  readonly name: string;
  /** Its provider, such as `prometheus`, `job` or `web`. */
  readonly provider: string;
  /** Whether it counts for nothing (`dryRun`). */
  readonly dryRun: boolean;
  /** Time from the end of a measurement to the next one. @default - none: it is measured once */
  readonly interval?: number;
  readonly initialDelay: number;
  /** How many measurements that count (`count`; one where there is no interval). @default - as many as there is time for */
  readonly count?: number;
  /** It fails when more fail than this; -1 for no limit. */
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
  /** It succeeds with this many successes in a row; 0 for no such rule. */
  readonly consecutiveSuccessLimit: number;
  readonly success?: Condition;
  readonly failure?: Condition;
  /** Scores from which on a judge of Kayenta lets a version pass, or has its doubts. @default - it is no judge */
  readonly threshold?: { readonly pass: number; readonly marginal: number };
}

/** What became of a metric so far. */
export interface MetricResult {
  readonly phase: Phase;
  /** What its last measurement said when the phase changed (`message`). */
  readonly message: string;
  /** Measurements that count: errors don't. */
  readonly count: number;
  readonly successful: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly errors: number;
  readonly consecutiveErrors: number;
  readonly consecutiveSuccesses: number;
  /** @default - it was never measured */
  readonly last?: { readonly phase: Phase; readonly finishedAt: number; readonly message?: string };
}

/** A metric that was never measured. */
export const unmeasured: MetricResult = { phase: 'Pending', message: '', count: 0, successful: 0, failed: 0, inconclusive: 0, errors: 0, consecutiveErrors: 0, consecutiveSuccesses: 0 };

/** A judgement of one measurement. */
export interface Judgement {
  readonly phase: Phase;
  readonly message?: string;
}

/** What a measured value means, by the metric's conditions. An expression that can't be foretold is thrown on: it is never guessed. */
export function judge(metric: Metric, result: Value): Judgement {
  const { threshold } = metric;
  if (threshold !== undefined && typeof result === 'number') {
    const score = Math.trunc(result);
    return { phase: score >= threshold.pass ? 'Successful' : score >= threshold.marginal ? 'Inconclusive' : 'Failed' };
  }
  const success = metric.success === undefined ? undefined : held('successCondition', metric.success, result);
  if (typeof success === 'object') return success;
  const failure = metric.failure === undefined ? undefined : held('failureCondition', metric.failure, result);
  if (typeof failure === 'object') return failure;
  if (failure === true || (failure === undefined && success === false)) return failed;
  return success === false && failure === false ? inconclusive : successful;
}

const failed: Judgement = { phase: 'Failed' };
const inconclusive: Judgement = { phase: 'Inconclusive' };
const successful: Judgement = { phase: 'Successful' };

function held(name: string, condition: Condition, result: Value): boolean | Judgement {
  try {
    return condition.holds(result);
  } catch (error) {
    if (!isControllerError(error)) throw error;
    const why = result === null || itemsOf(result)?.length === 0 ? 'metric result is nil or empty: no data returned from the metric provider' : error.message;
    return { phase: 'Error', message: `could not evaluate ${name} "${condition.source}": ${why}` };
  }
}

/** A result with one measurement more. */
export function measured(result: MetricResult, phase: Phase, finishedAt: number, message?: string): MetricResult {
  const counts = phase !== 'Error';
  return {
    phase: result.phase === 'Pending' ? 'Running' : result.phase,
    message: result.message,
    count: result.count + (counts ? 1 : 0),
    successful: result.successful + (phase === 'Successful' ? 1 : 0),
    failed: result.failed + (phase === 'Failed' ? 1 : 0),
    inconclusive: result.inconclusive + (phase === 'Inconclusive' ? 1 : 0),
    errors: result.errors + (counts ? 0 : 1),
    consecutiveErrors: counts ? 0 : result.consecutiveErrors + 1,
    consecutiveSuccesses: phase === 'Successful' ? result.consecutiveSuccesses + 1 : 0,
    last: message === undefined ? { phase, finishedAt } : { phase, finishedAt, message },
  };
}
