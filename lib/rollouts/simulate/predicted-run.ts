import type { MetricResult } from '../analysis/metric.ts';
import type { Phase } from '../analysis/phase.ts';
import type { RunOrigin, StartedRun } from '../controller/rollout-state.ts';

/** What a metric of an AnalysisRun has come to, in the words of its status (`status.metricResults[]`). */
export interface PredictedMetric {
  readonly name: string;
  readonly phase: Phase;
  /** Measurements that count: errors don't. */
  readonly count: number;
  readonly successful: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly error: number;
  readonly consecutiveError: number;
  readonly consecutiveSuccess: number;
  /** `message`, empty where there is none. */
  readonly message: string;
  readonly dryRun: boolean;
}

/** An AnalysisRun that the controller makes. */
export interface PredictedRun {
  readonly origin: RunOrigin;
  /** Index of the step that it belongs to. @default - none: it runs beside the steps, or before or after a promotion */
  readonly step?: number;
  /** Its name in an experiment. @default - it belongs to none */
  readonly name?: string;
  /** `status.phase` */
  readonly phase: Phase;
  /** `status.message`, empty where there is none. */
  readonly message: string;
  /** Metrics that were measured (`status.metricResults`), in the order of the templates. */
  readonly metrics: readonly PredictedMetric[];
}

/** An analysis that ran, in the words of its status. */
export function predictedRun({ origin, step, name, run }: StartedRun): PredictedRun {
  return {
    origin, ...(step !== undefined && { step }), ...(name !== undefined && { name }), phase: run.phase, message: run.message,
    metrics: run.metrics.flatMap((metric) => predictedMetric(metric.name, metric.dryRun, run.result(metric.name))),
  };
}

function predictedMetric(name: string, dryRun: boolean, result: MetricResult): PredictedMetric[] {
  if (result.last === undefined) return [];
  return [{
    name, dryRun, phase: result.phase, message: result.message, count: result.count, successful: result.successful, failed: result.failed, inconclusive: result.inconclusive, error: result.errors,
    consecutiveError: result.consecutiveErrors, consecutiveSuccess: result.consecutiveSuccesses,
  }];
}
