import { describe, expect, it } from 'vitest';
import { analysisTemplateFor } from '../../../lib/constructs/analysis/template.ts';
import { binary } from '../../../lib/control-plane/build.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';
import { providerExamples, readyMadeExamples } from '../../constructs/analysis/examples.ts';
import { webFacts } from '../../constructs/analysis/support.ts';
import { build } from '../harness/build.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('promqlcheck');

interface Series { readonly labels: Readonly<Record<string, string>>; readonly samples: readonly (readonly [number, number])[] }

/** Queries of an example with its arguments filled in, as the controller asks them. */
function queriesOf(name: string): string[] {
  const { spec } = analysisTemplateFor({ ...providerExamples, ...readyMadeExamples }[name] ?? { kind: 'analysis', name, metrics: [] }, webFacts());
  const values = new Map([...(spec.args ?? []).map((arg) => [arg.name, arg.value] as const), ['canary-hash', 'new'] as const, ['stable-hash', 'old'] as const]);
  return (spec.metrics ?? []).flatMap(({ provider }) => (provider.prometheus === undefined ? [] : [(provider.prometheus.query ?? '').replace(/\{\{args\.([^}]+)\}\}/g, (_, key: string) => values.get(key) ?? key)]));
}

/** What Prometheus answers at 600 seconds, for each of several sets of series. */
async function answers(query: string, sets: readonly (readonly Series[])[]): Promise<unknown[]> {
  const input = sets.map((series) => `${JSON.stringify({ query, at: 600, series })}\n`).join('');
  const { stdout } = await runOk(binary(await build('promqlcheck'), 'promqlcheck'), [], { input });
  return stdout.trimEnd().split('\n').map((line) => {
    const { values, error } = JSON.parse(line) as { readonly values?: readonly string[]; readonly error?: string };
    return error ?? values?.map((value) => Math.round(Number(value) * 1e6) / 1e6);
  });
}

/** A counter that is read every 30 seconds. */
const counter = (labels: Readonly<Record<string, string>>, perSecond: number): Series => ({ labels, samples: Array.from({ length: 21 }, (_, index) => [index * 30, index * 30 * perSecond] as const) });

/** Requests, of which a share are errors, to each version by its labels; the histogram has all durations in one bucket of seconds. */
function traffic(metric: { readonly requests: string; readonly status: string; readonly ok: string; readonly bad: string; readonly duration: string; readonly unit: number }, labels: Readonly<Record<string, string>>, { rate, errors, seconds }: { readonly rate: number; readonly errors: number; readonly seconds: number }): Series[] {
  const buckets = [0.1, 0.25, 0.5, 1, 5].map((le) => counter({ __name__: `${metric.duration}_bucket`, ...labels, le: String(le * metric.unit) }, le >= seconds ? rate : 0));
  return [
    counter({ __name__: metric.requests, ...labels, [metric.status]: metric.ok }, rate - rate * errors),
    ...(errors > 0 ? [counter({ __name__: metric.requests, ...labels, [metric.status]: metric.bad }, rate * errors)] : []),
    ...buckets,
    counter({ __name__: `${metric.duration}_bucket`, ...labels, le: '+Inf' }, rate),
  ];
}

const starlette = { requests: 'starlette_requests_total', status: 'status_code', ok: '200', bad: '503', duration: 'starlette_request_duration_seconds', unit: 1 };
const nginx = { requests: 'nginx_ingress_controller_requests', status: 'status', ok: '200', bad: '502', duration: 'nginx_ingress_controller_request_duration_seconds', unit: 1 };
const istio = { requests: 'istio_requests_total', status: 'response_code', ok: '200', bad: '500', duration: 'istio_request_duration_milliseconds', unit: 1000 };
const envoy = { requests: 'envoy_cluster_upstream_rq_xx', status: 'envoy_response_code_class', ok: '2', bad: '5', duration: 'envoy_cluster_upstream_rq_time', unit: 1000 };
const pods = (hash: string) => ({ namespace: 'storefront-prod', pod: `storefront-web-${hash}-x`, rollouts_pod_template_hash: hash });

/** Labels of the new and of the running version, as whoever counts has them. */
const sources = {
  'success-rate': [starlette, pods('new'), pods('old')],
  'success-rate-background': [starlette, pods('new'), pods('old')],
  'success-rate-ingress-nginx': [nginx, { namespace: 'ingress', exported_namespace: 'storefront-prod', ingress: 'storefront-web', canary: 'storefront-prod-storefront-web-canary-80' }, { namespace: 'ingress', ingress: 'storefront-web', canary: '' }],
  'success-rate-istio': [istio, { reporter: 'source', destination_service_name: 'storefront-web-canary', destination_service_namespace: 'storefront-prod' }, { reporter: 'source', destination_service_name: 'storefront-web', destination_service_namespace: 'storefront-prod' }],
  'success-rate-envoy-gateway': [envoy, { envoy_cluster_name: 'httproute/storefront-prod/storefront-web/rule/0/backend/1' }, { envoy_cluster_name: 'httproute/storefront-prod/storefront-web/rule/0/backend/0' }],
  latency: [starlette, pods('new'), pods('old')],
  'latency-istio': [istio, { reporter: 'destination', destination_service_name: 'storefront-web-canary', destination_service_namespace: 'storefront-prod' }, { reporter: 'destination', destination_service_name: 'storefront-web', destination_service_namespace: 'storefront-prod' }],
} as const;

describe.skipIf(reason !== undefined)(named('queries of analyses', reason), () => {
  it('of every example are PromQL that Prometheus itself takes', async () => {
    for (const name of Object.keys({ ...providerExamples, ...readyMadeExamples })) {
      for (const query of queriesOf(name)) expect(await answers(query, [[]]), query).toEqual([[]]);
    }
  });

  it.each(Object.entries(sources).filter(([name]) => name.startsWith('success')))('%s is the share of the new version\'s requests that succeed', async (name, [metric, canary, stable]) => {
    const running = traffic(metric, stable, { rate: 40, errors: 0.5, seconds: 1 });
    const [query = ''] = queriesOf(name);
    expect(await answers(query, [
      [...running, ...traffic(metric, canary, { rate: 10, errors: 0, seconds: 1 })],
      [...running, ...traffic(metric, canary, { rate: 10, errors: 0.04, seconds: 1 })],
      [...running, ...traffic(metric, canary, { rate: 10, errors: 1, seconds: 1 })],
      running,
    ])).toEqual([[1], [0.96], [0], []]);
    // Series without requests are 0/0; with a least number of requests there is nothing to say.
    expect(await answers(query, [[...running, ...traffic(metric, canary, { rate: 0, errors: 0, seconds: 1 })]])).toEqual([name.endsWith('background') ? [] : [null]].map((values) => values.map((value) => value ?? Number.NaN)));
  });

  it.each(Object.entries(sources).filter(([name]) => name.startsWith('latency')))('%s is the time within which the new version answers, in seconds', async (name, [metric, canary, stable]) => {
    const running = traffic(metric, stable, { rate: 40, errors: 0, seconds: 5 });
    const [query = ''] = queriesOf(name);
    const [fast, slow, beyond, none] = await answers(query, [
      [...running, ...traffic(metric, canary, { rate: 10, errors: 0, seconds: 0.25 })],
      [...running, ...traffic(metric, canary, { rate: 10, errors: 0, seconds: 1 })],
      [...running, ...traffic(metric, canary, { rate: 10, errors: 0, seconds: 9 })],
      running,
    ]) as (readonly number[])[];
    expect(fast?.[0]).toBeGreaterThan(0.1);
    expect(fast?.[0]).toBeLessThanOrEqual(0.25);
    expect(slow?.[0]).toBeGreaterThan(0.5);
    expect(slow?.[0]).toBeLessThanOrEqual(1);
    // More than the highest bucket is told as that bucket: a limit has to lie below it.
    expect([beyond, none]).toEqual([[5], []]);
  });
});
