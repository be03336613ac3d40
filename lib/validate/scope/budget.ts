import { dig } from '../schemas/plain.ts';
import type { LandedObject, Landing, WorkloadObject } from './landing.ts';
import { selects } from './selector.ts';
import { servingKinds } from './workload.ts';

/** The workloads whose pods a PodDisruptionBudget protects. */
export function protectedBy(budget: LandedObject, landing: Landing): WorkloadObject[] {
  const selector = dig(budget.value, 'spec', 'selector');
  return landing.workloads.filter(({ kind, namespace, workload }) => servingKinds.has(kind) && namespace === budget.namespace && selects(selector, workload.labels));
}

/** How few pods a workload may have: an autoscaler's minimum, else its replicas; undefined of a kind without a count. */
export function lowestCount(object: WorkloadObject, landing: Landing): number | undefined {
  const scaler = landing.ofKind('autoscaling/HorizontalPodAutoscaler').find(({ value, namespace }) => {
    const target = dig(value, 'spec', 'scaleTargetRef');
    return namespace === object.namespace && dig(target, 'kind') === object.value.kind && dig(target, 'name') === object.name;
  });
  if (scaler === undefined) return object.workload.replicas;
  const minimum = dig(scaler.value, 'spec', 'minReplicas');
  return typeof minimum === 'number' ? minimum : 1;
}
