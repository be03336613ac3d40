import type { IRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Rule';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { AlertOptions } from './prometheus-options.ts';

/** One alert, before its labels. */
export interface Alert {
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
  /** What is seen, with the value. */
  readonly description: string;
  /** What to look at first. */
  readonly runbook: string;
}

/** An alert as PrometheusRule has it. */
export function alertRule(identity: WorkloadIdentity, alert: Alert, options: AlertOptions, team: string): IRule {
  return {
    alert: alert.name,
    expr: alert.expr,
    for: alert.for,
    labels: {
      severity: alert.severity === 'critical' ? options.critical ?? 'critical' : options.warning ?? 'warning',
      ...(options.labels ?? { team, app: identity.app }),
    },
    annotations: {
      summary: alert.summary,
      description: alert.description,
      runbook: alert.runbook,
      ...(options.runbooks !== undefined && { runbook_url: `${options.runbooks.replace(/\/+$/, '')}/${alert.name.toLowerCase()}` }),
    },
  };
}
