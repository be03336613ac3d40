import { wholeNumber } from '../../rollouts/whole-number.ts';
import { isRecord, record } from '../schemas/plain.ts';
import { canaryOf, canarySteps, type CanaryStepObject } from './rollout.ts';

/** A step of a canary, and what decides how many pods the new version has when it is over. */
export interface SizedStep extends CanaryStepObject {
  /** The last weight up to this step; before the first it is 0. */
  readonly weight: number;
  /** The last scale, where a router shares the traffic and it doesn't match the weight. @default - the weight decides */
  readonly scale: { readonly field: string; readonly size: number } | undefined;
}

/** The steps of a canary with the size of the new version: Argo Rollouts takes the last scale up to a step, and the last weight where there is none or it matches the traffic. */
export function sizedSteps(rollout: unknown): SizedStep[] {
  const isRouted = record(canaryOf(rollout), 'trafficRouting') !== undefined;
  let weight = 0;
  let scale: SizedStep['scale'];
  return canarySteps(rollout).map((step) => {
    weight = wholeNumber(step.value['setWeight']) ?? weight;
    const scaled = step.value['setCanaryScale'];
    if (isRouted && isRecord(scaled)) {
      const size = scaled['matchTrafficWeight'] === true ? undefined : (wholeNumber(scaled['replicas']) ?? wholeNumber(scaled['weight']));
      scale = size === undefined ? undefined : { field: `${step.field}.setCanaryScale`, size };
    }
    return { ...step, weight, scale };
  });
}

/** Whether the new version has pods at a step. */
export function hasPods({ weight, scale }: SizedStep): boolean {
  return (scale?.size ?? weight) > 0;
}

/** Why a version has no pods at a step, in words. */
export function whyNoPods({ scale }: SizedStep): string {
  return scale === undefined ? 'its weight is 0 here, and no setCanaryScale gives it any' : `${scale.field} gives it 0`;
}
