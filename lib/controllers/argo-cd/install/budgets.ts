import type { KubeObject } from '../../../manifests/rendered.ts';
import type { ArgoCd } from '../../../model/argo-cd-options.ts';
import { argoCdNamespace } from '../names.ts';
import { argoCdWorkloads } from './components.ts';
import { replicasOf } from './workloads.ts';

/** A budget for each workload with several pods: a drained node takes one of them at a time. */
export function disruptionBudgets(options: ArgoCd): KubeObject[] {
  if (!options.disruptionBudgets) return [];
  return argoCdWorkloads(options).filter((workload) => replicasOf(workload, options) > 1).map((workload) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: workload.name, namespace: argoCdNamespace, labels: { 'app.kubernetes.io/managed-by': 'slipway' } },
    spec: { maxUnavailable: 1, selector: { matchLabels: { 'app.kubernetes.io/name': workload.label } } },
  }));
}
