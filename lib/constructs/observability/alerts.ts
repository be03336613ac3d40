import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { metadataFor } from '../network/metadata.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { AlertFacts } from './alert-facts.ts';
import { alertRule, type Alert } from './alert-rule.ts';
import { podAlerts } from './pod-alerts.ts';
import type { AlertOptions, PrometheusOptions } from './prometheus-options.ts';
import { scalingAlerts } from './scaling-alerts.ts';
import { trafficAlerts } from './traffic-alerts.ts';

/** The ready-made alerts of a workload; undefined where the options leave none. */
export function alertsFor(identity: WorkloadIdentity, options: PrometheusOptions, facts: AlertFacts): IPrometheusRule | undefined {
  if (options.alerts === false) return undefined;
  const limits: AlertOptions = options.alerts === undefined || options.alerts === true ? {} : options.alerts;
  const groups: readonly (readonly [string, readonly Alert[]])[] = [
    ['pods', podAlerts(identity, limits, facts)],
    ['scaling', scalingAlerts(identity, limits, facts)],
    ['traffic', trafficAlerts(identity, limits, facts.kind, options.http)],
  ];
  const written = groups.filter(([, alerts]) => alerts.length > 0);
  if (written.length === 0) return undefined;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: metadataFor(identity, { ...(options.labels !== undefined && { labels: options.labels }) }),
    spec: {
      groups: written.map(([name, alerts]) => ({
        // Prometheus needs group names that are unique in their file only, people want to know whose they are.
        name: `${identity.name}.${name}`,
        rules: alerts.map((alert) => alertRule(identity, alert, limits, facts.team)),
      })),
    },
  };
}
