import { describe, expect, it } from 'vitest';
import { analysis, existingAnalysis, type OwnAnalysis } from '../../../lib/constructs/analysis/analysis.ts';
import { analysisArguments, ownAnalyses } from '../../../lib/constructs/analysis/arguments.ts';
import { prometheusQuery } from '../../../lib/constructs/analysis/prometheus/options.ts';
import { analysisReference, analysisSecrets, analysisTemplateFor } from '../../../lib/constructs/analysis/template.ts';
import { webRequest } from '../../../lib/constructs/analysis/web/options.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';
import { webFacts } from './support.ts';

const token = existingSecret('status-page', ['token']);
const errors: OwnAnalysis = analysis('errors', {
  description: 'Errors of the new version',
  args: { hash: { fact: 'canary-hash' }, service: { fact: 'canary-service' }, limit: 5, team: { field: "metadata.labels['team']" }, token: { secret: token, key: 'token' } },
  metrics: [
    { name: 'errors', interval: '1m', count: 5, failureCondition: 'len(result) > 0 && result[0] > {{args.limit}}', provider: prometheusQuery('sum(errors{hash="{{args.hash}}"})'), dryRun: true },
    { name: 'status', keep: 20, provider: webRequest('https://status.example/{{args.service}}', { headers: { Authorization: 'Bearer {{args.token}}' } }) },
  ],
});

describe('the template of an analysis', () => {
  it('holds what is known of the app, and leaves open what changes from version to version', () => {
    expect(analysisTemplateFor(errors, webFacts()).spec.args).toEqual([
      { name: 'hash' },
      { name: 'service', value: 'storefront-web-canary' },
      { name: 'limit', value: '5' },
      { name: 'team' },
      { name: 'token', valueFrom: { secretKeyRef: { name: 'status-page', key: 'token' } } },
    ]);
  });

  it('is named by the app and the analysis, and says what it is for', () => {
    const { metadata } = analysisTemplateFor(errors, webFacts());
    expect(metadata).toMatchObject({ name: 'storefront-web-errors', namespace: 'storefront-prod', annotations: { description: 'Errors of the new version' } });
    expect(analysisReference(errors, webFacts().identity)).toEqual({ templateName: 'storefront-web-errors' });
  });

  it('names metrics of a dry run and of longer retention whole, since the controller looks for the name anywhere', () => {
    const { spec } = analysisTemplateFor(errors, webFacts());
    expect(spec.dryRun).toEqual([{ metricName: '^errors$' }]);
    expect(spec.measurementRetention).toEqual([{ metricName: '^status$', limit: 20 }]);
    expect(spec.metrics?.[0]).not.toHaveProperty('dryRun');
  });

  it('refers to the analyses that it includes, which are templates of the app too', () => {
    const both = analysis('both', { includes: [errors, existingAnalysis('smoke', { clusterScope: true })] });
    expect(analysisTemplateFor(both, webFacts()).spec).toEqual({ templates: [{ templateName: 'storefront-web-errors' }, { templateName: 'smoke', clusterScope: true }] });
    expect(ownAnalyses([both]).map(({ name }) => name)).toEqual(['both', 'errors']);
    expect(analysisSecrets(ownAnalyses([both]))).toEqual([token]);
  });
});

describe('the arguments of a use', () => {
  it('are what only the Rollout knows', () => {
    expect(analysisArguments({ analyses: [errors] }, webFacts())).toEqual([
      { name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } },
      { name: 'team', valueFrom: { fieldRef: { fieldPath: "metadata.labels['team']" } } },
    ]);
  });

  it('are all that an existing template is given, and what this use says otherwise', () => {
    const existing = existingAnalysis('rate', { args: { service: { fact: 'stable-service' }, hash: { fact: 'stable-hash' } } });
    expect(analysisArguments({ analyses: [existing], args: { service: 'other', port: { fact: 'port' } } }, webFacts())).toEqual([
      { name: 'service', value: 'other' },
      { name: 'hash', valueFrom: { podTemplateHashValue: 'Stable' } },
      { name: 'port', value: '80' },
    ]);
  });

  it('are the hashes of an experiment\'s own pods inside one', () => {
    expect(analysisArguments({ analyses: [errors] }, webFacts({ experiment: { canary: 'new' } }))[0]).toEqual({ name: 'hash', value: '{{templates.new.podTemplateHash}}' });
  });

  it('read the namespace from the Rollout where none is written', () => {
    const { namespace: _, ...identity } = webFacts().identity;
    const here = analysis('here', { args: { namespace: { fact: 'namespace' } }, metrics: errors.metrics ?? [] });
    expect(analysisArguments({ analyses: [here] }, webFacts({ identity }))).toEqual([{ name: 'namespace', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }]);
  });
});
