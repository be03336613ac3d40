import type { HttpMetrics } from './http-metrics.ts';

/** Limits of the ready-made alerts; a limit of `false` leaves the alert out. */
export interface AlertOptions {
  /** Severity label of alerts that need a person now. @default 'critical' */
  readonly critical?: string;
  /** Severity label of alerts that can wait until morning. @default 'warning' */
  readonly warning?: string;
  /** Labels of every alert, such as the team that is called. @default - `team` and `app` */
  readonly labels?: Readonly<Record<string, string>>;
  /** Base URL of runbooks, to which the alert's name is added (annotation `runbook_url`). @default - none; the annotation `runbook` says what to do in words */
  readonly runbooks?: string;
  /** Restarts of a container within 15 minutes. @default 3 */
  readonly restarts?: number | false;
  /** Whether a pod that can't start (CrashLoopBackOff, image that can't be pulled, bad config) is told. @default true */
  readonly waiting?: boolean;
  /** Minutes in which fewer pods than wanted are available. @default 15 */
  readonly unavailableMinutes?: number | false;
  /** Minutes in which the autoscaler stands at its maximum. @default 15 */
  readonly atMaximumMinutes?: number | false;
  /** Share of the memory limit that a container uses for 10 minutes, 0 to 1. @default 0.9 */
  readonly memory?: number | false;
  /** Share of requests that are answered with 5xx for 5 minutes, 0 to 1. @default 0.05 */
  readonly errorRate?: number | false;
  /** Seconds within which 99 of 100 requests are answered. @default 1 */
  readonly latencySeconds?: number | false;
  /** Whether a target that Prometheus can't scrape for 10 minutes is told. @default true */
  readonly scrape?: boolean;
}

/** What `prometheus()` takes. */
export interface PrometheusOptions {
  /** Path of the metrics (`endpoints[].path`). @default '/metrics' */
  readonly path?: string;
  /** Port of the metrics: the name of a port of the pods. @default - the pods' first port */
  readonly port?: string;
  /** How often they are read, a Prometheus duration such as `30s` (`endpoints[].interval`). @default '30s' */
  readonly interval?: string;
  /** How long a read may take, at most `interval` (`endpoints[].scrapeTimeout`). @default - Prometheus's own, 10s */
  readonly timeout?: string;
  /** Namespace in which Prometheus runs, for network policies. @default 'monitoring' */
  readonly namespace?: string;
  /** Labels of the monitor and of the rules, by which Prometheus finds them, such as `{ release: 'kube-prometheus-stack' }`. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** Metrics of requests that the app's exporter gives: `fastapiInstrumentator`, `flaskExporter`, … @default - none: no alert on errors and latency */
  readonly http?: HttpMetrics;
  /** Ready-made alerts, `false` for none. @default true */
  readonly alerts?: boolean | AlertOptions;
}

/** Has Prometheus read the app's metrics, by the operator's objects. */
export function prometheus(options: PrometheusOptions = {}): PrometheusOptions {
  return options;
}
