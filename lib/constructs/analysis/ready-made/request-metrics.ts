import type { HttpMetrics } from '../../observability/http-metrics.ts';
import { ownLabels } from '../prometheus/promql.ts';
import type { RequestMetrics } from '../prometheus/request-query.ts';

/** Metrics of an app's own exporter, for an analysis that stands apart from the app, or one whose exporter has another name than `monitoring` says. */
export function podMetrics(http: HttpMetrics): RequestMetrics {
  return { http, labels: ownLabels };
}

/**
 * Metrics of ingress-nginx, with the NGINX router: requests to the canary's own upstream. They count what users see, errors of a pod that doesn't
 * answer included, and only what comes by the Ingress.
 */
export function ingressNginxMetrics(): RequestMetrics {
  return {
    http: { requests: 'nginx_ingress_controller_requests', status: 'status', duration: 'nginx_ingress_controller_request_duration_seconds' },
    // Its own labels `namespace` and `service` are the controller's where Prometheus doesn't honor them; these two are always the app's.
    labels: { ingress: '{{args.name}}' },
    patterns: { canary: '{{args.namespace}}-{{args.canary-service}}-[^-]+' },
  };
}

/** What `istioMetrics()` takes. */
export interface IstioMetricsOptions {
  /** Who counts: the caller's proxy, which sees a pod that doesn't answer as well, or the app's own (`reporter`). @default 'source' */
  readonly reporter?: 'destination' | 'source';
}

/** Istio's metrics of requests to the canary's Service: for traffic that is shared by host. Where subsets share it, both versions have one Service: measure the app's own metrics. */
export function istioMetrics(options: IstioMetricsOptions = {}): RequestMetrics {
  return {
    http: { requests: 'istio_requests_total', status: 'response_code', duration: 'istio_request_duration_milliseconds' },
    labels: { reporter: options.reporter ?? 'source', destination_service_name: '{{args.canary-service}}', destination_service_namespace: '{{args.namespace}}' },
    unit: 'milliseconds',
  };
}

/** What `envoyGatewayMetrics()` takes. */
export interface EnvoyGatewayMetricsOptions {
  /** Index of the HTTPRoute's rule. @default 0 */
  readonly rule?: number;
  /** Index of the canary among the rule's backends. @default 1 */
  readonly backend?: number;
}

/**
 * Envoy Gateway's metrics of requests to the canary's backend. It keeps a cluster for each backend, and counts them apart, only where a backend of the
 * rule has a filter: without one there are no such series, which is inconclusive. The app's own metrics need nothing of the gateway.
 */
export function envoyGatewayMetrics(options: EnvoyGatewayMetricsOptions = {}): RequestMetrics {
  return {
    http: { requests: 'envoy_cluster_upstream_rq_xx', status: 'envoy_response_code_class', errors: '5', duration: 'envoy_cluster_upstream_rq_time' },
    labels: { envoy_cluster_name: `httproute/{{args.namespace}}/{{args.name}}/rule/${options.rule ?? 0}/backend/${options.backend ?? 1}` },
    unit: 'milliseconds',
  };
}
