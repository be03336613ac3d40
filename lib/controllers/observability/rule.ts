import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { Monitoring } from '../../model/monitoring.ts';

/** An alert of Prometheus on a controller or what it delivers. */
export interface ControllerAlert {
  /** Its name, in upper camel case. */
  readonly name: string;
  /** PromQL that is true while something is wrong. */
  readonly expr: string;
  /** How long it must be, a Prometheus duration. */
  readonly for: string;
  /** Whether a person is needed now. */
  readonly severity: 'critical' | 'warning';
  /** One line for a pager. */
  readonly summary: string;
  /** What is seen, with labels and value. */
  readonly description: string;
  /** What to look at first. */
  readonly runbook: string;
}

/** Alerts as the Prometheus operator takes them. */
export function alertRules(name: string, namespace: string, alerts: readonly ControllerAlert[], { labels }: Monitoring): KubeObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      groups: [{
        name,
        rules: alerts.map(({ name: alert, expr, for: pending, severity, summary, description, runbook }) => ({
          alert, expr, for: pending, labels: { severity }, annotations: { summary, description, runbook },
        })),
      }],
    },
  } satisfies IPrometheusRule;
}
