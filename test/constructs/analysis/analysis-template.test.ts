import { describe, expect, it } from 'vitest';
import { analysis, existingAnalysis } from '../../../lib/constructs/analysis/analysis.ts';
import { AnalysisTemplate, ClusterAnalysisTemplate } from '../../../lib/constructs/analysis/analysis-template.ts';
import { istioMetrics, podMetrics } from '../../../lib/constructs/analysis/ready-made/request-metrics.ts';
import { smokeTest } from '../../../lib/constructs/analysis/ready-made/smoke-test.ts';
import { successRate } from '../../../lib/constructs/analysis/ready-made/success-rate.ts';
import { webRequest } from '../../../lib/constructs/analysis/web/options.ts';
import { starletteExporter } from '../../../lib/constructs/observability/http-metrics.ts';
import { externalSecret } from '../../../lib/constructs/secret-external.ts';
import { refusals } from '../network/samples.ts';
import { objectOf, objectsOf, problemsOf, testChart } from '../support.ts';

const token = externalSecret('quality', { store: { name: 'vault' }, keys: { token: 'quality/token' } });
const asks = (secret: typeof token) => analysis('verdict', { args: { token: { secret, key: 'token' } }, metrics: [{ name: 'verdict', provider: webRequest('https://quality.acme.example', { headers: { Authorization: 'Bearer {{args.token}}' } }) }] });

describe('a template that stands alone', () => {
  it('leaves open what only an app knows, and is known by the app\'s name', () => {
    const chart = testChart();
    new AnalysisTemplate(chart, 'rate', { analysis: successRate(0.99, { metrics: podMetrics(starletteExporter) }), labels: { tier: 'gold' } });
    expect(problemsOf(chart)).toEqual([]);
    const made = objectOf(chart, 'AnalysisTemplate');
    expect(made).toMatchObject({ metadata: { name: 'storefront-success-rate', namespace: 'storefront-prod', labels: { tier: 'gold' } }, spec: { args: [{ name: 'namespace' }, { name: 'canary-hash' }] } });
    expect(refusals(made)).toEqual([]);
  });

  it('for the whole cluster has no namespace and its own name', () => {
    const chart = testChart();
    new ClusterAnalysisTemplate(chart, 'rate', { analysis: successRate(0.99, { metrics: istioMetrics() }) });
    const made = objectOf(chart, 'ClusterAnalysisTemplate');
    expect(problemsOf(chart)).toEqual([]);
    expect(made.metadata).toMatchObject({ name: 'success-rate' });
    expect(made.metadata).not.toHaveProperty('namespace');
    expect(made['spec']).toMatchObject({ args: [{ name: 'namespace' }, { name: 'canary-service' }] });
    expect(refusals(made)).toEqual([]);
  });

  it('brings the Secrets that it reads', () => {
    const chart = testChart();
    new AnalysisTemplate(chart, 'verdict', { analysis: asks(token) });
    expect(problemsOf(chart)).toEqual([]);
    expect(objectsOf(chart).map(({ kind, metadata }) => `${kind} ${metadata?.name ?? ''}`).sort()).toEqual(['AnalysisTemplate storefront-verdict', 'ExternalSecret storefront-quality']);
  });

  it('says all that is wrong with it at once', () => {
    const chart = testChart();
    new ClusterAnalysisTemplate(chart, 'verdict', { analysis: { ...asks(token), includes: [successRate(0.9)] } });
    new ClusterAnalysisTemplate(chart, 'fields', { analysis: { kind: 'analysis', name: 'A', metrics: [] }, name: 'B_', labels: { a: '!' } });
    new AnalysisTemplate(chart, 'smoke', { analysis: smokeTest({ command: ['true'] }) });
    expect(problemsOf(chart).map((line) => line.split('\n')[0]?.replace(/^storefront\//, '').replace(/ \(lower-case.*/, ''))).toEqual([
      'fields: analysis.metrics: expected at least 1 items, got a list of 0',
      'fields: analysis.name: expected a DNS label',
      expect.stringMatching(/^fields: labels\.a: expected/) as string,
      'fields: name: expected a DNS label',
      'smoke: analysis.metrics[0].provider.image: expected an image, got none',
      'verdict: analysis.args.token: expected a Secret that exists in every namespace where it is used, got one that an app makes',
      'verdict: analysis.includes[0].metrics[0].provider.query.metrics: expected to know what the app\'s metrics of requests are called, got nothing',
      'verdict: analysis.includes[0]: expected an existing analysis, got "success-rate", which nobody makes here',
    ]);
    expect(objectsOf(chart)).toEqual([]);
  });

  it('includes what is there already', () => {
    const chart = testChart();
    new ClusterAnalysisTemplate(chart, 'all', { analysis: analysis('all', { includes: [existingAnalysis('rate', { clusterScope: true })] }) });
    expect(objectOf(chart, 'ClusterAnalysisTemplate')).toMatchObject({ spec: { templates: [{ templateName: 'rate', clusterScope: true }] } });
  });
});
