import type { StartOptions } from '../controller/rollout-state.ts';
import type { Status } from '../controller/status.ts';
import type { RolloutPlan } from '../plan/rollout-plan.ts';
import type { TimelineEvent } from './events.ts';
import { predictedRun, type PredictedRun } from './predicted-run.ts';
import type { Rates } from './rates.ts';
import type { Simulation } from './simulation.ts';

/** What `--format json` prints. Fields may be added; those that there are stay. Times in milliseconds from the start, shares in percent. */
export interface SimulationDocument extends Omit<Simulation, 'runs' | 'status'> {
  readonly rollout: string;
  readonly strategy: RolloutPlan['strategy']['kind'];
  readonly replicas: number;
  readonly change: StartOptions['change'];
  /** The controller's status at the end. */
  readonly status: Pick<Status, 'abort' | 'message' | 'phase'> & { readonly promoted: boolean; readonly currentStepIndex?: number; readonly pauseReasons: readonly string[] };
  readonly analysisRuns: readonly PredictedRun[];
  /** Requests that reached the new version until it had no traffic any more, or until it was decided on. */
  readonly requestsReached: number;
  /** Of these, those since the fault began. @default - no fault was played */
  readonly requestsSinceFault?: number;
  /** @default - no runs were asked for */
  readonly rates?: Rates;
  readonly events: readonly TimelineEvent[];
}

/** What is known beside the simulation. */
export interface DocumentOptions {
  readonly change: StartOptions['change'];
  readonly reached: number;
  readonly sinceFault?: number;
  readonly rates?: Rates;
}

/** A simulation as plain data. */
export function simulationDocument(plan: RolloutPlan, simulation: Simulation, { change, reached, sinceFault, rates }: DocumentOptions): SimulationDocument {
  const { runs, status, ...course } = simulation;
  const { phase, message, abort, stable, stepIndex, pauses } = status;
  return {
    rollout: plan.name, strategy: plan.strategy.kind, replicas: plan.replicas, change, ...course,
    status: { phase, message, abort, promoted: stable === 'new', ...(stepIndex !== undefined && { currentStepIndex: stepIndex }), pauseReasons: pauses.map(({ reason }) => reason) },
    analysisRuns: runs.map(predictedRun),
    requestsReached: Math.round(reached), ...(sinceFault !== undefined && { requestsSinceFault: Math.round(sinceFault) }), ...(rates !== undefined && { rates }),
  };
}
