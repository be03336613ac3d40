import type { CanaryPlan } from '../plan/rollout-plan.ts';
import { hasEnough } from './canary-replicas.ts';
import { desiredWeight, hasWantedPods, setWeight, weightBefore } from './canary-weight.ts';
import type { RolloutState } from './rollout-state.ts';
import type { Weights } from './status.ts';

/** How the router is to share the traffic now; the same object where nothing changes (reconcileTrafficRouting). */
export function routedWeights(state: RolloutState, canary: CanaryPlan, isAborted: boolean): Weights | undefined {
  const { status } = state;
  if (!canary.isRouted) return undefined;
  const canTake = status.stable !== 'new' && !isAborted;
  const additional = canTake ? state.experiment?.weights ?? [] : [];
  const canaryWeight = status.stable === 'new' ? 0 : isAborted ? weightAfterAbort(state, canary) : weightOnTheWay(state, canary);
  const takesAdditional = canTake && (state.fresh.available === 0 || status.stepIndex !== undefined) ? additional : [];
  const stable = status.stable === 'new' ? state.fresh : state.old;
  if (stable === undefined || !canServe(state, canary, stable, canary.maxWeight - canaryWeight)) return status.weights;
  const next: Weights = { canary: canaryWeight, canaryOf: 'new', stable: takesAdditional.reduce((rest, { weight }) => rest - weight, canary.maxWeight - canaryWeight), additional: takesAdditional };
  return status.weights !== undefined && same(status.weights, next) ? status.weights : next;
}

/** Whether the running version has pods for a weight (checkReplicasAvailable). */
function canServe({ plan }: RolloutState, canary: CanaryPlan, pods: { readonly wanted: number; readonly available: number }, weight: number): boolean {
  const wanted = Math.trunc((weight * plan.replicas) / canary.maxWeight);
  return pods.available >= wanted || hasEnough(pods, wanted, canary.threshold);
}

function weightOnTheWay(state: RolloutState, canary: CanaryPlan): number {
  const { status, fresh } = state;
  if (fresh.available === 0) return 0;
  if (status.stepIndex === undefined) return 0;
  if (!hasWantedPods(state, canary, undefined)) return weightBefore(canary, status.stepIndex);
  return status.stepIndex === canary.steps.length ? canary.maxWeight : setWeight(canary, status);
}

/** At once nothing; with `dynamicStableScale` as the running version can take it back (calculateDesiredWeightOnAbortOrStableRollback). */
function weightAfterAbort(state: RolloutState, canary: CanaryPlan): number {
  const { plan, status, old } = state;
  if (!canary.isDynamic || old === undefined || plan.replicas === 0) return 0;
  const desired = desiredWeight(state, canary);
  const served = Math.trunc((canary.maxWeight * old.available) / plan.replicas);
  const expected = Math.max(0, canary.maxWeight - served);
  if (status.weights === undefined) return Math.max(expected, desired);
  const current = status.weights.canary;
  if (desired <= 0) return Math.min(expected, current);
  return served < canary.maxWeight - desired ? current : Math.min(desired, current);
}

function same(a: Weights, b: Weights): boolean {
  return a.canary === b.canary && a.stable === b.stable && a.additional.length === b.additional.length && a.additional.every(({ template, weight }, index) => template === b.additional[index]?.template && weight === b.additional[index]?.weight);
}
