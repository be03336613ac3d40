import type { KubeObject } from '../manifests/rendered.ts';

/** What others need comes first, what admits others last; kinds that stand in neither list go between. */
const first = [
  'Namespace', 'CustomResourceDefinition', 'PriorityClass', 'StorageClass', 'ResourceQuota', 'LimitRange', 'ServiceAccount', 'ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding',
  'ConfigMap', 'Secret', 'NetworkPolicy', 'Service', 'PersistentVolumeClaim', 'PodDisruptionBudget', 'Deployment', 'StatefulSet', 'DaemonSet',
];
const last = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Objects in the order in which they can be applied; those of one kind keep theirs. */
export function applyOrder(objects: readonly KubeObject[]): KubeObject[] {
  return objects.map((object, index) => ({ object, index, rank: rankOf(object.kind) })).sort((a, b) => a.rank - b.rank || a.index - b.index).map(({ object }) => object);
}

function rankOf(kind: string): number {
  const early = first.indexOf(kind);
  const late = last.indexOf(kind);
  return early >= 0 ? early : late >= 0 ? first.length + 1 + late : first.length;
}
