import { canaryReplicas, surgeOf, weightOf, type PodCount } from '../../rollouts/replica-counts.ts';
import type { ObjectRule } from '../rule.ts';
import { dig, field, list, record } from '../schemas/plain.ts';

/** More pods than this are no advice. */
const mostAdvised = 100;

/** A canary without a traffic router shares traffic by its number of pods: 20 % of 2 pods is 33 %. */
export const canaryWeight: ObjectRule = {
  id: 'canary-weight',
  scope: 'object',
  severity: 'error',
  kinds: ['argoproj.io/Rollout'],
  title: 'A canary without a traffic router asks for weights that its number of pods can make',
  fix: 'write the weight that is reached, run more pods, or route by weight with a traffic router; a waiver lets the nearest weight do',
  check(object, report) {
    const spec = record(object.value, 'spec');
    const canary = record(record(spec, 'strategy'), 'canary');
    if (canary === undefined || record(canary, 'trafficRouting') !== undefined) return;
    const replicas = field(spec, 'replicas') ?? 1;
    if (typeof replicas !== 'number' || replicas < 1) return;
    const surge = surgeOf(replicas, podCount(canary['maxSurge']));
    for (const [index, step] of list(canary, 'steps').entries()) {
      const weight = dig(step, 'setWeight');
      if (typeof weight !== 'number' || weight <= 0 || weight >= 100) continue;
      const reached = canaryReplicas(replicas, weight, surge);
      if (Math.round(weightOf(reached)) === weight) continue;
      const enough = fewestReplicas(replicas, weight, canary);
      report(object, {
        field: `spec.strategy.canary.steps[${index}].setWeight`,
        message: `expected a weight that ${replicas} ${replicas === 1 ? 'replica' : 'replicas'} can make, got ${weight}: the nearest is ${percent(weightOf(reached))} (${reached.canary} of ${reached.total} pods)${enough === undefined ? '' : `; ${enough} replicas would make ${weight}`}`,
      });
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
