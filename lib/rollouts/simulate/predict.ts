import type { KubeObject } from '../../manifests/rendered.ts';
import type { MetricResult } from '../analysis/metric.ts';
import type { Phase } from '../analysis/phase.ts';
import type { RunOrigin, StartedRun } from '../controller/rollout-state.ts';
import { planRollout } from '../plan/read-rollout.ts';
import { simulate } from './simulate.ts';
import type { Simulation, SimulationOptions } from './simulation.ts';
import { measureBy, type Sample, type Trace } from './trace.ts';

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

/** What the controller's status says once a rollout has come to rest. */
export interface Prediction {
  /** `status.phase` */
  readonly phase: 'Degraded' | 'Healthy' | 'Paused' | 'Progressing';
  /** `status.message`, empty where there is none. A ReplicaSet's hash isn't known: it is written `<hash>`. */
  readonly message: string;
  /** `status.abort` */
  readonly abort: boolean;
  /** Whether the new version is the stable one (`status.stableRS == status.currentPodHash`). */
  readonly promoted: boolean;
  /** `status.currentStepIndex`: all steps after a promotion, 0 after an abort. @default - the rollout has no steps */
  readonly stepIndex?: number;
  /** Index of the step at which it was decided. */
  readonly decidedAtStep: number;
  /** `status.pauseConditions[].reason` */
  readonly pauseReasons: readonly string[];
  /** In the order in which they start. */
  readonly analysisRuns: readonly PredictedRun[];
  /** Share of the traffic that the new version gets, in percent, from each time on (milliseconds). */
  readonly weights: Simulation['weights'];
  /** Pods of both versions that serve, from each time on (milliseconds). */
  readonly pods: Simulation['pods'];
  /** Everything else that the simulation saw. */
  readonly simulation: Simulation;
}

/** What a metric measures one time after the other; the last one is repeated. By name of the metric. */
export type Measurements = Readonly<Record<string, readonly Sample[]>>;

/** What may be different from an ordinary new version. */
export interface PredictOptions extends Pick<SimulationOptions, 'change' | 'neverStarts' | 'person'> {
  /** How long pods take until they serve, in milliseconds. @default 1000 */
  readonly podStart?: number;
}

/** Foretells the status that a Rollout comes to rest with, from what its metrics measure. Pure. */
export function predict(rollout: KubeObject, templates: readonly KubeObject[], measurements: Measurements, options: PredictOptions = {}): Prediction {
  const simulation = simulate(planRollout(rollout, templates), { ...options, podStart: options.podStart ?? 1000, measure: measureBy(traceOf(measurements)) });
  const { status } = simulation;
  return {
    phase: status.phase, message: status.message, abort: status.abort, promoted: status.stable === 'new',
    ...(status.stepIndex !== undefined && { stepIndex: status.stepIndex }),
    decidedAtStep: simulation.step,
    pauseReasons: status.pauses.map(({ reason }) => reason),
    analysisRuns: simulation.runs.map(predictedRun),
    weights: simulation.weights, pods: simulation.pods, simulation,
  };
}

function predictedRun({ origin, step, name, run }: StartedRun): PredictedRun {
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

function traceOf(measurements: Measurements): Trace {
  const counts = new Map<string, number>();
  return {
    sample: ({ name }) => {
      const index = counts.get(name) ?? 0;
      counts.set(name, index + 1);
      const samples = measurements[name];
      if (samples === undefined) throw new RangeError(`expected measurements of ${name}, got ${Object.keys(measurements).sort().join(', ') || 'none'}`);
      return samples[Math.min(index, samples.length - 1)] ?? { nothing: true };
    },
  };
}
