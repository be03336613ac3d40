import { prometheusDurationSeconds } from '../../observability/prometheus-duration.ts';
import { durationProblem } from '../../../values/duration.ts';
import type { ArgumentValue, MetricOptions, OwnAnalysis } from '../analysis.ts';
import { prometheusQuery, type PrometheusQueryOptions } from '../prometheus/options.ts';
import { ownLabels } from '../prometheus/promql.ts';
import type { RequestMetrics, RequestQuery } from '../prometheus/request-query.ts';
import { knownArguments } from './known-arguments.ts';

/** What `successRate()` and `latency()` take. */
export interface RequestAnalysisOptions extends Omit<PrometheusQueryOptions, 'range'>, Pick<MetricOptions, 'consecutiveErrorLimit' | 'dryRun' | 'failureLimit' | 'inconclusiveLimit' | 'initialDelay' | 'interval' | 'keep'> {
  /** Name of the analysis, and of its metric. @default 'success-rate' or 'latency' */
  readonly name?: string;
  /** Whose metrics: `ingressNginxMetrics()`, `istioMetrics()`, `envoyGatewayMetrics()` or others. @default - the app's own exporter, as its `monitoring` says: `prometheus({ http: starletteExporter })` */
  readonly metrics?: RequestMetrics;
  /** Time over which requests are counted, a Prometheus duration. @default '2m' */
  readonly window?: string;
  /** Time between two measurements. @default '1m' */
  readonly interval?: string;
  /** Time before the first. @default - the window, so that it holds nothing from before */
  readonly initialDelay?: string;
  /** Number of measurements; `unlimited` in the background, where they go on until the rollout is done. @default 5 */
  readonly count?: number | 'unlimited';
  /** Bad measurements that are borne. @default 1 */
  readonly failureLimit?: MetricOptions['failureLimit'];
  /** Measurements without data that are borne. @default 2 */
  readonly inconclusiveLimit?: MetricOptions['inconclusiveLimit'];
  /** Requests within the window below which a measurement says nothing. @default 0 */
  readonly minRequests?: number;
  /** What a measurement without data is: without requests, or with too few, no version is good. @default 'inconclusive': once too often, the rollout pauses for a person */
  readonly noData?: 'failed' | 'inconclusive';
  /** Values of further arguments that the texts use. @default {} */
  readonly args?: Readonly<Record<string, ArgumentValue>>;
}

/** What measures requests where nothing is said. */
export const requestAnalysisDefaults = { window: '2m', interval: '1m', count: 5, failureLimit: 1, inconclusiveLimit: 2, noData: 'inconclusive' } as const;

/** An analysis of the requests to the new version: `good` compares `result[0]`, and `bad` is its opposite, both false for NaN. */
export function requestAnalysis(query: Pick<RequestQuery, 'limit' | 'measure' | 'quantile'>, good: string, bad: string, options: RequestAnalysisOptions): OwnAnalysis {
  const { name = query.measure, metrics, window = requestAnalysisDefaults.window, interval, initialDelay, count = requestAnalysisDefaults.count, failureLimit, inconclusiveLimit, consecutiveErrorLimit, minRequests, noData, dryRun, keep, args, ...server } = options;
  const metric: MetricOptions = {
    name,
    interval: interval ?? requestAnalysisDefaults.interval,
    initialDelay: initialDelay ?? goDuration(window),
    ...(count !== 'unlimited' && { count }),
    successCondition: `len(result) > 0 && result[0] ${good}`,
    ...((noData ?? requestAnalysisDefaults.noData) === 'inconclusive' && { failureCondition: `len(result) > 0 && result[0] ${bad}` }),
    failureLimit: failureLimit ?? requestAnalysisDefaults.failureLimit,
    inconclusiveLimit: inconclusiveLimit ?? requestAnalysisDefaults.inconclusiveLimit,
    ...(consecutiveErrorLimit !== undefined && { consecutiveErrorLimit }),
    ...(dryRun !== undefined && { dryRun }),
    ...(keep !== undefined && { keep }),
    provider: prometheusQuery({ ...query, ...(metrics !== undefined && { metrics }), window, ...(minRequests !== undefined && { minRequests }) }, server),
  };
  return { kind: 'analysis', name, args: knownArguments([metrics ?? ownLabels, metric], args), metrics: [metric] };
}

/** Prometheus has units that Go has not. */
function goDuration(window: string): string {
  return durationProblem(window) === undefined ? window : `${prometheusDurationSeconds(window) ?? 0}s`;
}
