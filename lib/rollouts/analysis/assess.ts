import type { Metric, MetricResult } from './metric.ts';
import { isCompleted, isWorse, type Phase } from './phase.ts';

/** What a metric has come to. `why` says which limit decided. */
export interface Assessment {
  readonly phase: Phase;
  readonly why?: string;
}

/** Judges a metric by its measurements and limits, as Argo Rollouts does (analysis.go, assessMetricStatus). */
export function assessMetric(metric: Metric, result: MetricResult, terminating: boolean): Assessment {
  if (isCompleted(result.phase)) return { phase: result.phase };
  if (result.last === undefined) return { phase: terminating ? 'Successful' : 'Pending' };
  const exceeded = exceededLimit(metric, result);
  if (exceeded !== undefined) return exceeded;
  const wanted = metric.consecutiveSuccessLimit;
  if (wanted > 0 && result.consecutiveSuccesses >= wanted) return { phase: 'Successful', why: `consecutiveSuccessLimit (${wanted}) reached` };
  if (metric.count !== undefined && result.count >= metric.count) {
    if (wanted === 0) return { phase: 'Successful', why: `count (${metric.count}) reached` };
    // Neither too many failures nor enough successes: nobody knows.
    return { phase: metric.failureLimit >= 0 ? 'Inconclusive' : 'Failed', why: `consecutiveSuccessLimit (${wanted}) not reached` };
  }
  return { phase: terminating ? 'Successful' : 'Running' };
}

/** A limit counts as exceeded by one more than it says. Of several, the last of these is told. */
function exceededLimit(metric: Metric, result: MetricResult): Assessment | undefined {
  if (result.consecutiveErrors > metric.consecutiveErrorLimit) return { phase: 'Error', why: `consecutiveErrors (${result.consecutiveErrors}) > consecutiveErrorLimit (${metric.consecutiveErrorLimit})` };
  if (result.inconclusive > metric.inconclusiveLimit) return { phase: 'Inconclusive', why: `inconclusive (${result.inconclusive}) > inconclusiveLimit (${metric.inconclusiveLimit})` };
  if (metric.failureLimit >= 0 && result.failed > metric.failureLimit) return { phase: 'Failed', why: `failed (${result.failed}) > failureLimit (${metric.failureLimit})` };
  return undefined;
}

/** What all metrics together have come to: running while one of them is, else the worst of those that count. */
export function assessAll(metrics: readonly Metric[], results: ReadonlyMap<string, MetricResult>, terminating: boolean): Assessment {
  let worst: Assessment | undefined;
  let completed = true;
  for (const metric of metrics) {
    const result = results.get(metric.name);
    const phase = result?.phase ?? 'Pending';
    if (!isCompleted(phase)) {
      completed = false;
    } else if (metric.dryRun) {
      worst ??= { phase: 'Successful' };
    } else if (worst === undefined || isWorse(worst.phase, phase)) {
      const why = result === undefined ? undefined : exceededLimit(metric, result)?.why;
      worst = { phase, ...(why !== undefined && { why: `metric ${metric.name}: ${why}` }) };
    }
  }
  if (terminating) return worst ?? { phase: 'Successful' };
  return completed && worst !== undefined ? worst : { phase: 'Running' };
}
