import type { FeedAnswer, FeedHost } from './feed.ts';
import type { Script } from './script.ts';

/**
 * Prometheus' HTTP API for instant queries, as its documentation has it: numbers are text, times seconds, an error has a type.
 *
 * @param metricOf tells the metric of a query; without it the query is the metric's name
 */
export function prometheusApi(script: Script, metricOf: (query: string) => string = (query) => query): FeedHost {
  return ({ method, url, body }) => {
    if (url.pathname !== '/api/v1/query') return refused(404, 'not_found', `no such path ${url.pathname}`);
    const form = method === 'POST' ? new URLSearchParams(body) : url.searchParams;
    const query = form.get('query');
    if (query === null || form.get('time') === null) return refused(400, 'bad_data', 'invalid parameter "query"');
    const sample = script.next(metricOf(query));
    if ('error' in sample) return refused(503, 'unavailable', sample.error);
    const vector = 'number' in sample ? [{ metric: {}, value: [Date.now() / 1000, prometheusNumber(sample.number)] }] : [];
    return { status: 200, body: { status: 'success', data: { resultType: 'vector', result: vector } } };
  };
}

function prometheusNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function refused(status: number, errorType: string, error: string): FeedAnswer {
  return { status, body: { status: 'error', errorType, error } };
}

/** A page of JSON for each metric, `/<metric>`, whose field `value` is what is measured. */
export function webPages(script: Script): FeedHost {
  return ({ url }) => {
    const sample = script.next(url.pathname.slice(1));
    if ('error' in sample) return { status: 503, body: sample.error };
    if ('number' in sample) return { status: 200, body: { value: sample.number } };
    return { status: 200, body: 'result' in sample ? { value: JSON.parse(sample.shown) as unknown } : {} };
  };
}
