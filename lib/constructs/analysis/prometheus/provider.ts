import type { IPrometheusMetric } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/PrometheusMetric';
import type { AnalysisFacts } from '../facts.ts';
import { headerList, oauth2Of, secretFaults } from '../requests.ts';
import type { AnalysisProvider, ProviderFault } from '../provider.ts';
import type { PrometheusQuery } from './options.ts';
import { prometheusDurationSeconds } from '../../observability/prometheus-duration.ts';
import { metricsOf, promqlOf } from './promql.ts';
import type { RequestQuery } from './request-query.ts';
import { prometheusQuerySchema } from './schema.ts';

/** Prometheus, and what answers in its language. */
export const prometheusProvider: AnalysisProvider<PrometheusQuery> = {
  schema: prometheusQuerySchema,
  render: (options, facts) => ({ prometheus: rendered(options, facts) }),
  faults: (options, facts) => [
    ...(typeof options.query === 'string' ? [] : questionFaults(options.query, facts)),
    ...secretFaults(options),
  ],
};

function rendered(options: PrometheusQuery, facts: AnalysisFacts): IPrometheusMetric {
  const { query, address, timeout, insecure, headers, range, authentication } = options;
  const metrics = typeof query === 'string' ? undefined : metricsOf(query, facts);
  return {
    address: address ?? `http://prometheus-operated.${facts.monitoring?.namespace ?? 'monitoring'}.svc:9090`,
    ...(timeout !== undefined && { timeout }),
    ...(insecure === true && { insecure }),
    ...(headers !== undefined && Object.keys(headers).length > 0 && { headers: headerList(headers) }),
    ...(authentication !== undefined && { authentication: 'oauth2' in authentication ? { oauth2: oauth2Of(authentication.oauth2) } : { sigv4: { ...authentication.sigv4 } } }),
    ...(range !== undefined && { rangeQuery: { ...range } }),
    query: typeof query === 'string' ? query : metrics === undefined ? '' : promqlOf(query, metrics),
  };
}

function questionFaults(query: RequestQuery, facts: AnalysisFacts): ProviderFault[] {
  const metrics = metricsOf(query, facts);
  if (metrics === undefined) return [{ path: ['query', 'metrics'], message: 'expected to know what the app\'s metrics of requests are called, got nothing', fix: 'say it in the app\'s monitoring, such as prometheus({ http: starletteExporter }), or give the analysis metrics, such as istioMetrics()' }];
  const faults: ProviderFault[] = [];
  if (query.measure === 'latency' && metrics.http.duration === undefined) faults.push({ path: ['query', 'metrics'], message: 'expected metrics with a histogram of durations, got none', fix: 'say its name: duration' });
  const scrape = query.metrics === undefined ? facts.monitoring?.interval ?? '30s' : undefined;
  const [window, interval] = [prometheusDurationSeconds(query.window) ?? 0, prometheusDurationSeconds(scrape ?? '0s') ?? 0];
  // A rate needs two samples, and the window seldom begins with one.
  if (scrape !== undefined && window < 2 * interval) faults.push({ path: ['query', 'window'], message: `expected at least twice the ${scrape} between two reads of the metrics, got ${query.window}`, fix: `say four times ${scrape}, so that one failed read doesn't count` });
  return faults;
}
