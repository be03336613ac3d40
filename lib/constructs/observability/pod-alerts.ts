import type { WorkloadIdentity } from '../workload-identity.ts';
import type { Alert } from './alert-rule.ts';
import type { AlertFacts } from './alert-facts.ts';
import { podNames } from './pod-names.ts';
import type { AlertOptions } from './prometheus-options.ts';
import { selectorOf } from './selector.ts';

/** Why a container waits that no patience mends. */
const stuckReasons = /CrashLoopBackOff|CreateContainerConfigError|CreateContainerError|ErrImagePull|ImagePullBackOff|InvalidImageName/;

/** Alerts on the pods themselves, from kube-state-metrics and the kubelet. */
export function podAlerts(identity: WorkloadIdentity, limits: AlertOptions, facts: AlertFacts): Alert[] {
  const pods = { namespace: identity.namespace, pod: podNames(identity.name, facts.kind) };
  const app = { ...pods, container: facts.container };
  const look = kubectl(identity);
  const restarts = limits.restarts ?? 3;
  const memory = limits.memory ?? 0.9;
  const alerts: (Alert | false)[] = [
    restarts !== false && {
      name: 'PodRestarting',
      expr: `increase(kube_pod_container_status_restarts_total${selectorOf(pods)}[15m]) >= ${restarts}`,
      for: '1m',
      severity: 'warning',
      summary: `${identity.name} keeps restarting`,
      description: `Container {{ $labels.container }} of pod {{ $labels.pod }} restarted {{ $value | humanize }} times in 15 minutes.`,
      runbook: `See why it ended: ${look} logs {{ $labels.pod }} -c {{ $labels.container }} --previous. Exit code 137 is memory or a failed liveness probe. After a new version: revert its commit.`,
    },
    (limits.waiting ?? true) && {
      name: 'PodNotStarting',
      expr: `max by (namespace, pod, container, reason) (max_over_time(kube_pod_container_status_waiting_reason${selectorOf({ ...pods, reason: stuckReasons })}[5m])) >= 1`,
      for: '5m',
      severity: 'warning',
      summary: `A pod of ${identity.name} can't start`,
      description: `Container {{ $labels.container }} of pod {{ $labels.pod }} waits: {{ $labels.reason }}.`,
      runbook: `${look} describe pod {{ $labels.pod }} names the image, Secret or ConfigMap that is missing; for CrashLoopBackOff see the logs with --previous. Older pods go on serving meanwhile.`,
    },
    memory !== false && {
      name: 'ContainerOutOfMemory',
      expr: `(increase(kube_pod_container_status_restarts_total${selectorOf(app)}[10m]) > 0) and on (namespace, pod, container) (kube_pod_container_status_last_terminated_reason${selectorOf({ ...app, reason: 'OOMKilled' })} == 1)`,
      for: '0m',
      severity: 'warning',
      summary: `${identity.name} was killed for using too much memory`,
      description: `Container {{ $labels.container }} of pod {{ $labels.pod }} reached its memory limit and was killed.`,
      runbook: `Compare with the version before: a leak grows with uptime, too small a limit shows at load. Fewer workers or a larger size help at once; restarting workers after a number of requests hides a leak.`,
    },
    memory !== false && facts.memoryLimit && {
      name: 'MemoryNearLimit',
      expr: `max by (namespace, pod, container) (container_memory_working_set_bytes${selectorOf(app)}) / max by (namespace, pod, container) (kube_pod_container_resource_limits${selectorOf({ ...app, resource: 'memory' })}) > ${memory}`,
      for: '10m',
      severity: 'warning',
      summary: `${identity.name} is near its memory limit`,
      description: `Container {{ $labels.container }} of pod {{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory limit.`,
      runbook: `It will be killed at 100 %. Choose a larger size, or fewer workers, before that; growth without load is a leak.`,
    },
  ];
  return alerts.filter((alert) => alert !== false);
}

function kubectl(identity: WorkloadIdentity): string {
  return identity.namespace === undefined ? 'kubectl' : `kubectl -n ${identity.namespace}`;
}
