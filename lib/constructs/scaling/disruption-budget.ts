import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { fieldPath } from '../../model/schema.ts';
import { SlipwayError, type Problem } from '../../values/errors.ts';
import { metadataFor } from '../network/metadata.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { DisruptionBudgetOptions } from './disruption-options.ts';

/** A budget, or why there is none. */
export type DisruptionBudget = { readonly budget: IPodDisruptionBudget } | { readonly budget?: undefined; readonly reason: string };

/**
 * The budget that a node drain keeps to. A single pod gets none: a budget that protects it would block every drain, one that doesn't would say
 * nothing. Pods that aren't healthy may always be evicted, so that a broken app never holds a node.
 */
export function disruptionBudgetFor(identity: WorkloadIdentity, options: DisruptionBudgetOptions, replicas: number): DisruptionBudget {
  if (replicas <= 1) {
    return { reason: `one pod has no budget: a node drain would either wait for ever or not be held back at all; run at least 2 of ${identity.name}` };
  }
  const { minAvailable, maxUnavailable = 1 } = options;
  return {
    budget: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadataFor(identity),
      spec: {
        ...(minAvailable === undefined ? { maxUnavailable } : { minAvailable }),
        selector: { matchLabels: { ...identity.selector } },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  };
}

/** What is wrong with a budget for a number of pods: one that lets none of them go blocks every drain. */
export function disruptionBudgetProblems(options: DisruptionBudgetOptions, replicas: number, where: string): Problem[] {
  if (replicas <= 1) return [];
  const field = options.minAvailable === undefined ? 'maxUnavailable' : 'minAvailable';
  const said = options[field] ?? 1;
  const pods = podsOf(said, replicas);
  const evictable = field === 'maxUnavailable' ? pods : replicas - pods;
  if (evictable > 0) return [];
  return [{
    where: fieldPath(where, [field]),
    message: `expected a budget that lets at least one of ${replicas} pods go, got ${JSON.stringify(said)}, which blocks every node drain`,
    fix: field === 'maxUnavailable' ? 'allow at least 1' : `keep at most ${replicas - 1}`,
  }];
}

/** A count, or a percentage of the pods rounded up as the disruption controller does. */
function podsOf(value: number | string, replicas: number): number {
  if (typeof value === 'number') return value;
  const percent = /^([0-9]+)%$/.exec(value)?.[1];
  if (percent === undefined) throw SlipwayError.of('disruptionBudget', `expected a count or a percentage such as 25%, got ${JSON.stringify(value)}`);
  return Math.ceil((Number(percent) * replicas) / 100);
}
