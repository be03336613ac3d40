import type { AnalysisRun } from '../analysis/run.ts';
import type { BlueGreenPlan } from '../plan/rollout-plan.ts';
import type { RolloutState } from './rollout-state.ts';
import { podsAfterAbort, podsAfterPromotion } from './scale-down.ts';
import { PauseContext, pauseOf, type Status, type Version } from './status.ts';

/** Looks at a blue-green rollout once, as the controller does; says whether anything changed (rolloutBlueGreen). */
export function reconcileBlueGreen(state: RolloutState, plan: BlueGreenPlan): boolean {
  if (state.notePauses()) return true;
  const pause = new PauseContext(state.status);
  const runs = state.started.length;
  const isHalted = pauseOf(state.status, 'InconclusiveAnalysisRun') !== undefined;
  const preview: Version | undefined = isHalted ? state.status.preview : 'new';
  const scaled = reconcilePods(state, plan, pause);
  reconcilePause(state, plan, pause, isHalted);
  const active = isHalted ? state.status.active : nextActive(state, plan, pause);
  reconcileAnalyses(state, plan, pause);
  const changed = sync(state, plan, active, preview, pause);
  return changed || scaled || state.started.length !== runs;
}

/** Pods that the new version should have (NewRSNewReplicas). */
function wantedPods({ status, plan }: RolloutState, { previewReplicas }: BlueGreenPlan): number {
  if (previewReplicas === undefined || status.active === undefined || status.active === 'new') return plan.replicas;
  return status.pauses.length === 0 && status.scaleUpCheckPoint ? plan.replicas : previewReplicas;
}

function reconcilePods(state: RolloutState, plan: BlueGreenPlan, pause: PauseContext): boolean {
  const { status, fresh, old, now } = state;
  const { replicas } = state.plan;
  const stays = pause.isAborted && status.stable !== undefined && plan.abortDelay.after !== undefined;
  if (!stays) fresh.scaleDownAt = undefined;
  let changed = false;
  const scale = (pods: typeof fresh, count: number): void => {
    changed ||= pods.wanted !== count;
    if (pods.wanted !== count) pods.scale(count, now);
  };
  if (status.stable === 'old' && old !== undefined) {
    old.scaleDownAt = undefined;
    scale(old, replicas);
  }
  const wanted = wantedPods(state, plan);
  const kept = stays && plan.abortDelay.after !== undefined ? podsAfterAbort(fresh, wanted, plan.abortDelay.after, (old?.available ?? 0) >= replicas, now) : wanted;
  if (kept !== undefined) scale(fresh, kept);
  // The version before goes once nothing leads to it.
  if (status.stable === 'new' && old !== undefined && old.wanted > 0 && status.active !== 'old' && (!plan.hasPreview || status.preview !== 'old') && pauseOf(status, 'InconclusiveAnalysisRun') === undefined) {
    scale(old, podsAfterPromotion(old, replicas, plan.scaleDownDelay, now));
  }
  return changed;
}

function isSaturated(state: RolloutState): boolean {
  return state.fresh.wanted === state.plan.replicas && state.fresh.available === state.plan.replicas;
}

function isReady(state: RolloutState, plan: BlueGreenPlan): boolean {
  const wanted = wantedPods(state, plan);
  return state.fresh.wanted === wanted && state.fresh.available === wanted;
}

/** Whether nothing has to be waited for: the first version, a way back, or it is there already (isBlueGreenFastTracked). */
function isFastTracked({ status, skipsSteps }: RolloutState): boolean {
  return skipsSteps || status.stable === 'new' || status.active === undefined || status.active === 'new';
}

function reconcilePause(state: RolloutState, plan: BlueGreenPlan, pause: PauseContext, isHalted: boolean): void {
  const { status } = state;
  if (status.abort || isHalted || !isReady(state, plan)) return;
  if (isFastTracked(state) || status.scaleUpCheckPoint || (plan.autoPromotion && plan.autoPromotionDelay === 0)) {
    pause.removes.push('BlueGreenPause');
    return;
  }
  if (!hasPassedBefore(state, plan)) return;
  if (pauseOf(status, 'BlueGreenPause') !== undefined) {
    if (hasPaused(state, plan, pause)) pause.removes.push('BlueGreenPause');
  } else if (!status.controllerPause) {
    pause.adds.push('BlueGreenPause');
  }
}

function hasPassedBefore(state: RolloutState, { before }: BlueGreenPlan): boolean {
  return before === undefined || state.before?.phase === 'Successful';
}

/** Whether it has waited long enough, or a person let it go on (CompletedBlueGreenPause). */
function hasPaused({ status, now }: RolloutState, plan: BlueGreenPlan, pause: PauseContext): boolean {
  if (pause.adds.length > 0) return false;
  if (status.scaleUpCheckPoint) return true;
  const waiting = pauseOf(status, 'BlueGreenPause');
  if (!plan.autoPromotion) return status.controllerPause && waiting === undefined;
  if (plan.autoPromotionDelay === 0) return true;
  return waiting !== undefined && waiting.startedAt + plan.autoPromotionDelay <= now;
}

/** The version that gets the traffic from now on (reconcileActiveService). */
function nextActive(state: RolloutState, plan: BlueGreenPlan, pause: PauseContext): Version | undefined {
  const { status } = state;
  if (!isReady(state, plan) || !isSaturated(state)) return status.active;
  if (status.abort) return status.stable;
  return isFastTracked(state) || (hasPaused(state, plan, pause) && hasPassedBefore(state, plan)) ? 'new' : status.active;
}

function reconcileAnalyses(state: RolloutState, plan: BlueGreenPlan, pause: PauseContext): void {
  const { status } = state;
  if (status.stable !== 'old' || pause.isAborted || state.skipsSteps) {
    state.before?.terminate();
    state.after?.terminate();
    return;
  }
  const isInconclusive = pauseOf(status, 'InconclusiveAnalysisRun') !== undefined;
  // As the last status has it: a switch of this very look counts from the next one on.
  if (plan.before !== undefined) {
    if (status.active === 'new') state.before?.terminate();
    else if (!isInconclusive && state.before === undefined && canStartBefore(state, plan)) state.before = state.start({ origin: 'pre-promotion' }, plan.before);
    judge(state.before, 'pre-promotion', pause);
  }
  if (plan.after !== undefined) {
    if (status.active !== 'new') state.after?.terminate();
    else if (!isInconclusive && state.after === undefined && isSaturated(state)) state.after = state.start({ origin: 'post-promotion' }, plan.after);
    judge(state.after, 'post-promotion', pause);
  }
}

function canStartBefore(state: RolloutState, { previewReplicas }: BlueGreenPlan): boolean {
  if (state.status.active === undefined) return false;
  return previewReplicas === undefined ? isSaturated(state) : state.fresh.wanted === previewReplicas && state.fresh.available === previewReplicas;
}

function judge(run: AnalysisRun | undefined, name: string, pause: PauseContext): void {
  if (run?.phase === 'Inconclusive') pause.adds.push('InconclusiveAnalysisRun');
  else if (run?.phase === 'Error' || run?.phase === 'Failed') pause.abortMessage = `Blue/green ${name} analysis phase error/failed${run.message === '' ? '' : `: ${run.message}`}`;
}

function sync(state: RolloutState, plan: BlueGreenPlan, active: Version | undefined, preview: Version | undefined, pause: PauseContext): boolean {
  const { status, fresh, old } = state;
  if (state.skipsSteps && status.stable === 'old') {
    pause.clears = true;
    pause.removesAbort = true;
  }
  const serving = active === 'new' ? fresh : active === 'old' ? old : undefined;
  const base: Status = {
    ...status, active, preview, updated: fresh.wanted, replicas: fresh.wanted + (old?.wanted ?? 0),
    ready: serving === undefined ? fresh.ready + (old?.ready ?? 0) : serving.ready, available: serving === undefined ? fresh.available + (old?.available ?? 0) : serving.available,
  };
  const reason = promotionReason(state, plan, active, pause);
  if (reason === undefined) return state.persist({ ...base, scaleUpCheckPoint: hasReachedCheckPoint(state, plan, pause) }, pause);
  pause.clears = true;
  pause.removesAbort = true;
  if (status.stable !== 'new') state.note({ kind: 'promotion', reason });
  return state.persist({ ...base, stable: 'new', scaleUpCheckPoint: false }, pause);
}

/** Why the new version counts as the running one now (shouldFullPromote). */
function promotionReason(state: RolloutState, plan: BlueGreenPlan, active: Version | undefined, pause: PauseContext): string | undefined {
  if (state.status.stable === undefined) return 'Initial deploy';
  if (active !== 'new') return undefined;
  if (state.status.stable === 'new') return 'Fast rollback';
  if (state.skipsSteps) return 'Rollback within window';
  if (pause.isAborted) return undefined;
  return plan.after !== undefined && state.after?.phase !== 'Successful' ? undefined : 'Completed blue-green update';
}

function hasReachedCheckPoint(state: RolloutState, plan: BlueGreenPlan, pause: PauseContext): boolean {
  if (plan.previewReplicas === undefined) return false;
  if (state.status.scaleUpCheckPoint) return true;
  return hasPassedBefore(state, plan) && hasPaused(state, plan, pause) && state.fresh.available === plan.previewReplicas;
}
