import type { Analysis } from '../../../../../lib/constructs/analysis/analysis.ts';
import { analysis, httpCheck, kayentaJudge, podMetrics, smokeTest, starletteExporter, successRate, wavefrontQuery } from '../../../../../lib/index.ts';
import { fromJson } from '../../../../../lib/expr/value.ts';
import type { Sample } from '../../../../../lib/rollouts/simulate/trace.ts';
import { prometheusApi } from '../providers.ts';
import { kayentaApi, type Asked, type Wavefront } from '../provider-apis.ts';
import { renderedCase } from '../render.ts';
import type { RolloutCase } from '../case.ts';

const healthy = { phase: 'Healthy', abort: false, promoted: true, message: '', stepIndex: 3 } as const;
const degraded = { phase: 'Degraded', abort: true, promoted: false, stepIndex: 0, decidedAtStep: 1 } as const;

/** A case of a provider, with what was asked of it. */
export interface ProviderCase {
  readonly provider: string;
  readonly each: RolloutCase;
  readonly asked: readonly Asked[];
  /** Whether something that was asked is about the new version; not told of Jobs. */
  readonly isAbout?: (asked: Asked, hashes: { readonly canary: string; readonly stable: string }) => boolean;
}

function one(provider: string, is: 'bad' | 'good', name: string, metric: string, judge: Analysis, sample: Sample, serve: NonNullable<RolloutCase['serve']>, asked: Asked[], isAbout?: ProviderCase['isAbout']): ProviderCase {
  const each = renderedCase(`${provider}-${is}`, judge);
  return { provider, asked, ...(isAbout !== undefined && { isAbout }), each: { ...each, name, measured: { [metric]: [sample] }, serve, comesTo: is === 'good' ? healthy : degraded } };
}

/** Prometheus: the ready-made success rate. */
export function prometheusCases(): ProviderCase[] {
  return (['good', 'bad'] as const).map((is) => {
    const asked: Asked[] = [];
    const host = `prometheus.${is}.svc:9090`;
    const judge = successRate(0.99, { address: `http://${host}`, metrics: podMetrics(starletteExporter), interval: '3s', initialDelay: '1s', count: 3 });
    return one('prometheus', is, `a success rate of ${is === 'good' ? '99.7 % promotes' : '90 % aborts with the second measurement'}`, 'success-rate', judge, { number: is === 'good' ? 0.997 : 0.9 }, (feed, script) => {
      feed.serve(host, prometheusApi(script, (query) => {
        asked.push({ path: '/api/v1/query', query: new URLSearchParams({ query }), body: '' });
        return 'success-rate';
      }));
    }, asked, ({ query }, { canary }) => query.get('query')?.includes(`rollouts_pod_template_hash="${canary}"`) ?? false);
  });
}

/** Web: the ready-made HTTP check, which judges a field of the app's own answer. */
export function webCases(): ProviderCase[] {
  return (['good', 'bad'] as const).map((is) => {
    const asked: Asked[] = [];
    const state = is === 'good' ? 'up' : 'down';
    const judge = httpCheck('/health', { interval: '3s', count: 2, jsonPath: '{$.checks.database}', successCondition: 'result == "up"' });
    return one('web', is, `an answer that says ${state} ${is === 'good' ? 'promotes' : 'aborts'}`, 'http-check', judge, { result: fromJson(state), shown: JSON.stringify(state) }, (feed, script, namespace) => {
      feed.serve(`web-${is}-web-canary.${namespace}.svc`, ({ url }) => {
        asked.push({ path: url.pathname, query: url.searchParams, body: '' });
        script.next('http-check');
        return { status: 200, body: { status: 'ok', checks: { database: state } } };
      });
    }, asked, ({ path }) => path === '/health');
  });
}

/** Job: the ready-made smoke test; KWOK completes its pod where one finds a node. */
export function jobCases(): ProviderCase[] {
  return (['good', 'bad'] as const).map((is) => {
    const judge = smokeTest({ command: ['python', '-m', 'smoke'], ...(is === 'bad' && { deadlineSeconds: 5, pod: { nodeSelector: { 'slipway.test/nowhere': 'true' } } }) });
    return one('job', is, is === 'good' ? 'a Job that completes promotes' : 'a Job that is ended at its deadline aborts', 'smoke-test', judge, { verdict: is === 'good' ? 'Successful' : 'Failed' }, () => undefined, []);
  });
}

/** Kayenta: the ready-made judge. */
export function kayentaCases(): ProviderCase[] {
  return (['good', 'bad'] as const).map((is) => {
    const asked: Asked[] = [];
    const host = `kayenta.${is}.svc:8090`;
    const judge = kayentaJudge({ address: `http://${host}`, application: 'storefront', canaryConfig: 'latency-and-errors', accounts: { configuration: 's3', metrics: 'prometheus', storage: 's3' }, region: 'eu-central-1', after: '1s' });
    const score = is === 'good' ? 97 : 40;
    return one('kayenta', is, `a score of ${score} ${is === 'good' ? 'promotes' : 'aborts'}`, 'kayenta', judge, { verdict: is === 'good' ? 'Successful' : 'Failed' }, (feed, script) => {
      feed.serve(host, kayentaApi('latency-and-errors', () => {
        script.next('kayenta');
        return score;
      }, asked));
    }, asked, ({ path, body }, { canary, stable }) => path !== 'POST /canary/config-1' || (body.includes(`"scope":"${canary}"`) && body.includes(`"scope":"${stable}"`)));
  });
}

/** Wavefront: a query of one's own. The address is rewritten: there is no other of this machine on which it would be found. */
export function wavefrontCases(wavefront: Wavefront): ProviderCase[] {
  return (['good', 'bad'] as const).map((is) => {
    const judge = analysis('ratio', {
      args: { 'canary-hash': { fact: 'canary-hash' } },
      metrics: [{ name: 'ratio', interval: '3s', count: 2, successCondition: 'result >= 0.99', provider: wavefrontQuery('acme.wavefront.com', `avg(ts("app.success.${is}", hash="{{args.canary-hash}}"))`) }],
    });
    const value = is === 'good' ? 0.999 : 0.5;
    return one('wavefront', is, `a ratio of ${value} ${is === 'good' ? 'promotes' : 'aborts'}`, 'ratio', judge, { number: value }, () => undefined, wavefront.asked, ({ query }, { canary }) => query.get('q')?.includes(is) !== true || query.get('q')?.includes(`hash="${canary}"`) === true);
  });
}
