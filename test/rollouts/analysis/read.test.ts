import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { readAnalysis, type AnalysisInput } from '../../../lib/rollouts/analysis/read.ts';
import type { AnalysisPlan } from '../../../lib/rollouts/analysis/run.ts';
import { templatesOf } from '../../../lib/rollouts/analysis/templates.ts';
import type { Problem } from '../../../lib/values/errors.ts';

const job = { job: { spec: {} } };
const object = (kind: string, name: string, spec: object): KubeObject => ({ apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name }, spec });
const template = (metrics: readonly object[], more: object = {}, name = 'checks'): KubeObject => object('AnalysisTemplate', name, { metrics, ...more });

function read(templates: readonly KubeObject[], more: Partial<AnalysisInput> = {}): { plan: AnalysisPlan; problems: string[] } {
  const problems: Problem[] = [];
  const rollout = object('Rollout', 'web', { replicas: 3, template: { spec: { containers: [{ image: 'web:v2' }] } } });
  const plan = readAnalysis({ field: 'analysis', rollout: { ...rollout, metadata: { name: 'web', labels: { team: 'shop', 'app.io/tier': 'front' } } }, templates, args: [], dryRun: [], retention: [], ...more }, problems);
  return { plan, problems: problems.map(({ where, message }) => `${where}: ${message}`) };
}

describe('metrics that the controller refuses', () => {
  // TestValidateMetrics of utils/analysis/factory_test.go, as facts.
  it.each<[object[], string | undefined]>([
    [[{ name: 'a', count: 1, failureLimit: 2, provider: job }], 'metrics[0]: count (1) must be >= failureLimit + consecutiveSuccessLimit (2 + 0) if both >= 0'],
    [[{ name: 'a', count: 1, inconclusiveLimit: 2, provider: job }], 'metrics[0]: count must be >= inconclusiveLimit'],
    [[{ name: 'a', count: 2, interval: '60s', failureLimit: 2, provider: job }], undefined],
    [[{ name: 'a', count: 2, interval: '60s-typo', provider: job }], 'metrics[0]: invalid interval string: time: invalid duration "60s-typo"'],
    [[{ name: 'a', initialDelay: '60s-typo', provider: job }], 'metrics[0]: invalid startDelay string: time: invalid duration "60s-typo"'],
    [[], 'no metrics specified'],
    [[{ name: 'a', count: 2, provider: job }], 'metrics[0]: interval must be specified when count > 1'],
    [[{ name: 'a', failureLimit: -2, provider: job }], 'metrics[0]: failureLimit must be >= 0, or -1 to be disabled'],
    [[{ name: 'a', inconclusiveLimit: -1, provider: job }], 'metrics[0]: inconclusiveLimit must be >= 0'],
    [[{ name: 'a', consecutiveErrorLimit: -1, provider: job }], 'metrics[0]: consecutiveErrorLimit must be >= 0'],
    [[{ name: 'a', count: 1 }], 'metrics[0]: no provider specified'],
    [[{ name: 'a', provider: { ...job, prometheus: {} } }], 'metrics[0]: multiple providers specified'],
    [[{ name: 'a', consecutiveSuccessLimit: -1, provider: job }], 'metrics[0]: consecutiveSuccessLimit must be >= 0'],
    [[{ name: 'a', consecutiveSuccessLimit: 0, failureLimit: -1, provider: job }], 'metrics[0]: failureLimit and consecutiveSuccessLimit cannot both be disabled'],
    [[{ name: 'a', count: 1, consecutiveSuccessLimit: 2, failureLimit: -1, provider: job }], 'metrics[0]: count must be >= consecutiveSuccessLimit'],
  ])('%j end the analysis with %s', (metrics, invalid) => {
    expect(read([template(metrics)]).plan.invalid).toBe(invalid === undefined ? undefined : `Analysis spec invalid: ${invalid}`);
  });

  it('are those that a rule of theirs doesn\'t find', () => {
    const one = template([{ name: 'success-rate', provider: job }]);
    expect(read([one], { dryRun: [{ metricName: 'error-rate' }] }).plan.invalid).toBe('Analysis spec invalid: dryRun[0]: Rule didn\'t match any metric name(s)');
    expect(read([one], { retention: [{ metricName: 'error-rate' }] }).plan.invalid).toBe('Analysis spec invalid: measurementRetention[0]: Rule didn\'t match any metric name(s)');
    expect(read([one], { dryRun: [{ metricName: 'success.*' }] }).plan.metrics[0]?.dryRun).toBe(true);
  });
});

describe('a metric', () => {
  it('is read with the controller\'s defaults', () => {
    expect(read([template([{ name: 'a', provider: job }])]).plan.metrics).toEqual([{ name: 'a', provider: 'job', dryRun: false, initialDelay: 0, count: 1, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 4, consecutiveSuccessLimit: 0 }]);
    expect(read([template([{ name: 'a', interval: '5m', count: 0, provider: job }])]).plan.metrics[0]?.count).toBeUndefined();
    expect(read([template([{ name: 'a', interval: '5m', count: '3', failureLimit: 'many', provider: job }])]).plan.metrics[0]).toMatchObject({ count: 3, failureLimit: 0, interval: 300_000 });
  });

  it('of a Job or a judge has no conditions: the controller doesn\'t look at them', () => {
    const [ofJob, ofJudge] = read([template([{ name: 'a', successCondition: 'result > 1', provider: job }, { name: 'b', provider: { kayenta: { threshold: { pass: 90, marginal: 75 } } } }])]).plan.metrics;
    expect(ofJob?.success).toBeUndefined();
    expect(ofJudge?.threshold).toEqual({ pass: 90, marginal: 75 });
  });
});

describe('arguments', () => {
  const uses = (value: string): object => ({ name: 'a', count: value, interval: '1m', provider: { prometheus: { query: '{{args.hash}}{{ args.pods }}' } } });

  it('are the Rollout\'s before the template\'s, and fields of the Rollout are read', () => {
    const one = template([{ ...uses('{{args.count}}'), successCondition: 'result[0] > {{args.least}}' }], { args: [{ name: 'count', value: '3' }, { name: 'least', value: '0.5' }, { name: 'hash' }, { name: 'pods' }] });
    const given = [{ name: 'count', value: '7' }, { name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } }, { name: 'pods', valueFrom: { fieldRef: { fieldPath: 'spec.replicas' } } }];
    const { plan, problems } = read([one], { args: given });
    expect(problems).toEqual([]);
    expect(plan.metrics[0]).toMatchObject({ count: 7, success: { source: 'result[0] > 0.5' } });
  });

  it.each([['spec.replicas', 3], ['metadata.labels[\'team\']', undefined], ['spec.template.spec.containers[0].image', undefined]])('may be the field %s', (fieldPath, count) => {
    const one = template([{ name: 'a', count: '{{args.value}}', interval: '1m', provider: job }], { args: [{ name: 'value' }] });
    const { plan, problems } = read([one], { args: [{ name: 'value', valueFrom: { fieldRef: { fieldPath } } }] });
    expect(problems).toEqual([]);
    expect(plan.metrics[0]?.count).toBe(count);
  });

  it('that only the cluster knows may stand in a query, and nowhere else', () => {
    const args = [{ name: 'count', valueFrom: { secretKeyRef: { name: 'x', key: 'y' } } }, { name: 'hash' }, { name: 'pods', value: '1' }];
    const { problems } = read([template([uses('{{args.count}}')], { args })], { args: [{ name: 'hash', valueFrom: { podTemplateHashValue: 'Stable' } }] });
    expect(problems).toEqual(['AnalysisTemplate checks spec.metrics[0].count: cannot simulate: it depends on the argument "count", whose value only the cluster knows']);
  });

  it('that are missing, declared twice with another value, or not declared are told', () => {
    const first = template([uses('1')], { args: [{ name: 'hash', value: 'x' }, { name: 'wanted' }] });
    const second = template([{ name: 'a', provider: job }], { args: [{ name: 'hash', value: 'y' }] }, 'more');
    expect(read([first, second]).problems).toEqual([
      'analysis.templates: expected one value of the argument "hash", got "x" and "y": the controller refuses it',
      'analysis.args: expected a value for the argument "wanted", got none',
      'analysis.templates: expected metrics with a name of their own, got two named "a": the controller refuses it',
      'AnalysisTemplate checks spec.metrics[0]: expected arguments that its template declares, got {{args.pods}}: the controller can\'t resolve it',
    ]);
  });
});

describe('templates', () => {
  const inner = template([], {}, 'inner');
  const outer = template([], { templates: [{ templateName: 'inner' }, { templateName: 'all', clusterScope: true }] }, 'outer');
  const all = object('ClusterAnalysisTemplate', 'all', { templates: [{ templateName: 'inner' }] });

  it('bring those along that they name, each once, cluster-wide ones last', () => {
    const problems: Problem[] = [];
    expect(templatesOf([{ templateName: 'all', clusterScope: true }, { templateName: 'outer' }], [all, inner, outer], 'analysis', problems).map(({ metadata }) => metadata?.name)).toEqual(['inner', 'outer', 'all']);
    expect(problems).toEqual([]);
  });

  it('that nobody makes, or that name each other, are told', () => {
    const problems: Problem[] = [];
    templatesOf([{ templateName: 'loop' }, { templateName: 'none' }], [template([], { templates: [{ templateName: 'loop' }] }, 'loop')], 'analysis', problems);
    expect(problems.map(({ message }) => message)).toEqual(['expected templates that don\'t name each other, got AnalysisTemplate "loop" -> AnalysisTemplate "loop"', 'expected AnalysisTemplate "none" among what the app renders, got none']);
  });
});
