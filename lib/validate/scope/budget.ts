import { dig } from '../schemas/plain.ts';
import type { LandedObject, Landing, WorkloadObject } from './landing.ts';
import { replicaRange } from './rollout.ts';
import { selects } from './selector.ts';
import { servingKinds } from './workload.ts';

/** The workloads whose pods a PodDisruptionBudget protects. */
export function protectedBy(budget: LandedObject, landing: Landing): WorkloadObject[] {
  const selector = dig(budget.value, 'spec', 'selector');
  return landing.workloads.filter(({ kind, namespace, workload }) => servingKinds.has(kind) && namespace === budget.namespace && selects(selector, workload.labels));
}

/** How few pods a workload may have: an autoscaler's minimum, else its replicas; undefined of a kind without a count. */
export function lowestCount(object: WorkloadObject, landing: Landing): number | undefined {
  const { lowest, scaled } = replicaRange(object, landing);
  return scaled ? lowest : object.workload.replicas;
}
