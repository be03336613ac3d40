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

/** prometheus-fastapi-instrumentator, with its own defaults: status codes are grouped as `5xx`. */
export const fastapiInstrumentator: HttpMetrics = { requests: 'http_requests_total', status: 'status', duration: 'http_request_duration_highr_seconds' };

/** starlette_exporter, for Starlette and FastAPI. */
export const starletteExporter: HttpMetrics = { requests: 'starlette_requests_total', status: 'status_code', duration: 'starlette_request_duration_seconds' };

/** prometheus_flask_exporter. */
export const flaskExporter: HttpMetrics = { requests: 'flask_http_request_total', status: 'status', duration: 'flask_http_request_duration_seconds' };

/** django-prometheus. */
export const djangoPrometheus: HttpMetrics = {
  requests: 'django_http_responses_total_by_status_total',
  status: 'status',
  duration: 'django_http_requests_latency_including_middlewares_seconds',
};

/** OpenTelemetry's stable HTTP metrics, as its Prometheus exporters name them. */
export const openTelemetryHttp: HttpMetrics = {
  requests: 'http_server_request_duration_seconds_count',
  status: 'http_response_status_code',
  duration: 'http_server_request_duration_seconds',
};
