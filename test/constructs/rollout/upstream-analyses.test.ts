import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { analysis, existingAnalysis, type AnalysisOptions } from '../../../lib/constructs/analysis/analysis.ts';
import { jobRun } from '../../../lib/constructs/analysis/job/options.ts';
import { kayentaScore } from '../../../lib/constructs/analysis/kayenta/options.ts';
import { prometheusQuery } from '../../../lib/constructs/analysis/prometheus/options.ts';
import { analysisTemplateFor } from '../../../lib/constructs/analysis/template.ts';
import { wavefrontQuery } from '../../../lib/constructs/analysis/wavefront/options.ts';
import { webRequest } from '../../../lib/constructs/analysis/web/options.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';
import { webFacts } from '../analysis/support.ts';

interface Example {
  readonly source: string;
  readonly title?: string;
  readonly spec: { readonly metrics?: readonly { readonly provider: Readonly<Record<string, { readonly query?: string }>> }[] };
}

const examples = loadAll(readFileSync(new URL('upstream-analyses.yaml', import.meta.url), 'utf8')).filter((each) => each !== null && each !== undefined) as Example[];
const nameOf = ({ source, title }: Example): string => title ?? source;
const queryOf = (name: string, provider: string): string => examples.find((each) => nameOf(each) === name)?.spec.metrics?.[0]?.provider[provider]?.query ?? '';

const asked = { required: true } as const;
const token = { secret: existingSecret('token-secret', ['apiToken']), key: 'apiToken' };
const address = 'http://prometheus.example.com:9090';
const bearer = { Authorization: 'Bearer {{ args.api-token }}' };
const scopeOf = (hash: string) => ({ scope: `app=guestbook and rollouts-pod-template-hash={{args.${hash}}}`, region: 'us', step: 60 });

/** The same, said in our words; by the example's name. */
const said: Readonly<Record<string, AnalysisOptions>> = {
  'docs/analysis/prometheus.md': {
    args: { 'service-name': asked },
    metrics: [{ name: 'success-rate', interval: '5m', successCondition: 'result[0] >= 0.95', failureLimit: 3, provider: prometheusQuery(queryOf('docs/analysis/prometheus.md', 'prometheus'), { address, timeout: 40, headers: { 'X-Scope-OrgID': 'tenant_a' } }) }],
  },
  'Range queries': {
    args: { 'service-name': asked, 'lookback-duration': '5m' },
    metrics: [{
      name: 'success-rate', successCondition: 'all(result, # < 1000)', failureLimit: 3,
      provider: prometheusQuery('http_latency_ms{service="{{args.service-name}}"}', { address, range: { start: 'now() - duration("{{args.lookback-duration}}")', end: 'now()', step: '1m' } }),
    }],
  },
  'docs/analysis/wavefront.md': {
    args: { 'service-name': asked },
    metrics: [{ name: 'success-rate', interval: '5m', successCondition: 'result >= 0.95', failureLimit: 3, provider: wavefrontQuery('example.wavefront.com', queryOf('docs/analysis/wavefront.md', 'wavefront')) }],
  },
  'Web, with a Secret': {
    args: { 'service-name': asked, 'stable-hash': asked, 'latest-hash': asked, 'api-url': 'http://example/measure', 'api-token': token },
    metrics: [{ name: 'webmetric', successCondition: 'result == \'true\'', provider: webRequest('{{ args.api-url }}?service={{ args.service-name }}', { headers: bearer, jsonPath: '{$.results.ok}' }) }],
  },
  'Web, with JSON': {
    args: { 'service-name': asked, 'api-token': token },
    metrics: [{
      name: 'webmetric', successCondition: 'result == true',
      provider: webRequest('http://my-server.com/api/v1/measurement?service={{ args.service-name }}', {
        method: 'POST', timeoutSeconds: 20, headers: { ...bearer, 'Content-Type': 'application/json' }, json: { key1: 'value_1', key2: { nestedObj: 'nested value', key3: '{{ args.service-name }}' } }, jsonPath: '{$.data.ok}',
      }),
    }],
  },
  'docs/analysis/kayenta.md': {
    args: { 'stable-hash': asked, 'canary-hash': asked },
    metrics: [{
      name: 'mann-whitney',
      provider: kayentaScore({ address: 'https://kayenta.intuit.com', application: 'guestbook', canaryConfig: 'my-test', accounts: { metrics: 'metrics', configuration: 'configs', storage: 'storage' }, threshold: { pass: 90, marginal: 75 }, scopes: { default: { control: scopeOf('stable-hash'), experiment: scopeOf('canary-hash') } } }),
    }],
  },
  'Analysis Template referencing other Analysis Templates': { args: { 'service-name': asked }, includes: [existingAnalysis('success-rate'), existingAnalysis('error-rate')] },
};

describe('analyses that Argo Rollouts itself shows can be said, and become the same template', () => {
  it.each(Object.entries(said))('%s', (name, options) => {
    expect(analysisTemplateFor(analysis('shown', options), webFacts()).spec).toEqual(examples.find((each) => nameOf(each) === name)?.spec);
  });

  it('examples/analysis-templates.yaml, beside what makes a Job safe', () => {
    const options: AnalysisOptions = { metrics: [{ name: 'random-fail', count: 2, interval: '5s', failureLimit: 1, provider: jobRun({ image: 'alpine:3.8', command: ['sh', '-c'], args: ['FLIP=$(($(($RANDOM%10))%2)) && exit $FLIP'] }) }] };
    const shown = examples.find((each) => nameOf(each) === 'examples/analysis-templates.yaml')?.spec.metrics?.[0];
    const [container] = (shown as { provider: { job: { spec: { template: { spec: { containers: Record<string, unknown>[] } } } } } }).provider.job.spec.template.spec.containers;
    const { name: _name, ...same } = container ?? {};
    expect(analysisTemplateFor(analysis('shown', options), webFacts()).spec.metrics?.[0]).toMatchObject({
      name: 'random-fail', count: 2, interval: '5s', failureLimit: 1,
      provider: { job: { spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [same] } } } } },
    });
  });

  it('compares every one of them', () => {
    expect([...Object.keys(said), 'examples/analysis-templates.yaml'].sort()).toEqual(examples.map(nameOf).sort());
  });
});
