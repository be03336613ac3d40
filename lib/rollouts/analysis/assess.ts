import type { Metric, MetricResult } from './metric.ts';
import { isCompleted, isWorse, type Phase } from './phase.ts';

/** What an analysis has come to (`AnalysisRun.status.phase` and `.message`). */
export interface Assessment {
  readonly phase: Phase;
  readonly message: string;
}

/** Judges a metric by its measurements and limits (analysis.go, assessMetricStatus). */
export function assessMetric(metric: Metric, result: MetricResult, terminating: boolean): Phase {
  if (isCompleted(result.phase)) return result.phase;
  if (result.last === undefined) return terminating ? 'Successful' : 'Pending';
  const exceeded = exceededLimit(metric, result);
  if (exceeded !== undefined) return exceeded.phase;
  const wanted = metric.consecutiveSuccessLimit;
  if (wanted > 0 && result.consecutiveSuccesses >= wanted) return 'Successful';
  if (metric.count !== undefined && result.count >= metric.count) {
    if (wanted <= 0) return 'Successful';
    // Neither too many failures nor enough successes: nobody knows.
    return metric.failureLimit >= 0 ? 'Inconclusive' : 'Failed';
  }
  return terminating ? 'Successful' : 'Running';
}

/** Which limit a metric has gone beyond, by one more than it says. Of several, errors come before inconclusive measurements, and these before failures. */
export function exceededLimit(metric: Metric, result: MetricResult): { readonly phase: Phase; readonly why: string } | undefined {
  if (result.consecutiveErrors > metric.consecutiveErrorLimit) return { phase: 'Error', why: `consecutiveErrors (${result.consecutiveErrors}) > consecutiveErrorLimit (${metric.consecutiveErrorLimit})` };
  if (result.inconclusive > metric.inconclusiveLimit) return { phase: 'Inconclusive', why: `inconclusive (${result.inconclusive}) > inconclusiveLimit (${metric.inconclusiveLimit})` };
  if (metric.failureLimit >= 0 && result.failed > metric.failureLimit) return { phase: 'Failed', why: `failed (${result.failed}) > failureLimit (${metric.failureLimit})` };
  return undefined;
}

/** What all metrics together have come to, their phases being judged already: running while one of them is, else the worst of those that count. */
export function assessAll(metrics: readonly Metric[], results: ReadonlyMap<string, MetricResult>, terminating: boolean, terminated: boolean): Assessment {
  let worst: Phase | undefined;
  let message = terminated ? 'Run Terminated' : '';
  let completed = true;
  for (const metric of metrics) {
    const result = results.get(metric.name);
    if (result === undefined || !isCompleted(result.phase)) {
      completed = false;
    } else if (metric.dryRun) {
      worst ??= 'Successful';
    } else if (worst === undefined || isWorse(worst, result.phase)) {
      worst = result.phase;
      const why = exceededLimit(metric, result)?.why;
      if (why !== undefined) message = `Metric "${metric.name}" assessed ${result.phase} due to ${why}${result.message === '' ? '' : `: "Error Message: ${result.message}"`}`;
    }
  }
  if (terminating) return { phase: worst ?? 'Successful', message: message.trim() };
  return completed && worst !== undefined ? { phase: worst, message: message.trim() } : { phase: 'Running', message: '' };
}
