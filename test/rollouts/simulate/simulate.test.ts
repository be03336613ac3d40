import { describe, expect, it } from 'vitest';
import { planRollout, rolloutAmong } from '../../../lib/rollouts/plan/read-rollout.ts';
import { simulate } from '../../../lib/rollouts/simulate/simulate.ts';
import { requestsReached, type Simulation } from '../../../lib/rollouts/simulate/simulation.ts';
import { syntheticTrace } from '../../../lib/rollouts/simulate/synthetic.ts';
import { measureBy, type Sample } from '../../../lib/rollouts/simulate/trace.ts';
import { SlipwayError } from '../../../lib/values/errors.ts';
import { analysis, rollout, successRate, template } from './rollout.ts';

const minute = 60_000;
const objects = [template('rate', [successRate])];
const play = (strategy: object, sample: (name: string, at: number) => Sample = () => ({ number: 0.99 }), more: { replicas?: number; person?: number } = {}): Simulation =>
  simulate(planRollout(rollout(strategy, more.replicas), objects), { podStart: 10_000, ...(more.person !== undefined && { person: more.person }), measure: measureBy({ sample: (metric, at) => sample(metric.name, at) }) });

const canary = { canary: { steps: [{ setWeight: 20 }, { analysis: analysis('rate') }, { setWeight: 80 }, { pause: { duration: '5m' } }] } };

describe('a canary', () => {
  it('that measures well goes through its steps to all of the traffic', () => {
    const course = play(canary);
    expect(course.verdict).toBe('promoted');
    // From 20 to 80 % an old pod goes before the new ones serve.
    expect(course.weights).toEqual([{ at: 0, weight: 0 }, { at: 10_000, weight: 20 }, { at: 4 * minute + 10_000, weight: 25 }, { at: 4 * minute + 20_000, weight: 80 }, { at: 9 * minute + 20_000, weight: 100 }]);
  });

  it('that measures badly once more than it may is aborted, and gets nothing from then on', () => {
    const course = play(canary, (_, at) => ({ number: at < 2 * minute ? 0.99 : 0.5 }));
    expect(course).toMatchObject({ verdict: 'aborted', at: 3 * minute + 10_000, step: 1, reason: 'Step-based analysis phase error/failed: Metric "success-rate" assessed Failed due to failed (2) > failureLimit (1)' });
    expect(course.weights.at(-1)).toEqual({ at: 3 * minute + 10_000, weight: 0 });
  });

  it('whose metric gives no data errs five times in a row, ten seconds apart', () => {
    const course = play(canary, () => ({ nothing: true }));
    expect(course).toMatchObject({ verdict: 'aborted', at: 50_000 });
    expect(course.reason).toContain('consecutiveErrors (5) > consecutiveErrorLimit (4)');
  });

  it('whose analysis is neither good nor bad pauses', () => {
    const both = template('both', [{ ...successRate, successCondition: 'result[0] > 0.9', failureCondition: 'result[0] < 0.5' }]);
    const plan = planRollout(rollout({ canary: { steps: [{ analysis: analysis('both') }] } }), [both]);
    expect(simulate(plan, { measure: measureBy({ sample: () => ({ number: 0.7 }) }) })).toMatchObject({ verdict: 'paused', reason: 'Metric "success-rate" assessed Inconclusive due to inconclusive (1) > inconclusiveLimit (0)' });
  });

  it('without a traffic router has the weight that its pods make', () => {
    expect(play({ canary: { steps: [{ setWeight: 20 }, { pause: {} }] } }, undefined, { replicas: 2 }).weights[1]?.weight).toBeCloseTo(33.33, 1);
    expect(play({ canary: { trafficRouting: { nginx: {} }, steps: [{ setWeight: 20 }, { pause: {} }] } }, undefined, { replicas: 2 }).weights[1]?.weight).toBe(20);
  });

  it('waits for a person where its steps say so, or as long as a person takes', () => {
    const steps = { canary: { steps: [{ setWeight: 20 }, { pause: {} }, { pause: { duration: 30 } }] } };
    expect(play(steps)).toMatchObject({ verdict: 'waiting', at: 10_000 });
    expect(play(steps, undefined, { person: minute })).toMatchObject({ verdict: 'promoted', at: 10_000 + minute + 30_000 + 20_000 });
  });

  it('is watched in the background from the step on that it names, and stopped in the middle of a pause', () => {
    const watched = { canary: { analysis: { ...analysis('rate'), startingStep: 1 }, steps: [{ setWeight: 20 }, { pause: { duration: '10m' } }] } };
    const course = play(watched, (_, at) => ({ number: at < 3 * minute ? 0.99 : 0.1 }));
    expect(course).toMatchObject({ verdict: 'aborted', at: 4 * minute + 10_000, step: 1 });
    expect(course.events.find((event) => event.kind === 'measurement')?.at).toBe(10_000);
  });

  it('is the same for the same seed, and another for another', () => {
    const plan = planRollout(rollout(canary), objects);
    const of = (seed: number): Simulation => simulate(plan, { measure: measureBy(syntheticTrace({ seed, fault: 'slow-leak' })) });
    expect(of(3)).toEqual(of(3));
    expect(of(4)).not.toEqual(of(3));
  });
});

describe('a blue-green rollout', () => {
  const blueGreen = { blueGreen: { prePromotionAnalysis: analysis('rate'), postPromotionAnalysis: analysis('rate'), autoPromotionSeconds: 60 } };

  it('gives nothing to the new version before its analysis and everything after', () => {
    const course = play(blueGreen);
    expect(course.weights).toEqual([{ at: 0, weight: 0 }, { at: 5 * minute + 10_000, weight: 100 }]);
    expect(course.verdict).toBe('promoted');
  });

  it('is taken back when it measures badly after the switch', () => {
    const course = play(blueGreen, (_, at) => ({ number: at < 6 * minute ? 0.99 : 0.1 }));
    expect(course).toMatchObject({ verdict: 'aborted', at: 7 * minute + 10_000 });
    expect(requestsReached(course, course.at, 10)).toBe(120 * 10);
  });

  it('waits for a person where it isn\'t promoted by itself', () => {
    expect(play({ blueGreen: { autoPromotionEnabled: false } })).toMatchObject({ verdict: 'waiting' });
  });
});

describe('what can\'t be simulated', () => {
  it('is told all at once, and never guessed', () => {
    const steps = [{ setWeight: 20 }, { plugin: {} }, { pause: { duration: 'soon' } }, { analysis: analysis('missing') }];
    try {
      planRollout(rollout({ canary: { steps } }), objects);
      expect.unreachable();
    } catch (error) {
      expect((error as SlipwayError).problems.map(({ where, message }) => `${where}: ${message}`)).toEqual([
        'spec.strategy.canary.steps[1]: cannot simulate a step of plugin',
        'spec.strategy.canary.steps[2].pause.duration: expected a duration such as 5m, got "soon"',
        'spec.strategy.canary.steps[3].analysis: expected AnalysisTemplate "missing" among what the app renders, got none',
      ]);
    }
  });

  it('is a Rollout that is paused, restarts, or has no strategy', () => {
    const refused = (spec: object): string[] => {
      try {
        planRollout({ ...rollout({}), spec }, objects);
        return [];
      } catch (error) {
        return (error as SlipwayError).problems.map(({ where }) => where);
      }
    };
    expect(refused({ paused: true, restartAt: '2026-01-01T00:00:00Z', strategy: {} })).toEqual(['spec.paused', 'spec.restartAt', 'spec.strategy']);
    expect(refused({ strategy: { canary: { steps: [{ setCanaryScale: { replicas: 1 } }, { setHeaderRoute: { name: 'x' } }, { setWeight: 1, pause: {} }, { experiment: { templates: [{ name: 'a', specRef: 'newest' }] } }, { analysis: { templates: [] } }] } } })).toEqual([
      'spec.strategy.canary.steps[0]', 'spec.strategy.canary.steps[1]', 'spec.strategy.canary.steps[2]', 'spec.strategy.canary.steps[3].experiment.templates[0].specRef', 'spec.strategy.canary.steps[4].analysis',
    ]);
  });

  it('is an argument without a value', () => {
    expect(() => planRollout(rollout({ canary: { steps: [{ analysis: { templates: [{ templateName: 'rate' }] } }] } }), objects)).toThrow('expected a value for the argument "service", got none');
  });

  it('is an app without a Rollout, or with several', () => {
    expect(() => rolloutAmong(objects, undefined, 'shop')).toThrow('expected a Rollout among what it renders, got none');
    const two = [rollout({}), { ...rollout({}), metadata: { name: 'api' } }];
    expect(() => rolloutAmong(two, undefined, 'shop')).toThrow('expected one Rollout, got api, web');
    expect(rolloutAmong(two, 'api', 'shop').metadata?.name).toBe('api');
    expect(() => rolloutAmong(two, 'wbe', 'shop')).toThrow('expected a Rollout named "wbe", got api, web');
  });
});
