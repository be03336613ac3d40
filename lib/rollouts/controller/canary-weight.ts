import type { CanaryPlan, PlannedStep } from '../plan/rollout-plan.ts';
import { basicCounts, hasEnough, podsFor, routedCounts, type VersionCounts } from './canary-replicas.ts';
import type { RolloutState } from './rollout-state.ts';
import type { Status, Weights } from './status.ts';

/** The step that a canary is at; undefined after the last one. */
export function currentStep(canary: CanaryPlan, status: Status): PlannedStep | undefined {
  return canary.steps[status.stepIndex ?? 0];
}

/** The weight of the last step that said one (GetCurrentSetWeight). */
export function setWeight(canary: CanaryPlan, status: Status): number {
  if (status.abort) return 0;
  return currentStep(canary, status) === undefined ? canary.maxWeight : weightBefore(canary, (status.stepIndex ?? 0) + 1);
}

/** The last weight of the steps before one. */
export function weightBefore(canary: CanaryPlan, index: number): number {
  for (let each = Math.min(index, canary.steps.length) - 1; each >= 0; each -= 1) {
    const step = canary.steps[each];
    if (step?.kind === 'weight') return step.weight;
  }
  return 0;
}

/** The weight that the new version should have; with `dynamicStableScale` an abort goes back over the steps' weights as the running version grows (GetDesiredCanaryWeight). */
export function desiredWeight(state: RolloutState, canary: CanaryPlan): number {
  const { status, old, fresh, plan } = state;
  if (!status.abort || !canary.isDynamic || old === undefined) return setWeight(canary, status);
  const pods = Math.max(plan.replicas - old.available, fresh.available);
  for (let each = canary.steps.length - 1; each >= 0; each -= 1) {
    const step = canary.steps[each];
    if (step?.kind === 'weight' && podsFor(step.weight, plan.replicas, canary.maxWeight) < pods) return step.weight;
  }
  return 0;
}

/** The scale of the last step that said one (UseSetCanaryScale). */
function canaryScale(canary: CanaryPlan, status: Status): { readonly replicas: number } | { readonly weight: number } | undefined {
  if (!canary.isRouted || (status.abort && canary.abortDelay.after !== undefined) || currentStep(canary, status) === undefined) return undefined;
  for (let each = status.stepIndex ?? 0; each >= 0; each -= 1) {
    const step = canary.steps[each];
    if (step?.kind === 'scale') return step.scale === 'match-traffic' ? undefined : step.scale;
  }
  return undefined;
}

/** How many pods each version should have now. */
export function wantedCounts(state: RolloutState, canary: CanaryPlan, weights: Weights | undefined): VersionCounts {
  const { status, plan, fresh, old } = state;
  const isAll = status.stable === undefined || status.stable === 'new';
  const scale = isAll ? undefined : canaryScale(canary, status);
  const weight = isAll ? canary.maxWeight : scale !== undefined ? ('weight' in scale ? scale.weight : 0) : desiredWeight(state, canary);
  if (canary.isRouted) {
    return routedCounts({ replicas: plan.replicas, maxWeight: canary.maxWeight, weight, scale: scale !== undefined && 'replicas' in scale ? scale.replicas : undefined, minPods: canary.minPods, isDynamic: canary.isDynamic, isAborted: status.abort, weights });
  }
  const stable = status.stable === 'old' ? old : undefined;
  return basicCounts({ replicas: plan.replicas, weight, surge: canary.surge, unavailable: canary.unavailable, fresh, stable, others: status.stable === 'new' ? old?.wanted ?? 0 : 0 });
}

/** Whether both versions have the pods that the step wants (AtDesiredReplicaCountsForCanary). */
export function hasWantedPods(state: RolloutState, canary: CanaryPlan, weights: Weights | undefined): boolean {
  const counts = wantedCounts(state, canary, weights);
  if (!hasEnough(state.fresh, counts.fresh, canary.threshold)) return false;
  const stable = state.status.stable === 'new' ? state.fresh : state.old;
  if ((!canary.isRouted || !canary.isDynamic) && (stable === undefined || stable.wanted !== counts.stable)) return false;
  return canary.isRouted || state.status.stable !== 'new' || (state.old?.available ?? 0) === 0;
}
