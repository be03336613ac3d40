import { selectorOf } from '../../observability/selector.ts';
import type { AnalysisFacts } from '../facts.ts';
import type { RequestMetrics, RequestQuery } from './request-query.ts';

/** The label that pods of a Rollout carry, as Prometheus has it: the app's monitor copies it to its series. */
export const podHashLabel = 'rollouts_pod_template_hash';

/** Labels that tell the series of the app's own exporter. */
export const ownLabels = { namespace: '{{args.namespace}}', [podHashLabel]: '{{args.canary-hash}}' } as const;

/** The metrics that a question is about; undefined where it is about the app's own and the app says none. */
export function metricsOf(query: RequestQuery, facts: Pick<AnalysisFacts, 'monitoring'>): RequestMetrics | undefined {
  const http = facts.monitoring?.http;
  if (query.metrics !== undefined || http === undefined) return query.metrics;
  return { http, labels: ownLabels };
}

/**
 * A question as PromQL, whose one value is NaN where nothing was asked of the version, and which has none where its series aren't there yet.
 * A version without an error has no series of errors: they count as 0.
 */
export function promqlOf(query: RequestQuery, metrics: RequestMetrics): string {
  const { http } = metrics;
  const labels = { ...metrics.labels, ...Object.fromEntries(Object.entries(metrics.patterns ?? {}).map(([name, pattern]) => [name, new RegExp(pattern)])) };
  const rate = (name: string, more: Readonly<Record<string, RegExp>> = {}, by = ''): string => `sum ${by}(rate(${name}${selectorOf({ ...labels, ...more })}[${query.window}]))`.replace('sum (', 'sum(');
  const enough = query.minRequests === undefined || query.minRequests === 0
    ? ''
    : ` and sum(increase(${http.requests}${selectorOf(labels)}[${query.window}])) >= ${query.minRequests}`;
  if (query.measure === 'latency') {
    const seconds = `histogram_quantile(${query.quantile ?? 0.95}, ${rate(`${http.duration ?? ''}_bucket`, {}, 'by (le) ')})`;
    return `${seconds}${metrics.unit === 'milliseconds' ? ' / 1000' : ''}${enough}`;
  }
  const errors = rate(http.requests, { [http.status]: new RegExp(http.errors ?? '5..') });
  return `1 - (${errors} or vector(0)) / ${rate(http.requests)}${enough}`;
}
