import { describe, expect, it } from 'vitest';
import { badFrom, play, pods, routed, shares, use } from './play.ts';

const scale = (setCanaryScale: object): object => ({ setCanaryScale });
const weight = (setWeight: number): object => ({ setWeight });
const pause = (duration?: number | string): object => ({ pause: duration === undefined ? {} : { duration } });

describe('a canary with a router', () => {
  it('moves the traffic when the pods for it serve, and keeps the version before for thirty seconds', () => {
    const course = play({ canary: { ...routed, steps: [weight(20), pause('1m'), weight(80), pause(60)] } });
    expect(shares(course)).toEqual(['0:0', '10:20', '80:80', '150:100']);
    expect(pods(course)).toEqual(['0:0/10', '10:2/10', '80:8/10', '150:10/10', '180:10/0']);
    expect(course).toMatchObject({ verdict: 'promoted', at: 150_000, podsGoneAt: 180_000, endedAt: 180_000, status: { phase: 'Healthy', message: '', stepIndex: 4 } });
  });

  it('that is aborted has no traffic at once, and no pods when its time is up', () => {
    const steps = [weight(20), { analysis: use }, weight(80), { analysis: use }];
    const course = play({ canary: { ...routed, steps } }, { sample: badFrom(150) });
    expect(course).toMatchObject({ verdict: 'aborted', at: 200_000, trafficBackAt: 200_000, podsGoneAt: 230_000, step: 3, status: { phase: 'Degraded', abort: true, stepIndex: 0 } });
    expect(course.status.message).toBe('RolloutAborted: Rollout aborted update to revision 2: Step-based analysis phase error/failed: Metric "success-rate" assessed Failed due to failed (1) > failureLimit (0)');
    expect(play({ canary: { ...routed, abortScaleDownDelaySeconds: 5, steps } }, { sample: badFrom(150) }).podsGoneAt).toBe(205_000);
    // Longer than the controller waits for by itself (fifteen minutes): it takes the pods away at once.
    expect(play({ canary: { ...routed, abortScaleDownDelaySeconds: 1200, steps } }, { sample: badFrom(150) }).podsGoneAt).toBe(200_000);
  });

  it('has as many pods as it is told, whatever its weight is, until it is told otherwise', () => {
    const course = play({ canary: { ...routed, steps: [scale({ replicas: 3 }), pause(30), scale({ weight: 50 }), pause(30), scale({ matchTrafficWeight: true }), weight(20), pause(30)] } });
    expect(pods(course)).toEqual(['0:0/10', '10:3/10', '50:5/10', '80:0/10', '90:2/10', '130:10/10', '160:10/0']);
    expect(shares(course)).toEqual(['0:0', '90:20', '130:100']);
  });

  it('goes through header and mirror routes in no time, without moving traffic by weight', () => {
    const match = [{ headerName: 'x-canary', headerValue: { exact: 'yes' } }];
    const course = play({ canary: { ...routed, steps: [scale({ replicas: 1 }), { setHeaderRoute: { name: 'by-header', match } }, { setMirrorRoute: { name: 'mirrored', match: [{ path: { prefix: '/' } }] } }, { setHeaderRoute: { name: 'by-header' } }, pause(60)] } });
    expect(course.events.flatMap((event) => (event.kind === 'step' ? [`${event.at / 1000} ${event.label}`] : []))).toEqual(['0 scale the canary to 1 pods', '10 header route by-header', '10 mirror route mirrored', '10 remove header route by-header', '10 pause 60s', '70 promote']);
    expect(shares(course)).toEqual(['0:0', '80:100']);
  });

  it('with dynamicStableScale lets the running version shrink and grow with its weight, and takes the traffic back as it grows', () => {
    const dynamic = { ...routed, dynamicStableScale: true, steps: [weight(20), weight(60), pause(60), { analysis: use }] };
    expect(pods(play({ canary: dynamic }))).toEqual(['0:0/8', '10:2/8', '20:6/4', '210:10/0']);
    const aborted = play({ canary: dynamic }, { sample: badFrom(60) });
    expect(aborted).toMatchObject({ at: 80_000, trafficBackAt: 100_000, podsGoneAt: 100_000 });
    expect(shares(aborted)).toEqual(['0:0', '10:20', '20:60', '90:20', '100:0']);
    expect(pods(aborted)).toEqual(['0:0/8', '10:2/8', '20:6/4', '90:2/8', '100:0/10']);
  });

  it('may go on with fewer pods than it wants, where its threshold says so', () => {
    const course = play({ canary: { ...routed, replicaProgressThreshold: { type: 'Pods', value: 0 }, steps: [weight(20), pause(60)] } }, { neverStarts: true });
    expect(course.step).toBe(2);
    expect(shares(course)).toEqual(['0:0']);
  });

  it('waits until its pods have served long enough to count', () => {
    const course = play({ canary: { ...routed, steps: [weight(20), pause(30)] } }, { spec: { minReadySeconds: 15 } });
    expect([shares(course), pods(course)]).toEqual([['0:0', '25:20', '80:100'], ['0:0/10', '10:2/10', '65:10/10', '110:10/0']]);
  });

  it('counts weights in parts of what the router takes for all', () => {
    const course = play({ canary: { trafficRouting: { nginx: {}, maxTrafficWeight: 1000 }, steps: [weight(25), pause(60)] } });
    expect(shares(course)).toEqual(['0:0', '10:2.5', '80:100']);
    expect(pods(course)[1]).toBe('10:1/10');
  });

  it('keeps the version before for as long as it is told, and for as many versions', () => {
    expect(play({ canary: { ...routed, scaleDownDelaySeconds: 300, steps: [weight(50)] } }).podsGoneAt).toBe(320_000);
    expect(play({ canary: { ...routed, scaleDownDelayRevisionLimit: 0, steps: [weight(50)] } }).podsGoneAt).toBe(20_000);
  });
});

describe('a canary by pods', () => {
  it('never has more pods than the surge allows, and gets the traffic of all that serve', () => {
    const course = play({ canary: { maxSurge: 1, maxUnavailable: 0, steps: [weight(20), pause(60)] } });
    expect(pods(course).slice(0, 4)).toEqual(['0:0/10', '10:1/9', '20:2/8', '90:3/7']);
    expect(Math.max(...course.pods.map((each) => each.new + each.old))).toBeLessThanOrEqual(11);
    expect(course.verdict).toBe('promoted');
  });

  it('that is aborted keeps getting traffic until the running version\'s pods are back', () => {
    const course = play({ canary: { steps: [weight(80), { analysis: use }] } }, { sample: badFrom(60) });
    expect(course).toMatchObject({ verdict: 'aborted', at: 80_000, trafficBackAt: 100_000, podsGoneAt: 100_000 });
    expect(shares(course).slice(-3)).toEqual(['80:75', '90:12.5', '100:0']);
  });
});

describe('a canary that is watched', () => {
  it('beside its steps is stopped in the middle of a pause', () => {
    const course = play({ canary: { ...routed, analysis: { ...use, startingStep: 1 }, steps: [weight(20), pause('10m')] } }, { sample: badFrom(60) });
    expect(course).toMatchObject({ verdict: 'aborted', at: 70_000, step: 1, reason: 'Background analysis phase error/failed: Metric "success-rate" assessed Failed due to failed (1) > failureLimit (0)' });
    expect(course.runs.map(({ origin, run }) => [origin, run.startedAt])).toEqual([['background', 10_000]]);
  });

  it('is no longer when it is promoted, and what ran on counts as successful', () => {
    const course = play({ canary: { ...routed, analysis: use, steps: [weight(20)] } });
    expect(course.verdict).toBe('promoted');
    expect(course.runs.map(({ run }) => [run.phase, run.message, run.result('success-rate').count])).toEqual([['Successful', 'Run Terminated', 1]]);
  });

  it('and neither good nor bad waits, with its traffic and pods as they are', () => {
    const course = play({ canary: { ...routed, steps: [weight(20), { analysis: use }] } }, { sample: (at) => (at < 60_000 ? { number: 0.99 } : { verdict: 'Inconclusive' }) });
    expect(course).toMatchObject({ verdict: 'paused', at: 70_000, step: 1, status: { phase: 'Paused', message: 'InconclusiveAnalysisRun', abort: false, stepIndex: 1 } });
    expect([shares(course).at(-1), pods(course).at(-1)]).toEqual(['10:20', '10:2/10']);
  });

  it('says in a pause why it waits, the pause first', () => {
    const course = play({ canary: { ...routed, analysis: use, steps: [weight(20), pause('10m')] } }, { sample: () => ({ verdict: 'Inconclusive' }) });
    expect(course.status.pauses.map(({ reason }) => reason)).toEqual(['InconclusiveAnalysisRun']);
    const later = play({ canary: { ...routed, analysis: use, steps: [weight(20), pause('10m')] } }, { sample: (at) => ({ verdict: at < 60_000 ? 'Successful' : 'Inconclusive' }) });
    expect(later.status).toMatchObject({ phase: 'Paused', message: 'CanaryPauseStep' });
  });
});
