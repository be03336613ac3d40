import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Condition } from '../../../lib/expr/condition.ts';
import type { Metric } from '../../../lib/rollouts/analysis/metric.ts';
import { readTrace } from '../../../lib/rollouts/simulate/csv.ts';
import { levelsOf } from '../../../lib/rollouts/simulate/levels.ts';
import { faults, syntheticTrace } from '../../../lib/rollouts/simulate/synthetic.ts';
import { measureBy } from '../../../lib/rollouts/simulate/trace.ts';
import { SlipwayError } from '../../../lib/values/errors.ts';

const metric = (name: string, success?: string, more: Partial<Metric> = {}): Metric => ({
  name, provider: 'prometheus', dryRun: false, initialDelay: 0, count: 1, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 4, consecutiveSuccessLimit: 0, ...(success !== undefined && { success: new Condition(success) }), ...more,
});
const rate = metric('rate', 'result[0] >= 0.95');
const page = metric('page', 'result.status == "ok"', { provider: 'web' });

const problemsOf = (csv: string): string[] => {
  try {
    readTrace(csv, [rate], 'trace.csv');
    return [];
  } catch (error) {
    return (error as SlipwayError).problems.map(({ where, message }) => `${where}: ${message}`);
  }
};

describe('a recorded trace', () => {
  it('holds from each of its times to the next', () => {
    const measure = measureBy(readTrace('seconds,rate\n0,0.99\n60,0.5\n', [rate], 'trace.csv'));
    expect([0, 59_999, 60_000, 1e9].map((at) => measure(rate, at, 20))).toEqual([{ phase: 'Successful', value: '0.99' }, { phase: 'Successful', value: '0.99' }, { phase: 'Failed', value: '0.5' }, { phase: 'Failed', value: '0.5' }]);
  });

  it('may hold nothing, verdicts, errors and JSON', () => {
    const measure = measureBy(readTrace('seconds,rate,page\r\n0,,"{""status"":""ok""}"\r\n10,Failed,error\r\n20,NaN,Inconclusive\r\n', [rate, page], 'trace.csv'));
    expect(measure(rate, 0, 0)).toMatchObject({ phase: 'Error', value: '[]' });
    expect(measure(page, 0, 0)).toEqual({ phase: 'Successful', value: '{"status":"ok"}' });
    expect(measure(rate, 10_000, 0).phase).toBe('Failed');
    expect(measure(page, 10_000, 0).phase).toBe('Error');
    expect(measure(rate, 20_000, 0)).toEqual({ phase: 'Failed', value: 'NaN' });
    expect(measure(page, 20_000, 0).phase).toBe('Inconclusive');
  });

  it.each<[string, string[]]>([
    ['', ['trace.csv:1: expected the column "seconds" first, got ""', 'trace.csv:1: expected a column for the metric "rate", got none.']],
    ['time,rate\n0,1\n', ['trace.csv:1: expected the column "seconds" first, got "time"']],
    ['seconds,rte\n0,1\n', ['trace.csv:1: expected a column for the metric "rate", got none.']],
    ['seconds,rate\n', ['trace.csv: expected at least one line of measurements, got none']],
    ['seconds,rate\nsoon,1\n-5,1\n10,much\n10,1\n', ['trace.csv:2: expected seconds from the start, got "soon"', 'trace.csv:3: expected seconds from the start, got "-5"', 'trace.csv:4: rate: expected a number, Successful, Failed, Inconclusive, Error, JSON or nothing, got "much"', 'trace.csv: expected times that rise, got 10 after 10']],
    ['seconds,rate\n0,{"a":1,"b":2}\n', ['trace.csv:2: expected at most 2 cells, got 3', 'trace.csv:2: rate: expected a number, Successful, Failed, Inconclusive, Error, JSON or nothing, got "{\\"a\\":1"']],
  ])('of %j is refused with everything that is wrong', (csv, problems) => {
    expect(problemsOf(csv)).toEqual(problems);
  });

  it('has verdicts alone for a Job, and each column once', () => {
    const job = metric('smoke', undefined, { provider: 'job' });
    expect(measureBy(readTrace('seconds,smoke\n0,Successful\n60,Failed\n', [job], 'trace.csv'))(job, 60_000, 0).phase).toBe('Failed');
    expect(() => readTrace('seconds,smoke\n0,1\n', [job], 'trace.csv')).toThrow('trace.csv: smoke: expected Successful, Failed, Inconclusive, Error for a Job, got a value: a Job measures nothing');
    expect(() => readTrace('seconds,rate,rate\n0,1,1\n', [rate], 'trace.csv')).toThrow('trace.csv:1: expected each column once, got "rate" twice');
  });

  it('holds scores of a judge, judged by its thresholds', () => {
    const judged = metric('judge', undefined, { provider: 'kayenta', threshold: { pass: 90, marginal: 75 } });
    const measure = measureBy(readTrace('seconds,judge\n0,95\n60,80\n120,10\n', [judged], 'trace.csv'));
    expect([0, 60_000, 120_000].map((at) => measure(judged, at, 0).phase)).toEqual(['Successful', 'Inconclusive', 'Failed']);
  });

  it('gives every number back that was written', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(100_000), { minLength: 1, maxLength: 20 }), fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 20, maxLength: 20 }), (times, values) => {
      const rows = [...times].sort((a, b) => a - b).map((seconds, index) => [seconds, values[index] ?? 0] as const);
      const trace = readTrace(`seconds,rate\n${rows.map((row) => row.join(',')).join('\n')}`, [rate], 'trace.csv');
      for (const [seconds, value] of rows) expect(trace.sample(rate, seconds * 1000, 0)).toEqual({ number: Number(String(value)) });
    }));
  });
});

describe('the levels of a metric', () => {
  it.each<[string, Metric]>([
    ['a share that should be high', rate],
    ['a share that should be low', metric('errors', 'result[0] < 0.05')],
    ['a scalar', metric('scalar', 'result <= 0.2')],
    ['seconds, told by a failure', { ...metric('latency'), failure: new Condition('result[0] > 0.5') }],
    ['milliseconds', metric('p99', 'len(result) > 0 && result[0] < 350')],
    ['a count', metric('count', 'result[0] >= 10')],
    ['a percentage that should be high', metric('availability', 'result[0] >= 99.5')],
    ['a judge\'s scores', metric('judge', undefined, { provider: 'kayenta', threshold: { pass: 90, marginal: 75 } })],
  ])('of %s are good and bad by its own conditions', (_, each) => {
    const levels = levelsOf(each);
    expect(levels).toBeDefined();
    const measure = (number: number) => measureBy({ sample: () => ({ number }) })(each, 0, 0).phase;
    expect(measure(levels?.healthy ?? Number.NaN)).toBe('Successful');
    expect(measure(levels?.bad ?? Number.NaN)).toBe('Failed');
  });

  it('of a share or a percentage stay below all of it', () => {
    expect(levelsOf(rate)).toMatchObject({ most: 1 });
    expect(levelsOf(metric('availability', 'result[0] >= 99.5'))).toMatchObject({ most: 100 });
    expect(levelsOf(metric('count', 'result[0] >= 10'))).toMatchObject({ most: Infinity });
  });

  it('aren\'t made up where no number tells good from bad', () => {
    expect(levelsOf(page)).toBeUndefined();
    expect(levelsOf(metric('job', undefined, { provider: 'job' }))).toBeUndefined();
    expect(levelsOf(metric('always', 'true'))).toBeUndefined();
  });
});

describe('a synthetic trace', () => {
  it('is good without a fault, for every seed', () => {
    for (let seed = 0; seed < 300; seed += 1) expect(measureBy(syntheticTrace({ seed }))(rate, 0, 0).phase).toBe('Successful');
  });

  it.each(faults.filter((fault) => fault !== 'no-start'))('with %s is as before until it begins, and bad at some time after', (fault) => {
    const measure = measureBy(syntheticTrace({ seed: 7, fault, onset: 60_000 }));
    expect(measure(rate, 59_000, 0).phase).toBe('Successful');
    const later = Array.from({ length: 40 }, (_, index) => measure(rate, 60_000 + index * 30_000, 0).phase);
    expect(later.some((phase) => phase !== 'Successful')).toBe(true);
  });

  it('says itself how a metric went that no number judges', () => {
    const job = metric('job', undefined, { provider: 'job' });
    expect(measureBy(syntheticTrace({ seed: 1 }))(job, 0, 0).phase).toBe('Successful');
    expect(measureBy(syntheticTrace({ seed: 1, fault: 'latency-step' }))(job, 0, 0).phase).toBe('Failed');
  });
});
