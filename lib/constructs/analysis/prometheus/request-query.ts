import type { HttpMetrics } from '../../observability/http-metrics.ts';

/** Metrics of the requests to a version, whoever counts them. */
export interface RequestMetrics {
  /** What they are called. */
  readonly http: HttpMetrics;
  /** Labels that tell the series of the new version; values may hold `{{args.<name>}}`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels whose whole value fits a regular expression of PromQL, which may hold arguments too. @default {} */
  readonly patterns?: Readonly<Record<string, string>>;
  /** Of the durations. @default 'seconds' */
  readonly unit?: 'milliseconds' | 'seconds';
}

/** A question about the requests to one version, which becomes PromQL for the app that asks it. */
export interface RequestQuery {
  /** Share of requests without a server error, 0 to 1, or seconds within which a share of them is answered. */
  readonly measure: 'latency' | 'success-rate';
  /** @default - the app's own, from its `monitoring.http`, told by the label `rollouts_pod_template_hash` */
  readonly metrics?: RequestMetrics;
  /** Time over which requests are counted, a Prometheus duration of at least twice the scrape interval. */
  readonly window: string;
  /** Share of requests, for `latency`. @default 0.95 */
  readonly quantile?: number;
  /** Requests within the window below which nothing is said. @default 0 */
  readonly minRequests?: number;
  /** What the metric's conditions compare it with, so that a share isn't said in percent. @default - not checked */
  readonly limit?: number;
}
