import { describe, expect, it } from 'vitest';
import type { OwnAnalysis } from '../../../lib/constructs/analysis/analysis.ts';
import { analysisArguments } from '../../../lib/constructs/analysis/arguments.ts';
import { analysisProblems } from '../../../lib/constructs/analysis/problems.ts';
import { httpCheck } from '../../../lib/constructs/analysis/ready-made/http-check.ts';
import { kayentaJudge } from '../../../lib/constructs/analysis/ready-made/kayenta-judge.ts';
import { latency } from '../../../lib/constructs/analysis/ready-made/latency.ts';
import { smokeTest } from '../../../lib/constructs/analysis/ready-made/smoke-test.ts';
import { successRate } from '../../../lib/constructs/analysis/ready-made/success-rate.ts';
import { analysisTemplateFor } from '../../../lib/constructs/analysis/template.ts';
import { Floats, fromJson, type Value } from '../../../lib/expr/value.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { judge } from '../../../lib/rollouts/analysis/metric.ts';
import { readAnalysis } from '../../../lib/rollouts/analysis/read.ts';
import { AnalysisRun, type AnalysisPlan } from '../../../lib/rollouts/analysis/run.ts';
import type { Problem } from '../../../lib/values/errors.ts';
import { findingsOf, unitOf, type Loose } from '../../validate/healthy-app.ts';
import { providerExamples, readyMadeExamples } from './examples.ts';
import { webFacts } from './support.ts';

const facts = webFacts();
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'storefront-web' } } as KubeObject;

/** The metrics of an analysis as the controller would have them. */
function planOf(analysis: OwnAnalysis): AnalysisPlan {
  const problems: Problem[] = [];
  const plan = readAnalysis({ field: 'spec', rollout, templates: [analysisTemplateFor(analysis, facts) as unknown as KubeObject], args: analysisArguments({ analyses: [analysis] }, facts), dryRun: [], retention: [] }, problems);
  expect(problems).toEqual([]);
  expect(plan.invalid).toBeUndefined();
  return plan;
}

/** What one result means. */
function verdict(analysis: OwnAnalysis, result: Value): string {
  const [metric] = planOf(analysis).metrics;
  return metric === undefined ? 'no metric' : judge(metric, result).phase;
}

/** How a whole run ends on results that come one after the other, the last again and again; 'error' is a measurement that fails. */
function run(analysis: OwnAnalysis, results: readonly (Value | 'error')[]): string {
  const course = new AnalysisRun(planOf(analysis), 0);
  let measurements = 0;
  for (let at = course.nextAt(); at !== undefined; at = course.nextAt()) {
    course.advance(at, (metric) => {
      const result = results[Math.min(measurements++, results.length - 1)] ?? null;
      return result === 'error' ? { phase: 'Error' } : { phase: judge(metric, result).phase };
    });
    if (course.isCompleted) return `${course.phase} after ${measurements} in ${at / 1000} s`;
  }
  return 'endless';
}

const vector = (...values: readonly number[]): Value => new Floats(values);

describe('a success rate', () => {
  it.each<[string, Value, string]>([
    ['enough', vector(0.995), 'Successful'],
    ['exactly enough', vector(0.99), 'Successful'],
    ['too little', vector(0.98), 'Failed'],
    ['no requests, which is 0/0', vector(Number.NaN), 'Inconclusive'],
    ['no series', vector(), 'Inconclusive'],
  ])('of %s', (_, result, wanted) => {
    expect(verdict(successRate(0.99), result)).toBe(wanted);
  });

  it('fails without data where that is asked for', () => {
    const strict = successRate(0.99, { noData: 'failed' });
    expect([vector(Number.NaN), vector(), vector(0.98), vector(1)].map((result) => verdict(strict, result))).toEqual(['Failed', 'Failed', 'Failed', 'Successful']);
  });

  it('takes six minutes when all is well, stops a bad version at the second measurement, and never passes a version that nobody asked anything', () => {
    expect(run(successRate(0.99), [vector(1)])).toBe('Successful after 5 in 360 s');
    expect(run(successRate(0.99), [vector(0.9)])).toBe('Failed after 2 in 180 s');
    expect(run(successRate(0.99), [vector(1), vector(0.9), vector(1)])).toBe('Successful after 5 in 360 s');
    expect(run(successRate(0.99), [vector()])).toBe('Inconclusive after 3 in 240 s');
    expect(run(successRate(0.99), [vector(), vector(Number.NaN), vector(1)])).toBe('Successful after 5 in 360 s');
    expect(run(successRate(0.99), ['error'])).toBe('Error after 5 in 160 s');
  });

  it('waits for a window in Go\'s units before the first measurement', () => {
    expect(successRate(0.99, { window: '1d' }).metrics?.[0]?.initialDelay).toBe('86400s');
    expect(successRate(0.99, { window: '90s' }).metrics?.[0]?.initialDelay).toBe('90s');
  });
});

describe('a latency', () => {
  it.each<[string, Value, string]>([
    ['within the limit', vector(0.3), 'Successful'],
    ['above it', vector(0.6), 'Failed'],
    ['without requests', vector(Number.NaN), 'Inconclusive'],
    ['without series', vector(), 'Inconclusive'],
    ['beyond all buckets but the last', vector(Infinity), 'Failed'],
  ])('%s', (_, result, wanted) => {
    expect(verdict(latency(0.5), result)).toBe(wanted);
  });
});

describe('an HTTP check', () => {
  it('passes after five answers and fails after three without one, whatever a rollout\'s pods did before', () => {
    expect(run(httpCheck('/health'), [fromJson({ ok: true })])).toBe('Successful after 5 in 40 s');
    expect(run(httpCheck('/health'), ['error'])).toBe('Error after 3 in 20 s');
    expect(run(httpCheck('/health'), ['error', 'error', 'ok'])).toBe('Successful after 7 in 60 s');
  });

  it('judges what JSON says where a condition is given', () => {
    const check = httpCheck('status', { successCondition: 'result.database == "ok"' });
    expect([fromJson({ database: 'ok' }), fromJson({ database: 'down' }), fromJson({})].map((result) => verdict(check, result))).toEqual(['Successful', 'Failed', 'Failed']);
    expect(check.metrics?.[0]?.provider).toMatchObject({ url: 'http://{{args.canary-service}}.{{args.namespace}}.svc:{{args.port}}/status' });
  });
});

it('Kayenta compares once, passes from its threshold and has doubts below it', () => {
  const { metrics: [metric] } = planOf(kayentaJudge({ address: 'http://kayenta', application: 'a', canaryConfig: 'c', accounts: { metrics: 'm', configuration: 'c', storage: 's' }, region: 'eu' }));
  expect(metric).toMatchObject({ count: 1, initialDelay: 1_800_000 });
  expect([95, 90, 80, 50].map((score) => (metric === undefined ? '' : judge(metric, score).phase))).toEqual(['Successful', 'Successful', 'Inconclusive', 'Failed']);
});

it('a smoke test knows its target unless it wants none', () => {
  expect(Object.keys(smokeTest({ command: ['true'] }).args ?? {})).toEqual(['namespace', 'canary-service', 'port']);
  expect(smokeTest({ command: ['true'], targetEnv: false })).toEqual({ kind: 'analysis', name: 'smoke-test', args: {}, metrics: [{ name: 'smoke-test', provider: { provider: 'job', command: ['true'] } }] });
});

describe('every example', () => {
  const templates = Object.values({ ...providerExamples, ...readyMadeExamples }).map((example) => analysisTemplateFor(example, facts));

  it('is one that Argo Rollouts would run, by the rules of validation', () => {
    const rules = ['analysis-arguments', 'analysis-condition', 'analysis-metric', 'schema', 'pod-security', 'pod-containers', 'mutable-image'];
    const found = templates.flatMap((template) => findingsOf(unitOf([template as unknown as Loose])).filter(({ rule }) => rules.includes(rule)));
    expect(found.map(({ object, field, rule, message }) => `${object.name} ${field} ${rule}: ${message}`)).toEqual([]);
  });

  it('that is ready-made judges in a step too, unless it is made for the background', () => {
    const endless = Object.entries(readyMadeExamples).filter(([, example]) => analysisProblems({ analyses: [example] }, 'step', facts, 'web', ['steps', 0]).length > 0);
    expect(endless.map(([name]) => name)).toEqual(['success-rate-background', 'http-check-json']);
  });

  it('tells the new version from the running one', () => {
    for (const [name, example] of Object.entries(readyMadeExamples)) {
      const used = JSON.stringify(analysisTemplateFor(example, facts).spec.metrics);
      expect(/\{\{args\.canary-(hash|service)\}\}|backend\/1/.test(used), name).toBe(true);
    }
  });
});
