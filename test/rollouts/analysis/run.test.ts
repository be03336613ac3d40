import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Condition } from '../../../lib/expr/condition.ts';
import { Floats } from '../../../lib/expr/value.ts';
import { assessMetric } from '../../../lib/rollouts/analysis/assess.ts';
import { judge, measured, unmeasured, type Metric, type MetricResult } from '../../../lib/rollouts/analysis/metric.ts';
import type { Phase } from '../../../lib/rollouts/analysis/phase.ts';
import { AnalysisRun, type Measurement } from '../../../lib/rollouts/analysis/run.ts';

const metric = (more: Partial<Metric> = {}): Metric => ({ name: 'rate', provider: 'prometheus', dryRun: false, initialDelay: 0, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 4, consecutiveSuccessLimit: 0, ...more });
const after = (phases: readonly Phase[]): MetricResult => phases.reduce((result, phase, index) => measured(result, phase, index * 1000), unmeasured);
const phaseOf = (rules: Partial<Metric>, phases: readonly Phase[], terminating = false): Phase => assessMetric(metric(rules), after(phases), terminating);

const [good, bad, unclear, error] = ['Successful', 'Failed', 'Inconclusive', 'Error'] as const;

describe('a metric', () => {
  // The cases of Argo Rollouts 1.10.1's own tests (TestAssessMetricStatus… in analysis_test.go), as facts.
  it.each<[string, Partial<Metric>, readonly Phase[], Phase]>([
    ['one success of one is successful', { count: 1 }, [good], 'Successful'],
    ['a failure more than the limit fails', { count: 5, interval: 1, failureLimit: 2 }, [bad, bad, bad], 'Failed'],
    ['as many failures as the limit run on', { count: 5, interval: 1, failureLimit: 2 }, [bad, bad], 'Running'],
    ['as many failures as the limit succeed at the count', { count: 3, interval: 1, failureLimit: 2 }, [bad, bad, good], 'Successful'],
    ['an inconclusive more than the limit is inconclusive', { count: 5, interval: 1, inconclusiveLimit: 1 }, [unclear, unclear], 'Inconclusive'],
    ['four errors in a row run on', { count: 5, interval: 1 }, [error, error, error, error], 'Running'],
    ['five errors in a row are an error', { count: 5, interval: 1 }, [error, error, error, error, error], 'Error'],
    ['errors that a success interrupts run on', { count: 9, interval: 1 }, [error, error, error, error, good, error], 'Running'],
    ['errors don\'t count', { count: 2, interval: 1 }, [good, error, error], 'Running'],
    ['without a count it runs on', { interval: 1 }, [good, good, good, good], 'Running'],
    ['enough successes in a row succeed before the count', { count: 10, interval: 1, failureLimit: 3, consecutiveSuccessLimit: 3 }, [good, bad, good, good, good], 'Successful'],
    ['too few successes in a row are inconclusive at the count', { count: 5, interval: 1, failureLimit: 2, consecutiveSuccessLimit: 3 }, [good, bad, good, good, bad], 'Inconclusive'],
    ['too few successes in a row fail where failures have no limit', { count: 5, interval: 1, failureLimit: -1, consecutiveSuccessLimit: 3 }, [good, bad, good, good, bad], 'Failed'],
    ['any failures run on where they have no limit', { count: 9, interval: 1, failureLimit: -1, consecutiveSuccessLimit: 3 }, [bad, bad, bad, bad], 'Running'],
    ['an error outweighs a failure', { interval: 1, consecutiveErrorLimit: 0 }, [bad, error], 'Error'],
  ])('%s', (_, rules, phases, expected) => {
    expect(phaseOf(rules, phases)).toBe(expected);
  });

  it('that is stopped counts as successful, measured or not', () => {
    expect(phaseOf({ interval: 1 }, [], true)).toBe('Successful');
    expect(phaseOf({ interval: 1 }, [good], true)).toBe('Successful');
    expect(phaseOf({ interval: 1 }, [bad], true)).toBe('Failed');
  });

  it.each<[string | undefined, string | undefined, number, Phase]>([
    [undefined, undefined, 1, 'Successful'],
    ['result[0] > 0.9', undefined, 1, 'Successful'],
    ['result[0] > 0.9', undefined, 0.5, 'Failed'],
    [undefined, 'result[0] < 0.5', 0.7, 'Successful'],
    [undefined, 'result[0] < 0.5', 0.2, 'Failed'],
    ['result[0] > 0.9', 'result[0] < 0.5', 0.7, 'Inconclusive'],
    ['result[0] > 0.1', 'result[0] > 0.5', 0.7, 'Failed'],
    ['result[1] > 0.1', undefined, 0.7, 'Error'],
  ])('with success %s and failure %s takes %d for %s', (success, failure, value, phase) => {
    const conditions = { ...(success !== undefined && { success: new Condition(success) }), ...(failure !== undefined && { failure: new Condition(failure) }) };
    expect(judge(metric(conditions), new Floats([value])).phase).toBe(phase);
  });
});

describe('an analysis', () => {
  const play = (metrics: readonly Metric[], phases: Readonly<Record<string, readonly Phase[]>>): { run: AnalysisRun; taken: Measurement[] } => {
    const run = new AnalysisRun({ metrics }, 0);
    const taken: Measurement[] = [];
    const counts = new Map<string, number>();
    for (let at = run.nextAt(); at !== undefined && taken.length < 1000; at = run.nextAt()) {
      taken.push(...run.advance(at, ({ name }) => {
        const index = counts.get(name) ?? 0;
        counts.set(name, index + 1);
        return { phase: phases[name]?.[index] ?? phases[name]?.at(-1) ?? good };
      }));
    }
    return { run, taken };
  };

  it('measures after the initial delay, and again an interval after the end of the last one', () => {
    const { taken } = play([metric({ initialDelay: 5000, interval: 60_000, count: 3 })], {});
    expect(taken.map(({ at }) => at)).toEqual([5000, 65_000, 125_000]);
  });

  it('tries again ten seconds after an error, whatever the interval', () => {
    const { taken, run } = play([metric({ interval: 60_000, count: 2 })], { rate: [error, error, good, good] });
    expect(taken.map(({ at }) => at)).toEqual([0, 10_000, 20_000, 80_000]);
    expect(run.phase).toBe('Successful');
  });

  it('ends as soon as one metric fails, and the others count as successful', () => {
    const { run } = play([metric({ interval: 60_000, count: 10 }), metric({ name: 'latency', interval: 60_000, count: 10 })], { latency: [good, bad] });
    expect(run.phase).toBe('Failed');
    expect(run.message).toBe('Metric "latency" assessed Failed due to failed (1) > failureLimit (0)');
    expect(run.result('rate').phase).toBe('Successful');
    expect(run.result('rate').count).toBe(2);
  });

  it('doesn\'t mind a metric that only looks on', () => {
    const { run } = play([metric({ interval: 1000, count: 3 }), metric({ name: 'latency', dryRun: true })], { latency: [bad] });
    expect(run.phase).toBe('Successful');
    expect(run.result('rate').count).toBe(3);
  });

  it('without a count goes on until it is stopped, and is then successful', () => {
    const run = new AnalysisRun({ metrics: [metric({ interval: 1000 })] }, 0);
    for (let count = 0; count < 50; count += 1) run.advance(run.nextAt() ?? 0, () => ({ phase: good }));
    expect(run.phase).toBe('Running');
    run.terminate();
    expect(run.phase).toBe('Successful');
    expect(run.nextAt()).toBeUndefined();
  });

  it('always ends by its count and its errors, and never succeeds with more failures than its limit', () => {
    const phase = fc.constantFrom<Phase>(good, bad, unclear, error);
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 3 }), fc.array(phase, { minLength: 1, maxLength: 40 }), (count, failureLimit, inconclusiveLimit, phases) => {
      const { run } = play([metric({ interval: 1000, count, failureLimit, inconclusiveLimit })], { rate: [...phases, good] });
      const result = run.result('rate');
      expect(run.nextAt()).toBeUndefined();
      expect(result.count).toBeLessThanOrEqual(count);
      if (run.phase === 'Successful') expect(result.failed).toBeLessThanOrEqual(failureLimit);
      if (run.phase === 'Failed') expect(result.failed).toBe(failureLimit + 1);
    }));
  });
});
