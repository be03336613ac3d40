/** What an exporter calls its metrics of HTTP requests. */
export interface HttpMetrics {
  /** Counter of requests. */
  readonly requests: string;
  /** Its label that holds the status code. */
  readonly status: string;
  /** Regular expression of the status of server errors, as PromQL has it. @default '5..' */
  readonly errors?: string;
  /** Histogram of durations in seconds, without `_bucket`. @default - none: no alert on latency */
  readonly duration?: string;
}
