import { describe, expect, it } from 'vitest';
import { Condition } from '../../../lib/expr/condition.ts';
import { Floats } from '../../../lib/expr/value.ts';
import { judge, type Metric } from '../../../lib/rollouts/analysis/metric.ts';
import { isWorse, type Phase } from '../../../lib/rollouts/analysis/phase.ts';
import { AnalysisRun } from '../../../lib/rollouts/analysis/run.ts';

const metric = (name: string, more: Partial<Metric> = {}): Metric => ({ name, provider: 'prometheus', dryRun: false, initialDelay: 0, count: 1, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 4, consecutiveSuccessLimit: 0, ...more });

/** Plays metrics whose measurements come one after the other; the last one is repeated. */
function played(metrics: readonly Metric[], measurements: Readonly<Record<string, readonly Phase[]>>, message?: string): AnalysisRun {
  const run = new AnalysisRun({ metrics }, 0);
  const counts = new Map<string, number>();
  for (let at = run.nextAt(), looks = 0; at !== undefined && looks < 50; at = run.nextAt(), looks += 1) {
    run.advance(at, ({ name }) => {
      const index = counts.get(name) ?? 0;
      counts.set(name, index + 1);
      const phase = measurements[name]?.[index] ?? measurements[name]?.at(-1) ?? 'Successful';
      return { phase, ...(message !== undefined && phase === 'Error' && { message }) };
    });
  }
  return run;
}

describe('what an analysis says when it ends', () => {
  // TestAssessRunStatus… of the controller's analysis_test.go, as facts.
  it.each<[string, Partial<Metric>, Phase[], Phase, string]>([
    ['nothing when it is good', {}, ['Successful'], 'Successful', ''],
    ['which metric failed, and how often', {}, ['Failed'], 'Failed', 'Metric "rate" assessed Failed due to failed (1) > failureLimit (0)'],
    ['that nobody knows', {}, ['Inconclusive'], 'Inconclusive', 'Metric "rate" assessed Inconclusive due to inconclusive (1) > inconclusiveLimit (0)'],
    ['what the provider said', {}, ['Error'], 'Error', 'Metric "rate" assessed Error due to consecutiveErrors (5) > consecutiveErrorLimit (4): "Error Message: Provider Error"'],
    ['nothing of too few successes in a row', { count: 2, interval: 1000, failureLimit: 1, consecutiveSuccessLimit: 2 }, ['Successful', 'Failed'], 'Inconclusive', ''],
  ])('is %s', (_, rules, measurements, phase, message) => {
    const run = played([metric('rate', rules)], { rate: measurements }, 'Provider Error');
    expect([run.phase, run.message]).toEqual([phase, message]);
  });

  it('names the first of several that failed alike, and the worst of several that differ', () => {
    expect(played([metric('first'), metric('second')], { first: ['Failed'], second: ['Failed'] }).message).toBe('Metric "first" assessed Failed due to failed (1) > failureLimit (0)');
    expect(played([metric('first'), metric('second')], { first: ['Inconclusive'], second: ['Failed'] }).message).toBe('Metric "second" assessed Failed due to failed (1) > failureLimit (0)');
  });

  it('says nothing of metrics that only look on, which say it of themselves', () => {
    const run = played([metric('rate', { dryRun: true }), metric('other', { dryRun: true })], { rate: ['Failed'], other: ['Failed'] });
    expect([run.phase, run.message]).toEqual(['Successful', '']);
    expect(run.result('rate')).toMatchObject({ phase: 'Failed', message: 'Metric assessed Failed due to failed (1) > failureLimit (0)' });
  });

  it('waits for a metric that only looks on', () => {
    const run = new AnalysisRun({ metrics: [metric('rate'), metric('other', { dryRun: true, initialDelay: 60_000 })] }, 0);
    run.advance(0, () => ({ phase: 'Successful' }));
    expect(run.phase).toBe('Running');
    run.advance(60_000, () => ({ phase: 'Failed' }));
    expect(run.phase).toBe('Successful');
  });

  it('says that it was stopped, before anything was measured too', () => {
    const run = new AnalysisRun({ metrics: [metric('rate', { initialDelay: 20_000, interval: 20_000 })] }, 0);
    run.terminate();
    expect([run.phase, run.message, run.result('rate').last]).toEqual(['Successful', 'Run Terminated', undefined]);
  });

  it('ends at once with what the controller refuses', () => {
    const run = new AnalysisRun({ metrics: [], invalid: 'Analysis spec invalid: no metrics specified' }, 5000);
    expect(run.nextAt()).toBe(5000);
    expect(run.advance(5000, () => ({ phase: 'Successful' }))).toEqual([]);
    expect([run.phase, run.message]).toEqual(['Error', 'Analysis spec invalid: no metrics specified']);
  });

  it('keeps a metric out of the results that was to start later when another one failed', () => {
    const run = played([metric('rate'), metric('late', { initialDelay: 60_000 })], { rate: ['Failed'] });
    expect([run.phase, run.result('late').last]).toEqual(['Failed', undefined]);
  });
});

describe('phases', () => {
  it('are ordered from successful to failed', () => {
    const order: Phase[] = ['Successful', 'Running', 'Pending', 'Inconclusive', 'Error', 'Failed'];
    for (const [left, worse] of order.entries()) for (const [right, other] of order.entries()) expect(isWorse(worse, other)).toBe(right > left);
  });
});

describe('a measurement', () => {
  it('without data says so as the controller does', () => {
    const empty = { success: new Condition('result[0] > 0.9') };
    expect(judge(metric('rate', empty), new Floats([]))).toEqual({ phase: 'Error', message: 'could not evaluate successCondition "result[0] > 0.9": metric result is nil or empty: no data returned from the metric provider' });
    expect(judge(metric('rate', { failure: new Condition('result.x > 1') }), null)).toEqual({ phase: 'Error', message: 'could not evaluate failureCondition "result.x > 1": metric result is nil or empty: no data returned from the metric provider' });
  });

  it('that is a score is judged by the judge\'s thresholds, its fraction cut off', () => {
    const judged = metric('judge', { provider: 'kayenta', threshold: { pass: 90, marginal: 75 } });
    expect([100, 90, 89.9, 75, 74.9, 0].map((score) => judge(judged, score).phase)).toEqual(['Successful', 'Successful', 'Inconclusive', 'Inconclusive', 'Failed', 'Failed']);
  });
});
