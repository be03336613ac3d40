import type { WorkloadKind } from '../scaling/topology-spread.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { Alert } from './alert-rule.ts';
import type { AlertFacts } from './alert-facts.ts';
import type { AlertOptions } from './prometheus-options.ts';
import { selectorOf } from './selector.ts';

/** Alerts on how many pods there are, from kube-state-metrics (and Argo Rollouts for a Rollout). */
export function scalingAlerts(identity: WorkloadIdentity, limits: AlertOptions, facts: AlertFacts): Alert[] {
  const pods = podCounts(identity, facts.kind);
  const autoscaler = selectorOf({ namespace: identity.namespace, horizontalpodautoscaler: identity.name });
  const unavailable = limits.unavailableMinutes ?? 15;
  const atMaximum = limits.atMaximumMinutes ?? 15;
  const alerts: (Alert | false)[] = [
    unavailable !== false && {
      name: 'NoPodAvailable',
      expr: `${pods.available} == 0 and ${pods.wanted} > 0`,
      for: '2m',
      severity: 'critical',
      summary: `${identity.name} is down`,
      description: `No pod of ${identity.name} has been available for 2 minutes.`,
      runbook: `Look at the pods and their events first, then at the nodes. If it began with a new version, revert its commit: nothing else is as fast.`,
    },
    unavailable !== false && {
      name: 'PodsMissing',
      expr: `${pods.available} < ${pods.wanted}`,
      for: `${unavailable}m`,
      severity: 'warning',
      summary: `${identity.name} has fewer pods than wanted`,
      description: `Only {{ $value | humanize }} pods of ${identity.name} have been available for ${unavailable} minutes.`,
      runbook: `Pending pods lack room, a zone or a volume (see their events); pods that run and aren't ready fail their readiness probe (see their logs); a stuck update is mended by reverting its commit.`,
    },
    atMaximum !== false && facts.autoscaled && {
      name: 'AutoscalerAtMaximum',
      expr: `kube_horizontalpodautoscaler_status_current_replicas${autoscaler} >= kube_horizontalpodautoscaler_spec_max_replicas${autoscaler}`,
      for: `${atMaximum}m`,
      severity: 'warning',
      summary: `${identity.name} can't scale any further`,
      description: `The autoscaler of ${identity.name} has been at its maximum of {{ $value | humanize }} pods for ${atMaximum} minutes.`,
      runbook: `See whether load or slowness drives it: a slow database looks like load. If load is real, raise the maximum in the app file, and check that the nodes and the database take it.`,
    },
    atMaximum !== false && facts.autoscaled && {
      name: 'AutoscalerWithoutMetrics',
      expr: `kube_horizontalpodautoscaler_status_condition${selectorOf({ namespace: identity.namespace, horizontalpodautoscaler: identity.name, condition: 'ScalingActive', status: 'false' })} == 1`,
      for: '15m',
      severity: 'warning',
      summary: `The autoscaler of ${identity.name} sees no metrics`,
      description: `The autoscaler of ${identity.name} can't read its metrics, so that the number of pods stays as it is.`,
      runbook: `Its conditions name the metric. For CPU and memory look at metrics-server, for others at the metrics adapter; every container needs requests.`,
    },
  ];
  return alerts.filter((alert) => alert !== false);
}

function podCounts(identity: WorkloadIdentity, kind: WorkloadKind): { readonly available: string; readonly wanted: string } {
  const at = (label: string): string => selectorOf({ namespace: identity.namespace, [label]: identity.name });
  switch (kind) {
    case 'Deployment':
      return { available: `kube_deployment_status_replicas_available${at('deployment')}`, wanted: `kube_deployment_spec_replicas${at('deployment')}` };
    case 'StatefulSet':
      return { available: `kube_statefulset_status_replicas_available${at('statefulset')}`, wanted: `kube_statefulset_replicas${at('statefulset')}` };
    case 'DaemonSet':
      return { available: `kube_daemonset_status_number_available${at('daemonset')}`, wanted: `kube_daemonset_status_desired_number_scheduled${at('daemonset')}` };
    case 'Rollout':
      return { available: rolloutCount('rollout_info_replicas_available', identity), wanted: rolloutCount('rollout_info_replicas_desired', identity) };
    default:
      return unknownKind(kind);
  }
}

/** Argo Rollouts' own metrics: Prometheus renames their namespace where it scrapes without honorLabels. */
function rolloutCount(metric: string, identity: WorkloadIdentity): string {
  const labels = ['exported_namespace', 'namespace'];
  return `(${labels.map((label) => `max by (name) (${metric}${selectorOf({ [label]: identity.namespace, name: identity.name })})`).join(' or ')})`;
}

function unknownKind(kind: never): never {
  throw new TypeError(`unknown kind of workload: ${JSON.stringify(kind)}`);
}
