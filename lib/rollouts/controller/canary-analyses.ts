import type { CanaryPlan } from '../plan/rollout-plan.ts';
import { currentStep } from './canary-weight.ts';
import { Experiment } from './experiment.ts';
import type { RolloutState } from './rollout-state.ts';
import { pauseOf, type PauseContext } from './status.ts';

/** Starts, follows and stops the experiment of the current step (reconcileExperiments). */
export function reconcileExperiments(state: RolloutState, canary: CanaryPlan, pause: PauseContext): void {
  if (pause.isAborted) {
    for (const experiment of state.experiments) experiment.terminate();
    return;
  }
  if (pauseOf(state.status, 'InconclusiveAnalysisRun') !== undefined) return;
  const step = currentStep(canary, state.status);
  if (step?.kind !== 'experiment') {
    state.experiment?.terminate();
    state.experiment = undefined;
    return;
  }
  if (state.status.stable === undefined) return;
  if (state.experiment === undefined) {
    state.experiment = new Experiment(step.experiment, state, state.now);
    state.experiments.push(state.experiment);
  }
  const { phase, message } = state.experiment;
  if (phase === 'Inconclusive') pause.adds.push('InconclusiveExperiment');
  else if (phase === 'Error' || phase === 'Failed') pause.abortMessage = `Experiment analysis phase is error/failed${message === '' ? '' : `: ${message}`}`;
}

/** Starts, follows and stops the analyses of a canary: of its step, and beside the steps (reconcileAnalysisRuns). */
export function reconcileCanaryAnalyses(state: RolloutState, canary: CanaryPlan, pause: PauseContext): void {
  if (state.status.stable !== 'old' || pause.isAborted || state.skipsSteps) {
    state.stepRun?.terminate();
    state.background?.terminate();
    state.stepRun = undefined;
    state.background = undefined;
    return;
  }
  reconcileStepRun(state, canary, pause);
  reconcileBackground(state, canary, pause);
}

function reconcileStepRun(state: RolloutState, canary: CanaryPlan, pause: PauseContext): void {
  const { status } = state;
  if (status.pauses.length > 0) return;
  const step = currentStep(canary, status);
  if (step?.kind !== 'analysis') {
    state.stepRun?.terminate();
    state.stepRun = undefined;
    return;
  }
  if (state.stepRun === undefined) {
    state.stepRun = state.start({ origin: 'step', step: status.stepIndex ?? 0 }, step.analysis);
    return;
  }
  judge(state.stepRun, 'Step-based', pause);
}

function reconcileBackground(state: RolloutState, { background }: CanaryPlan, pause: PauseContext): void {
  if (background === undefined || (state.status.stepIndex !== undefined && state.status.stepIndex < background.fromStep)) return;
  if (pauseOf(state.status, 'InconclusiveAnalysisRun') !== undefined) return;
  if (state.background === undefined) {
    state.background = state.start({ origin: 'background' }, background.analysis);
    return;
  }
  judge(state.background, 'Background', pause);
}

function judge({ phase, message }: { readonly phase: string; readonly message: string }, name: string, pause: PauseContext): void {
  if (phase === 'Inconclusive') pause.adds.push('InconclusiveAnalysisRun');
  else if (phase === 'Error' || phase === 'Failed') pause.abortMessage = `${name} analysis phase error/failed${message === '' ? '' : `: ${message}`}`;
}
