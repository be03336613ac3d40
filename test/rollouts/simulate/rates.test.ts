import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRollout } from '../../../lib/rollouts/plan/read-rollout.ts';
import { seededRandom } from '../../../lib/rollouts/simulate/random.ts';
import { ratesOf, wilson } from '../../../lib/rollouts/simulate/rates.ts';
import { simulate } from '../../../lib/rollouts/simulate/simulate.ts';
import { ratesText } from '../../../lib/rollouts/simulate/text.ts';
import { analysis, rollout, successRate, template } from './rollout.ts';

const canary = { canary: { steps: [{ setWeight: 20 }, { analysis: analysis('rate') }, { setWeight: 80 }, { pause: { duration: '5m' } }] } };
const plan = planRollout(rollout(canary), [template('rate', [successRate])]);

describe('the rates', () => {
  const options = { runs: 400, seed: 1, latestOnset: 300_000, requestsPerSecond: 100, horizon: 3_600_000 };

  it('let healthy versions through and stop bad ones', () => {
    const rates = ratesOf(plan, { ...options, fault: 'latency-step' });
    expect(rates.falseAborts.share).toBeLessThan(0.02);
    expect(rates.missed?.share).toBeGreaterThan(0);
    expect(rates.missed?.share).toBeLessThan(0.5);
    expect(rates.reached?.median).toBeGreaterThan(0);
    expect(ratesText(rates, 'latency-step')).toMatch(/^Healthy versions stopped: \d+ of 400 \(.*\)\nVersions with latency-step let through: /);
  });

  it('show a metric that watches too loosely', () => {
    const loose = planRollout(rollout({ canary: { steps: [{ setWeight: 20 }, { analysis: analysis('rate') }] } }), [template('rate', [{ ...successRate, count: 2, failureLimit: 1 }])]);
    const strict = planRollout(rollout({ canary: { steps: [{ setWeight: 20 }, { analysis: analysis('rate') }] } }), [template('rate', [{ ...successRate, count: 10, failureLimit: 0 }])]);
    const missed = (each: typeof plan): number => ratesOf(each, { ...options, latestOnset: 0, fault: 'flapping' }).missed?.share ?? 1;
    expect(missed(loose)).toBeGreaterThan(missed(strict));
  });

  it('say how often verdicts by chance stop a version: as often as the binomial distribution has it', () => {
    const random = seededRandom(5);
    const runs = 4000;
    let stopped = 0;
    for (let index = 0; index < runs; index += 1) if (simulate(plan, { isQuiet: true, measure: () => ({ phase: random() < 0.1 ? 'Failed' : 'Successful' }) }).verdict === 'aborted') stopped += 1;
    // Of five measurements at most one may fail.
    const expected = 1 - 0.9 ** 5 - 5 * 0.1 * 0.9 ** 4;
    const { low, high } = wilson(stopped, runs);
    expect(low).toBeLessThan(expected);
    expect(high).toBeGreaterThan(expected);
  });

  it('have the bounds of the score test: as far from the share as 1.96 deviations of a version with that very rate', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, part) => {
      const count = Math.round(part * of);
      const { share, low, high } = wilson(count, of);
      for (const bound of [low, high].filter((each) => each > 0 && each < 1)) expect((share - bound) ** 2).toBeCloseTo((1.959964 ** 2 * bound * (1 - bound)) / of, 9);
      expect([low <= share, share <= high, low >= 0, high <= 1]).toEqual([true, true, true, true]);
    }));
  });

  it('count a version that never starts as stopped, with no request reached', () => {
    const dies = planRollout({ ...rollout(canary), spec: { ...(rollout(canary)['spec'] as object), progressDeadlineAbort: true } }, [template('rate', [successRate])]);
    expect(ratesOf(dies, { ...options, runs: 20, fault: 'no-start' })).toMatchObject({ missed: { count: 0 }, reached: { median: 0, most: 0 } });
  });

  it('come with the interval that their number allows', () => {
    expect(wilson(0, 1000)).toMatchObject({ share: 0, low: 0 });
    expect(wilson(0, 1000).high).toBeCloseTo(0.0038, 4);
    expect(wilson(5, 10).low).toBeCloseTo(0.2366, 3);
    expect(wilson(5, 10).high).toBeCloseTo(0.7634, 3);
    expect(wilson(0, 0)).toMatchObject({ low: 0, high: 1 });
  });
});
