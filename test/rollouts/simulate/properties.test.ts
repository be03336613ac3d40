import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import type { Phase } from '../../../lib/rollouts/analysis/phase.ts';
import { planRollout } from '../../../lib/rollouts/plan/read-rollout.ts';
import { predict } from '../../../lib/rollouts/simulate/predict.ts';
import { simulate } from '../../../lib/rollouts/simulate/simulate.ts';
import type { Simulation } from '../../../lib/rollouts/simulate/simulation.ts';
import type { Sample } from '../../../lib/rollouts/simulate/trace.ts';

const phase = fc.constantFrom<Phase>('Successful', 'Successful', 'Successful', 'Failed', 'Inconclusive', 'Error');
const phases = fc.array(phase, { minLength: 1, maxLength: 30 });
const limits = fc.record({ count: fc.integer({ min: 1, max: 6 }), failureLimit: fc.integer({ min: 0, max: 3 }), inconclusiveLimit: fc.integer({ min: 0, max: 2 }), consecutiveErrorLimit: fc.integer({ min: 0, max: 5 }) }).map((each) => ({ ...each, count: Math.max(each.count, each.failureLimit, each.inconclusiveLimit) }));
const use = { templates: [{ templateName: 'checks' }] };
const template = (rules: object): KubeObject => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: { name: 'checks' }, spec: { metrics: [{ name: 'rate', interval: '30s', provider: { prometheus: { query: 'x' } }, ...rules }] } });
const samplesOf = (list: readonly Phase[]): Sample[] => list.map((each) => (each === 'Error' ? { error: 'boom' } : { verdict: each }));

const percent = fc.integer({ min: 0, max: 100 });
const step = fc.oneof(
  percent.map((setWeight) => ({ setWeight })), fc.integer({ min: 1, max: 300 }).map((duration) => ({ pause: { duration } })), fc.constant({ analysis: use }),
  fc.record({ duration: fc.integer({ min: 1, max: 5 }).map((minutes) => `${minutes}m`), replicas: fc.integer({ min: 1, max: 3 }), specRef: fc.constantFrom('canary', 'stable') }).map(({ duration, replicas, specRef }) => ({ experiment: { duration, templates: [{ name: 'one', specRef, replicas }], analyses: [{ name: 'checks', templateName: 'checks' }] } })),
);
const routedStep = fc.oneof(step, fc.integer({ min: 0, max: 12 }).map((replicas) => ({ setCanaryScale: { replicas } })), fc.constant({ setCanaryScale: { matchTrafficWeight: true } }), fc.constant({ setHeaderRoute: { name: 'x', match: [{ headerName: 'a', headerValue: { exact: 'b' } }] } }));
const delay = fc.option(fc.constantFrom(0, 5, 30, 2000), { nil: undefined });
const canary = fc.record({ steps: fc.array(step, { maxLength: 6 }), maxSurge: fc.integer({ min: 0, max: 4 }), maxUnavailable: fc.integer({ min: 0, max: 3 }), watched: fc.boolean(), startingStep: fc.nat(3) }).filter(({ maxSurge, maxUnavailable }) => maxSurge + maxUnavailable > 0)
  .map(({ watched, startingStep, ...rest }) => ({ canary: { ...rest, ...(watched && { analysis: { ...use, startingStep } }) } }));
const routedCanary = fc.record({ steps: fc.array(routedStep, { maxLength: 6 }), dynamicStableScale: fc.boolean(), abortScaleDownDelaySeconds: delay, minPodsPerReplicaSet: fc.nat(3), watched: fc.boolean() })
  // A canary that is kept scaled up after an abort keeps the controller from taking the last of its traffic back.
  .filter(({ dynamicStableScale, abortScaleDownDelaySeconds }) => !(dynamicStableScale && abortScaleDownDelaySeconds === 0))
  .map(({ watched, ...rest }) => ({ canary: { ...rest, trafficRouting: { istio: {} }, ...(watched && { analysis: use }) } }));
const blueGreen = fc.record({ autoPromotionSeconds: fc.nat(100), before: fc.boolean(), after: fc.boolean(), previewReplicaCount: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }), abortScaleDownDelaySeconds: delay })
  .map(({ before, after, ...rest }) => ({ blueGreen: { ...rest, activeService: 'a', previewService: 'p', ...(before && { prePromotionAnalysis: use }), ...(after && { postPromotionAnalysis: use }) } }));
const strategy = fc.oneof<fc.Arbitrary<{ readonly canary?: { readonly steps: readonly object[]; readonly maxSurge?: number; readonly trafficRouting?: object }; readonly blueGreen?: object }>[]>(canary, routedCanary, blueGreen);
const situation = fc.record({ replicas: fc.integer({ min: 1, max: 12 }), neverStarts: fc.constantFrom(false, false, false, true), abort: fc.boolean(), change: fc.constantFrom<'first' | 'update' | { rollback: number }>('update', 'update', 'update', 'first', { rollback: 1 }), rules: limits, phases })
  // The controller takes an abort back on the way to a version within the window, and tries for ever.
  .filter(({ change, neverStarts }) => !(neverStarts && typeof change === 'object'));

function made(spec: object): KubeObject {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec: { progressDeadlineSeconds: 120, rollbackWindow: { revisions: 2 }, ...spec } };
}

function shareAt({ weights }: Simulation, time: number): number {
  return weights.findLast(({ at }) => at <= time)?.weight ?? 0;
}

describe('any rollout', () => {
  it('comes to an end, in order, with shares and pods that can be', () => {
    fc.assert(fc.property(strategy, situation, (given, { replicas, neverStarts, abort, change: wanted, rules, phases: list }) => {
      // On the way back a preview of fewer pods waits for an analysis that is never started.
      const change = typeof wanted === 'object' && given.blueGreen !== undefined ? 'update' : wanted;
      const { simulation, ...status } = predict(made({ replicas, strategy: given, progressDeadlineAbort: abort }), [template(rules)], { rate: samplesOf([...list, 'Successful']) }, { podStart: 7000, neverStarts, change });
      const { verdict, at, endedAt, events, weights, pods } = simulation;
      expect(endedAt).toBeGreaterThanOrEqual(at);
      expect(endedAt).toBeLessThan(86_400_000);
      expect(events.map((event) => event.at)).toEqual(events.map((event) => event.at).sort((a, b) => a - b));
      expect(weights.every(({ weight }) => weight >= 0 && weight <= 100)).toBe(true);
      expect(status.promoted && verdict !== 'stuck').toBe(verdict === 'promoted');
      expect(status.abort).toBe(verdict === 'aborted');
      expect(status.phase === 'Healthy').toBe(verdict === 'promoted');
      // Traffic goes where pods serve.
      for (const each of pods) if (each.new === 0) expect(shareAt(simulation, each.at)).toBe(0);
      if (verdict === 'aborted') expect(weights.at(-1)?.weight).toBe(0);
      if (verdict === 'promoted') expect(weights.at(-1)?.weight).toBe(100);
      if (neverStarts) expect(weights).toEqual([{ at: 0, weight: 0 }]);
      if (given.canary !== undefined && given.canary.trafficRouting === undefined && !given.canary.steps.some((each) => 'experiment' in each)) for (const each of pods) expect(each.new + each.old).toBeLessThanOrEqual(replicas + (given.canary.maxSurge ?? 0));
    }), { numRuns: 250 });
  });

  it('that fewer failures stop isn\'t promoted with more of them', () => {
    fc.assert(fc.property(strategy, limits, phases, fc.infiniteStream(fc.boolean()), (given, rules, list, worse) => {
      const more = list.map((each) => (each === 'Successful' && worse.next().value ? 'Failed' : each));
      const verdictOf = (measurements: readonly Phase[]): string => predict(made({ replicas: 4, strategy: given }), [template(rules)], { rate: samplesOf(measurements) }).simulation.verdict;
      if (verdictOf(list) !== 'promoted') expect(verdictOf(more)).not.toBe('promoted');
    }), { numRuns: 150 });
  });

  it('is the same played for one or among many', () => {
    fc.assert(fc.property(strategy, limits, phases, (given, rules, list) => {
      const plan = planRollout(made({ replicas: 4, strategy: given }), [template(rules)]);
      const played = (isQuiet: boolean): object => {
        let taken = 0;
        const { verdict, at, reason, step: decided, weights, endedAt, status } = simulate(plan, { isQuiet, measure: () => ({ phase: list[taken++ % list.length] ?? 'Successful' }) });
        return { verdict, at, reason, decided, weights, endedAt, status };
      };
      expect(played(true)).toEqual(played(false));
    }), { numRuns: 150 });
  });
});
