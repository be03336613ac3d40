import { canaryReplicas, surgeOf, weightOf, type PodCount } from '../../rollouts/replica-counts.ts';
import type { UnitRule } from '../rule.ts';
import { dig, list, record } from '../schemas/plain.ts';
import { canaryOf, replicaRange, rolloutKind } from '../scope/rollout.ts';

/** More pods than this are no advice. */
const mostAdvised = 100;

/** A canary without a traffic router shares traffic by its number of pods: 20 % of 2 pods is 33 %. */
export const canaryWeight: UnitRule = {
  id: 'canary-weight',
  scope: 'unit',
  severity: 'error',
  title: 'A canary without a traffic router asks for weights that its number of pods can make',
  fix: 'write the weight that is reached, run more pods, or route by weight with a traffic router; `approximate: true` (for a Rollout of your own: a waiver) lets the nearest weight do',
  check(landing, report) {
    for (const rollout of landing.ofKind(rolloutKind)) {
      const canary = canaryOf(rollout.value);
      if (canary === undefined || record(canary, 'trafficRouting') !== undefined) continue;
      const { lowest: replicas, scaled } = replicaRange(rollout, landing);
      if (replicas < 1) continue;
      const surge = surgeOf(replicas, podCount(canary['maxSurge']));
      const pods = `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}${scaled ? ', the minimum of the HorizontalPodAutoscaler,' : ''}`;
      for (const [index, step] of list(canary, 'steps').entries()) {
        const weight = dig(step, 'setWeight');
        if (typeof weight !== 'number' || weight <= 0 || weight >= 100) continue;
        const reached = canaryReplicas(replicas, weight, surge);
        if (Math.round(weightOf(reached)) === weight) continue;
        const enough = fewestReplicas(replicas, weight, canary);
        report(rollout, {
          field: `spec.strategy.canary.steps[${index}].setWeight`,
          message: `expected a weight that ${pods} can make, got ${weight}: the nearest is ${percent(weightOf(reached))} (${reached.canary} of ${reached.total} pods)${enough === undefined ? '' : `; ${enough} replicas would make ${weight}`}`,
        });
      }
    }
  },
};

function podCount(value: unknown): PodCount | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

function fewestReplicas(replicas: number, weight: number, canary: Readonly<Record<string, unknown>>): number | undefined {
  for (let count = replicas + 1; count <= mostAdvised; count += 1) {
    const surge = surgeOf(count, podCount(canary['maxSurge']));
    if (Math.round(weightOf(canaryReplicas(count, weight, surge))) === weight) return count;
  }
  return undefined;
}

function percent(weight: number): string {
  return `${Math.round(weight * 10) / 10} %`;
}
