import type { KubeObject } from '../../manifests/rendered.ts';
import type { MetricResult } from '../analysis/metric.ts';
import type { Phase } from '../analysis/phase.ts';
import { planRollout } from './plan.ts';
import { simulate, type SimulatedRun, type Simulation } from './simulate.ts';
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
}

/** An AnalysisRun that the controller makes. */
export interface PredictedRun {
  readonly origin: SimulatedRun['origin'];
  /** Index of the step that it belongs to. @default - none: it runs beside the steps, or before or after a promotion */
  readonly step?: number;
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
}

/** What a metric measures one time after the other; the last one is repeated. By name of the metric. */
export type Measurements = Readonly<Record<string, readonly Sample[]>>;

/** Foretells the status that a Rollout comes to rest with, from what its metrics measure. Pure. */
export function predict(rollout: KubeObject, templates: readonly KubeObject[], measurements: Measurements, options: { /** How long pods take until they serve, in milliseconds. @default 1000 */ readonly podStart?: number } = {}): Prediction {
  const plan = planRollout(rollout, templates);
  const simulation = simulate(plan, { podStart: options.podStart ?? 1000, measure: measureBy(traceOf(measurements)) });
  const { verdict, step } = simulation;
  const steps = plan.strategy === 'canary' ? plan.steps.length - 1 : 0;
  const bad = simulation.runs.find(({ run }) => run.phase === 'Failed' || run.phase === 'Error');
  return {
    phase: verdict === 'promoted' ? 'Healthy' : verdict === 'aborted' ? 'Degraded' : 'Paused',
    message: verdict === 'promoted' ? '' : verdict === 'aborted' ? `RolloutAborted: Rollout aborted update to revision 2: ${abortText(bad)}` : verdict === 'paused' ? 'InconclusiveAnalysisRun' : plan.strategy === 'canary' ? 'CanaryPauseStep' : 'BlueGreenPause',
    abort: verdict === 'aborted',
    promoted: verdict === 'promoted',
    ...(steps > 0 && { stepIndex: verdict === 'promoted' ? steps : verdict === 'aborted' ? 0 : step }),
    decidedAtStep: step,
    pauseReasons: verdict === 'paused' ? ['InconclusiveAnalysisRun'] : verdict === 'waiting' ? [plan.strategy === 'canary' ? 'CanaryPauseStep' : 'BlueGreenPause'] : [],
    analysisRuns: simulation.runs.map(predictedRun),
    weights: simulation.weights,
  };
}

const abortTexts: Readonly<Record<SimulatedRun['origin'], string>> = {
  'step': 'Step-based analysis phase error/failed', 'background': 'Background analysis phase error/failed',
  'pre-promotion': 'Blue/green pre-promotion analysis phase error/failed', 'post-promotion': 'Blue/green post-promotion analysis phase error/failed',
};

function abortText(bad: SimulatedRun | undefined): string {
  return bad === undefined ? '' : `${abortTexts[bad.origin]}: ${bad.run.message}`;
}

function predictedRun({ origin, step, run }: SimulatedRun): PredictedRun {
  return { origin, ...(step !== undefined && { step }), phase: run.phase, message: run.message, metrics: run.metrics.flatMap(({ name }) => predictedMetric(name, run.result(name))) };
}

function predictedMetric(name: string, result: MetricResult): PredictedMetric[] {
  if (result.last === undefined) return [];
  return [{
    name, phase: result.phase, count: result.count, successful: result.successful, failed: result.failed, inconclusive: result.inconclusive, error: result.errors,
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
