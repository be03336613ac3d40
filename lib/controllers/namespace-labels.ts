import type { Cluster } from '../model/cluster.ts';

/** Labels of a controller's own namespace: its pods satisfy the strictest Pod Security Standard, as the cluster's minor has it. */
export function controllerNamespaceLabels(cluster: Cluster): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': 'slipway',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': `v${cluster.kubernetes}`,
    'pod-security.kubernetes.io/warn': 'restricted',
  };
}
