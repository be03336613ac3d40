import type { CanaryPlan } from '../plan/rollout-plan.ts';
import { reconcileCanaryAnalyses, reconcileExperiments } from './canary-analyses.ts';
import { hasEnough } from './canary-replicas.ts';
import { routedWeights } from './canary-traffic.ts';
import { currentStep, hasWantedPods, wantedCounts } from './canary-weight.ts';
import type { RolloutState } from './rollout-state.ts';
import { podsAfterAbort, podsAfterPromotion, staysAfterAbort } from './scale-down.ts';
import { PauseContext, pauseOf, type Status, type Weights } from './status.ts';

/** Looks at a canary once, as the controller does; says whether anything changed (rolloutCanary). */
export function reconcileCanary(state: RolloutState, canary: CanaryPlan): boolean {
  if (state.notePauses()) return true;
  const pause = new PauseContext(state.status);
  const runs = state.started.length + state.experiments.length;
  const weights = routedWeights(state, canary, pause.isAborted);
  reconcileExperiments(state, canary, pause);
  reconcileCanaryAnalyses(state, canary, pause);
  let scaled = false;
  if (pause.adds.length === 0) {
    scaled = reconcilePods(state, canary, weights, pause);
    if (!scaled) reconcilePause(state, canary, pause);
  }
  const changed = sync(state, canary, weights, pause);
  return changed || scaled || state.started.length + state.experiments.length !== runs;
}

/** Starts and takes away pods: first of the running version, then of the new one, then of the one before; one of them at a time. */
function reconcilePods(state: RolloutState, canary: CanaryPlan, weights: Weights | undefined, pause: PauseContext): boolean {
  const { status, fresh, old, now } = state;
  if (pauseOf(status, 'InconclusiveAnalysisRun') !== undefined) return false;
  const stays = pause.isAborted && status.stable !== undefined && staysAfterAbort(canary.abortDelay, canary);
  if (!stays) fresh.scaleDownAt = undefined;
  if (status.stable === 'old' && old !== undefined) {
    old.scaleDownAt = undefined;
    // The weights of the last look, not of this one: pods follow the traffic.
    if (scale(old, wantedCounts(state, canary, status.weights).stable, now)) return true;
  }
  const wanted = wantedCounts(state, canary, weights).fresh;
  const kept = stays && canary.abortDelay.after !== undefined ? podsAfterAbort(fresh, wanted, canary.abortDelay.after, (old?.available ?? 0) >= state.plan.replicas, now) : wanted;
  if (kept === undefined) return false;
  if (scale(fresh, kept, now)) return true;
  return status.stable === 'new' && old !== undefined && reconcileOld(state, canary, old);
}

/** Takes away the version before the promotion, never so many that too few serve (scaleDownOldReplicaSetsForCanary). */
function reconcileOld(state: RolloutState, canary: CanaryPlan, old: { wanted: number; available: number } & NonNullable<RolloutState['old']>): boolean {
  const { plan, fresh, now } = state;
  if (old.wanted === 0) return false;
  if (old.available < old.wanted) return scale(old, old.available, now);
  const spare = fresh.available + old.available - (plan.replicas - canary.unavailable);
  if (spare <= 0) return false;
  if (!canary.isRouted) return scale(old, Math.max(0, old.wanted - spare), now);
  // What the router may still send traffic to stays.
  if (state.status.weights !== undefined && state.status.weights.stable !== canary.maxWeight) return false;
  return scale(old, canary.isDynamic ? 0 : podsAfterPromotion(old, old.wanted, canary.scaleDownDelay, now), now);
}

function scale(pods: NonNullable<RolloutState['old']>, count: number, now: number): boolean {
  if (pods.wanted === count) return false;
  pods.scale(count, now);
  return true;
}

function reconcilePause(state: RolloutState, canary: CanaryPlan, pause: PauseContext): void {
  const { status } = state;
  if (currentStep(canary, status)?.kind !== 'pause' || pauseOf(status, 'CanaryPauseStep') !== undefined) return;
  if (!status.controllerPause) pause.adds.push('CanaryPauseStep');
}

/** The next status: promoted, aborted, or a step further (syncRolloutStatusCanary). */
function sync(state: RolloutState, canary: CanaryPlan, weights: Weights | undefined, pause: PauseContext): boolean {
  const { status, fresh, old } = state;
  const count = canary.steps.length;
  let stepIndex = status.stepIndex;
  if (state.skipsSteps && status.stable === 'old') {
    pause.clears = true;
    pause.removesAbort = true;
    if (count > 0) stepIndex = count;
  }
  const base: Status = { ...status, weights, updated: fresh.wanted, replicas: fresh.wanted + (old?.wanted ?? 0), ready: fresh.ready + (old?.ready ?? 0), available: fresh.available + (old?.available ?? 0) };
  const reason = promotionReason(state, canary, pause);
  if (reason !== undefined) {
    pause.clears = true;
    pause.removesAbort = true;
    if (status.stable !== 'new') state.note({ kind: 'promotion', reason });
    return state.persist({ ...base, stable: 'new', stepIndex: count > 0 ? count : undefined }, pause);
  }
  if (pause.isAborted) return state.persist({ ...base, stepIndex: count === 0 ? undefined : 0 }, pause);
  if (hasCompletedStep(state, canary, weights, pause)) {
    stepIndex = (stepIndex ?? 0) + 1;
    state.stepRun = undefined;
    pause.removes.push('CanaryPauseStep');
    state.note({ kind: 'step', step: stepIndex });
  }
  return state.persist({ ...base, stepIndex }, pause);
}

/** Why the new version counts as the running one now; undefined where it doesn't yet (shouldFullPromote). */
function promotionReason({ status, fresh, plan, skipsSteps }: RolloutState, canary: CanaryPlan, pause: PauseContext): string | undefined {
  if (status.stable === undefined) return 'Initial deploy';
  if (pause.isAborted) return undefined;
  if (fresh.available < plan.replicas && !hasEnough(fresh, plan.replicas, canary.threshold)) return undefined;
  if (status.stable === 'new') return 'Fast rollback';
  if (skipsSteps) return 'Rollback within window';
  return canary.steps.length === 0 || status.stepIndex === canary.steps.length ? `Completed all ${canary.steps.length} canary steps` : undefined;
}

function hasCompletedStep(state: RolloutState, canary: CanaryPlan, weights: Weights | undefined, pause: PauseContext): boolean {
  const { status, now } = state;
  const step = currentStep(canary, status);
  switch (step?.kind) {
    case undefined: return false;
    case 'pause': {
      const waiting = pauseOf(status, 'CanaryPauseStep');
      if (waiting === undefined) return status.controllerPause;
      return step.duration !== undefined && waiting.startedAt + step.duration <= now;
    }
    case 'weight':
    case 'scale': return hasWantedPods(state, canary, weights);
    case 'experiment': return state.experiment?.phase === 'Successful' && pause.adds.length === 0;
    case 'analysis': return state.stepRun?.phase === 'Successful';
    case 'route': return true;
  }
}
