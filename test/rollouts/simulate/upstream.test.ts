import { describe, expect, it } from 'vitest';
import type { Simulation } from '../../../lib/rollouts/simulate/simulation.ts';
import { badFrom, play, pods, routed, shares, use, type PlayOptions } from './play.ts';

// What Argo Rollouts' own end-to-end suite (test/e2e/canary_test.go) sees its controller do, as facts.
const weight = (setWeight: number): object => ({ setWeight });
const pause = (duration?: number): object => ({ pause: duration === undefined ? {} : { duration } });
const promoted: PlayOptions = { person: 60_000 };

/** Pods of both versions when a step ends: new, old. */
function podsAt(simulation: Simulation, step: number): string {
  const ended = simulation.events.find((event) => event.kind === 'step' && event.step === step + 1)?.at ?? Number.NaN;
  const found = simulation.pods.findLast(({ at }) => at < ended);
  return found === undefined ? '' : `${found.new} ${found.old}`;
}

describe('the controller\'s own end-to-end cases', () => {
  it('TestCanarySetCanaryScale: as many pods at each step', () => {
    const steps = [pause(), { setCanaryScale: { weight: 25 } }, pause(100), weight(50), pause(10), { setCanaryScale: { replicas: 3 } }, pause(), { setCanaryScale: { matchTrafficWeight: true } }, pause(5)];
    const course = play({ canary: { ...routed, steps } }, { ...promoted, spec: { replicas: 4 } });
    expect([0, 2, 4, 6, 8].map((step) => podsAt(course, step))).toEqual(['0 4', '1 4', '1 4', '3 4', '2 4']);
    expect(course).toMatchObject({ verdict: 'promoted', status: { phase: 'Healthy' } });
  });

  it('TestReduceWeightAndHonorMaxUnavailable: back to a lower weight without too few pods', () => {
    const steps = [weight(100), pause(), weight(0), pause(), weight(100), { analysis: use }];
    const course = play({ canary: { maxSurge: 2, maxUnavailable: 0, steps } }, { ...promoted, spec: { replicas: 3 }, sample: badFrom(0) });
    expect([podsAt(course, 1), podsAt(course, 3)]).toEqual(['3 0', '0 3']);
    expect(course).toMatchObject({ verdict: 'aborted', step: 5, status: { phase: 'Degraded' } });
    expect(course.runs).toHaveLength(1);
    for (const each of course.pods) expect(each.new + each.old).toBeGreaterThanOrEqual(3);
  });

  it('TestCanaryProgressDeadlineExceededWithPause: a deadline that passes before the pods serve stops nothing', () => {
    const canary = { steps: [weight(20), pause()] };
    const slow = { podStart: 12_000, spec: { replicas: 3, progressDeadlineSeconds: 5 } };
    const waiting = play({ canary }, slow);
    expect(waiting).toMatchObject({ verdict: 'waiting', status: { phase: 'Paused' } });
    expect(pods(waiting).at(-1)).toBe('12:1/3');
    expect(play({ canary }, { ...slow, ...promoted })).toMatchObject({ verdict: 'promoted', status: { phase: 'Healthy' } });
    expect(play({ canary }, { ...slow, change: 'first' })).toMatchObject({ verdict: 'promoted', status: { phase: 'Healthy' } });
  });

  it('TestCanaryScaleDownDelayWithProgressDeadline: old pods that stay for a while don\'t run into the deadline', () => {
    const course = play({ canary: { ...routed, scaleDownDelaySeconds: 60, steps: [] } }, { spec: { replicas: 1, progressDeadlineSeconds: 15 } });
    expect(course).toMatchObject({ verdict: 'promoted', podsGoneAt: 70_000, status: { phase: 'Healthy' } });
  });

  it('TestCanaryScaleDownOnAbort, …NoTrafficRouting: the new pods are gone after an abort', () => {
    const steps = [weight(50), pause(600)];
    expect(pods(play({ canary: { ...routed, abortScaleDownDelaySeconds: 1, analysis: use, steps } }, { sample: badFrom(0) })).at(-1)).toMatch(/:0\/10$/);
    expect(pods(play({ canary: { analysis: use, steps } }, { sample: badFrom(0) })).at(-1)).toMatch(/:0\/10$/);
  });

  it('TestCanaryUnScaleDownOnAbort: a canary that was scaled stays with a delay of 0; one by its weight goes, as the code has it', () => {
    const aborted = (step: object): Simulation => play({ canary: { ...routed, abortScaleDownDelaySeconds: 0, analysis: { ...use, startingStep: 1 }, steps: [step, pause(600)] } }, { spec: { replicas: 4 }, sample: badFrom(0) });
    expect(pods(aborted({ setCanaryScale: { replicas: 1 } })).at(-1)).toBe('10:1/4');
    expect(aborted({ setCanaryScale: { replicas: 1 } })).toMatchObject({ verdict: 'aborted', trafficBackAt: 10_000 });
    expect(pods(aborted(weight(25))).at(-1)).toBe('10:0/4');
  });

  it('TestCanaryDynamicStableScale: the running version shrinks and grows with the steps, and back over them after an abort', () => {
    const steps = [weight(25), pause(30), weight(75), pause(600)];
    const course = play({ canary: { ...routed, dynamicStableScale: true, analysis: { ...use, startingStep: 3 }, steps } }, { spec: { replicas: 4 }, sample: badFrom(100) });
    expect(course).toMatchObject({ verdict: 'aborted', at: 110_000, podsGoneAt: 130_000, trafficBackAt: 130_000 });
    expect(pods(course)).toEqual(['0:0/3', '10:1/3', '50:3/1', '120:1/3', '130:0/4']);
    expect(shares(course)).toEqual(['0:0', '10:25', '50:75', '120:25', '130:0']);
  });
});
