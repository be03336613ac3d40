import type { WorkloadKind } from '../scaling/topology-spread.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { Alert } from './alert-rule.ts';
import type { HttpMetrics } from './http-metrics.ts';
import { podNames } from './pod-names.ts';
import type { AlertOptions } from './prometheus-options.ts';
import { selectorOf } from './selector.ts';

/** Requests a second below which a share of errors says nothing: one in ten seconds. */
const fewestRequests = 0.1;

/** Alerts on the app's own metrics. */
export function trafficAlerts(identity: WorkloadIdentity, limits: AlertOptions, kind: WorkloadKind, http: HttpMetrics | undefined): Alert[] {
  const pods = { namespace: identity.namespace, pod: podNames(identity.name, kind) };
  const errorRate = limits.errorRate ?? 0.05;
  const latency = limits.latencySeconds ?? 1;
  const alerts: (Alert | false)[] = [
    (limits.scrape ?? true) && {
      name: 'MetricsMissing',
      expr: `up${selectorOf(pods)} == 0`,
      for: '10m',
      severity: 'warning',
      summary: `The metrics of ${identity.name} can't be read`,
      description: `Prometheus has failed to read the metrics of pod {{ $labels.pod }} for 10 minutes; the other alerts on it are blind.`,
      runbook: `Prometheus's page of targets shows the error: a refused connection is a wrong port, a timeout the network policy or a busy worker, 404 a wrong path.`,
    },
    errorRate !== false && http !== undefined && {
      name: 'HighErrorRate',
      expr: errorShare(http, pods, errorRate),
      for: '5m',
      severity: 'critical',
      summary: `${identity.name} answers with errors`,
      description: `{{ $value | humanizePercentage }} of the requests to ${identity.name} were answered with 5xx in the last 5 minutes.`,
      runbook: `If it began with a new version, revert its commit. Else see the logs and traces of failing requests, and what the app calls: database, queue, other apps.`,
    },
    latency !== false && http?.duration !== undefined && {
      name: 'HighLatency',
      expr: `histogram_quantile(0.99, sum by (le) (rate(${http.duration}_bucket${selectorOf(pods)}[5m]))) > ${latency}`,
      for: '10m',
      severity: 'warning',
      summary: `${identity.name} is slow`,
      description: `One in a hundred requests to ${identity.name} takes longer than {{ $value | humanizeDuration }}.`,
      runbook: `See whether CPU, the number of workers or something that is called holds requests up: traces tell at once. Full workers show as latency long before CPU does.`,
    },
  ];
  return alerts.filter((alert) => alert !== false);
}

function errorShare(http: HttpMetrics, pods: Readonly<Record<string, string | RegExp | undefined>>, limit: number): string {
  const all = `sum(rate(${http.requests}${selectorOf(pods)}[5m]))`;
  const errors = `sum(rate(${http.requests}${selectorOf({ ...pods, [http.status]: new RegExp(http.errors ?? '5..') })}[5m]))`;
  return `${errors} / ${all} > ${limit} and ${all} > ${fewestRequests}`;
}
