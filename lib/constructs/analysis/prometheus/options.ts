import type { RequestQuery } from './request-query.ts';

/** Credentials of OAuth 2 (`authentication.oauth2`), by the client credentials grant. */
export interface OAuth2Options {
  /** Where a token is asked for (`tokenUrl`). */
  readonly tokenUrl: string;
  /** `clientId`. */
  readonly clientId: string;
  /** `clientSecret`: an argument that reads a Secret, `{{args.client-secret}}`. */
  readonly clientSecret: string;
  /** `scopes`. @default [] */
  readonly scopes?: readonly string[];
}

/** Signs requests to Amazon Managed Service for Prometheus (`authentication.sigv4`) as the controller's own AWS identity, or a role. */
export interface Sigv4Options {
  /** `region`. @default - that of the controller's AWS configuration */
  readonly region?: string;
  /** Profile of the controller's AWS configuration (`profile`). @default - the default one */
  readonly profile?: string;
  /** ARN of a role that is assumed (`roleArn`). @default - the controller's own identity */
  readonly roleArn?: string;
}

/** A query over a span of time instead of one instant (`rangeQuery`); `result` holds every value of every series, one after the other. */
export interface PrometheusRangeOptions {
  /** First instant, an expression of expr-lang such as `now() - duration("10m")` (`start`). */
  readonly start: string;
  /** Last instant, an expression such as `now()` (`end`). */
  readonly end: string;
  /** Time between two values, a Go duration (`step`). */
  readonly step: string;
}

/** What `prometheusQuery()` takes beside the query (`metrics[].provider.prometheus`). */
export interface PrometheusQueryOptions {
  /** URL of the server, as the controller reaches it (`address`). @default - the operator's own Service in the namespace where the app's `monitoring` has Prometheus: `http://prometheus-operated.monitoring.svc:9090` */
  readonly address?: string;
  /** Seconds within which it answers (`timeout`). @default - none written: 30 */
  readonly timeout?: number;
  /** Whether the server's certificate isn't verified (`insecure`). @default false */
  readonly insecure?: boolean;
  /** Headers of the request; what is secret is an argument: `Bearer {{args.token}}` (`headers`). @default {} */
  readonly headers?: Readonly<Record<string, string>>;
  /** Asks for a span of time (`rangeQuery`). @default - the values now */
  readonly range?: PrometheusRangeOptions;
  /** How the controller proves who it is (`authentication`). @default - not at all */
  readonly authentication?: { readonly oauth2: OAuth2Options } | { readonly sigv4: Sigv4Options };
}

/** A query of Prometheus. `result` is a list of numbers, one for each series of a vector (empty when there is none), or a number for a scalar. */
export interface PrometheusQuery extends PrometheusQueryOptions {
  readonly provider: 'prometheus';
  /** PromQL (`query`), which may hold `{{args.<name>}}`, or a question about requests that becomes PromQL where it is used. */
  readonly query: string | RequestQuery;
}

/**
 * Measures by PromQL: `prometheusQuery('sum(up{rollouts_pod_template_hash="{{args.canary-hash}}"})')`. A query that finds nothing gives an
 * empty list, and `result[0]` of it is an error: say `len(result) > 0 && …` in the conditions. 0/0 is NaN, which is neither above nor below anything.
 */
export function prometheusQuery(query: string | RequestQuery, options: PrometheusQueryOptions = {}): PrometheusQuery {
  return { provider: 'prometheus', query, ...options };
}
