import { z } from 'zod';
import { labelKeyProblem, labelValueProblem } from '../values/names.ts';
import { checkedText, dnsLabelSchema } from './schema.ts';

const labelsSchema = z.record(checkedText(labelKeyProblem), checkedText(labelValueProblem));

/** Prometheus knows no fractions, unlike Go. */
const periodSchema = checkedText((text) => (text !== '' && /^(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/.test(text) ? undefined : `expected a Prometheus duration such as 30m or 1h30m, got ${JSON.stringify(text)}`));

const monitoringOptionsSchema = z.strictObject({
  labels: labelsSchema.default({}),
  dashboardLabels: labelsSchema.default({ grafana_dashboard: '1' }),
  dashboardNamespace: dnsLabelSchema.optional(),
  rolloutsNamespace: dnsLabelSchema.default('argo-rollouts'),
  outOfSync: periodSchema.default('30m'),
  failing: periodSchema.default('15m'),
  paused: periodSchema.default('24h'),
});

export const monitoringSchema = z.union([z.boolean(), monitoringOptionsSchema]).default(false)
  .transform((value) => (value === true ? monitoringOptionsSchema.parse({}) : value === false ? undefined : value));

/** How a cluster's controllers and apps are watched, checked and with its defaults. */
export type Monitoring = z.output<typeof monitoringOptionsSchema>;

/** How a cluster's controllers and apps are watched. */
export interface MonitoringOptions {
  /** Labels of monitors and rules, by which your Prometheus selects them, such as `{ release: 'kube-prometheus-stack' }`. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** Labels of the ConfigMaps with dashboards, by which Grafana's sidecar selects them. @default { grafana_dashboard: '1' } */
  readonly dashboardLabels?: Readonly<Record<string, string>>;
  /** Namespace of the dashboards; it must exist. @default - the controller's own */
  readonly dashboardNamespace?: string;
  /** Namespace in which Argo Rollouts runs. @default 'argo-rollouts' */
  readonly rolloutsNamespace?: string;
  /** How long an app may be out of sync before an alert, a Prometheus duration. @default '30m' */
  readonly outOfSync?: string;
  /** How long a reconciliation or sync may fail before an alert, a Prometheus duration. @default '15m' */
  readonly failing?: string;
  /** How long a canary may be paused before an alert, a Prometheus duration. @default '24h' */
  readonly paused?: string;
}
