import type { KubeObject } from '../../manifests/rendered.ts';
import { planRollout } from '../plan/read-rollout.ts';
import { predictedRun, type PredictedRun } from './predicted-run.ts';
import { simulate } from './simulate.ts';
import type { Simulation, SimulationOptions } from './simulation.ts';
import { measureBy, type Sample, type Trace } from './trace.ts';

export type { PredictedMetric, PredictedRun } from './predicted-run.ts';

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
