import { describe, expect, it } from 'vitest';
import { badFrom, play, pods, routed, shares, use } from './play.ts';

const weight = (setWeight: number): object => ({ setWeight });

describe('pods that never start', () => {
  const canary = { ...routed, steps: [weight(20), { pause: {} }] };

  it('abort a rollout that says so, a second after its deadline', () => {
    const course = play({ canary }, { neverStarts: true, spec: { progressDeadlineAbort: true, progressDeadlineSeconds: 60 } });
    expect(course).toMatchObject({ verdict: 'aborted', at: 61_000, step: 0, reason: 'ReplicaSet "web-<hash>" has timed out progressing.', podsGoneAt: 91_000, trafficBackAt: 61_000 });
    expect(course.status.message).toBe('RolloutAborted: Rollout aborted update to revision 2: ReplicaSet "web-<hash>" has timed out progressing.');
  });

  it('leave a rollout stuck that doesn\'t', () => {
    expect(play({ canary }, { neverStarts: true })).toMatchObject({ verdict: 'stuck', at: 601_000, status: { phase: 'Degraded', abort: false, message: 'ProgressDeadlineExceeded: ReplicaSet "web-<hash>" has timed out progressing.' } });
  });

  it('keep a blue-green rollout from its promotion', () => {
    const course = play({ blueGreen: { activeService: 'a', previewService: 'p' } }, { neverStarts: true, spec: { progressDeadlineAbort: true } });
    expect(course).toMatchObject({ verdict: 'aborted', at: 601_000 });
    expect(shares(course)).toEqual(['0:0']);
  });

  it('don\'t count against a pause, an analysis or an experiment', () => {
    const steps = [{ pause: { duration: '30m' } }];
    expect(play({ canary: { ...routed, steps } }, { spec: { progressDeadlineAbort: true } }).verdict).toBe('promoted');
  });

  it('stop an experiment that waits for them', () => {
    const experiment = { duration: '5m', templates: [{ name: 'new', specRef: 'canary' }] };
    const course = play({ canary: { ...routed, steps: [{ experiment }] } }, { neverStarts: true, spec: { progressDeadlineSeconds: 60 } });
    expect(course).toMatchObject({ verdict: 'aborted', reason: 'Experiment analysis phase is error/failed: Template \'new\' exceeded its progressDeadlineSeconds (60)' });
  });
});

describe('a rollout that isn\'t an ordinary new version', () => {
  const steps = [weight(20), { analysis: use }];

  it('skips its steps and analyses when it is the first one', () => {
    const course = play({ canary: { ...routed, steps } }, { change: 'first', sample: badFrom(0) });
    expect(course).toMatchObject({ verdict: 'promoted', at: 10_000, reason: 'Initial deploy', runs: [], status: { phase: 'Healthy', stepIndex: 2 } });
    expect([shares(course), pods(course)]).toEqual([['0:0', '10:100'], ['0:0/0', '10:10/0']]);
    expect(play({ canary: { steps } }, { change: 'first', neverStarts: true })).toMatchObject({ verdict: 'stuck', status: { phase: 'Degraded', abort: false } });
  });

  it('skips them on the way back within the window, and not beyond', () => {
    const spec = { rollbackWindow: { revisions: 3 } };
    const back = (rollback: number, strategy: object = { canary: { ...routed, steps } }): ReturnType<typeof play> => play(strategy, { change: { rollback }, spec, sample: badFrom(0) });
    expect(back(1)).toMatchObject({ verdict: 'promoted', at: 10_000, reason: 'Rollback within window', runs: [] });
    expect(back(3).verdict).toBe('promoted');
    expect(back(4)).toMatchObject({ verdict: 'aborted', step: 1 });
    expect(play({ canary: { ...routed, steps } }, { change: { rollback: 1 }, sample: badFrom(0) }).verdict).toBe('aborted');
    expect(back(1, { blueGreen: { activeService: 'a', previewService: 'p', prePromotionAnalysis: use, autoPromotionEnabled: false } })).toMatchObject({ verdict: 'promoted', reason: 'Rollback within window', runs: [] });
  });

  it('has no steps to go through where there are none', () => {
    const course = play({ canary: { maxSurge: 2, maxUnavailable: 0 } });
    expect(course).toMatchObject({ verdict: 'promoted', reason: 'Completed all 0 canary steps', status: { phase: 'Healthy' } });
    expect(course.status.stepIndex).toBeUndefined();
  });
});

describe('an experiment', () => {
  const judged = (more: object = {}): object => ({ templates: [{ name: 'base', specRef: 'stable' }, { name: 'new', specRef: 'canary', weight: 10 }], analyses: [{ name: 'checks', templateName: 'checks', args: [{ name: 'service', value: 'x' }], ...more }] });

  it('runs for its time, with the weights of its versions, and its pods stay for thirty seconds', () => {
    const course = play({ canary: { trafficRouting: { istio: {} }, steps: [{ experiment: { ...judged(), duration: '5m' } }, weight(50), { pause: { duration: 60 } }] } });
    expect(shares(course)).toEqual(['0:0', '10:10', '310:0', '320:50', '390:100']);
    expect(pods(course)).toEqual(['0:0/10', '10:1/11', '320:6/11', '340:5/10', '390:10/10', '420:10/0']);
    expect(course.runs.map(({ origin, name, step, run }) => [origin, name, step, run.startedAt, run.phase])).toEqual([['experiment', 'checks', 0, 10_000, 'Successful']]);
  });

  it('ends with the analysis that it waits for', () => {
    const course = play({ canary: { ...routed, steps: [{ experiment: judged({ requiredForCompletion: true }) }] } });
    expect(course).toMatchObject({ verdict: 'promoted', at: 140_000 });
    expect(play({ canary: { ...routed, steps: [{ experiment: judged() }] } })).toMatchObject({ verdict: 'stuck', reason: 'nothing ends step 1' });
  });

  it('that measures badly aborts the rollout, and one that is unclear pauses it', () => {
    const steps = [{ experiment: { ...judged(), duration: '5m' } }];
    expect(play({ canary: { ...routed, steps } }, { sample: badFrom(30) })).toMatchObject({ verdict: 'aborted', at: 70_000, trafficBackAt: 70_000, reason: 'Experiment analysis phase is error/failed: Metric "success-rate" assessed Failed due to failed (1) > failureLimit (0)' });
    expect(play({ canary: { ...routed, steps } }, { sample: () => ({ verdict: 'Inconclusive' }) })).toMatchObject({ verdict: 'paused', status: { phase: 'Paused', message: 'InconclusiveExperiment' } });
  });

  it('gets its share of the traffic by its pods where there is no router', () => {
    const experiment = { duration: '1m', templates: [{ name: 'new', specRef: 'canary', replicas: 2 }] };
    expect(shares(play({ canary: { steps: [{ experiment }, { pause: {} }] } })).slice(0, 2)).toEqual(['0:0', '10:16.7']);
  });
});

describe('a blue-green rollout', () => {
  const services = { activeService: 'active', previewService: 'preview' };

  it('waits after its first analysis, and is complete after its second one', () => {
    const course = play({ blueGreen: { ...services, prePromotionAnalysis: use, postPromotionAnalysis: use, autoPromotionSeconds: 60, scaleDownDelaySeconds: 90 } });
    expect(course).toMatchObject({ verdict: 'promoted', at: 310_000, reason: 'Completed blue-green update', podsGoneAt: 400_000 });
    expect(shares(course)).toEqual(['0:0', '190:100']);
    expect(course.runs.map(({ origin, run }) => [origin, run.startedAt])).toEqual([['pre-promotion', 10_000], ['post-promotion', 190_000]]);
  });

  it('starts with the pods of the preview, and with all of them when it is promoted', () => {
    const course = play({ blueGreen: { ...services, previewReplicaCount: 2, prePromotionAnalysis: use } });
    expect(pods(course)).toEqual(['0:0/10', '10:2/10', '140:10/10', '170:10/0']);
    expect(shares(course)).toEqual(['0:0', '140:100']);
  });

  it('never gives a bad version traffic that its first analysis finds, and takes it back when the second one does', () => {
    const strategy = { blueGreen: { ...services, prePromotionAnalysis: use, postPromotionAnalysis: use } };
    expect(shares(play(strategy, { sample: badFrom(60) }))).toEqual(['0:0']);
    const late = play(strategy, { sample: badFrom(200) });
    expect(late).toMatchObject({ verdict: 'aborted', at: 250_000, trafficBackAt: 250_000, podsGoneAt: 280_000, reason: 'Blue/green post-promotion analysis phase error/failed: Metric "success-rate" assessed Failed due to failed (1) > failureLimit (0)' });
    expect(shares(late)).toEqual(['0:0', '130:100', '250:0']);
  });

  it('waits for a person where it isn\'t promoted by itself, or as long as a person takes', () => {
    const strategy = { blueGreen: { ...services, autoPromotionEnabled: false } };
    expect(play(strategy)).toMatchObject({ verdict: 'waiting', at: 10_000, status: { phase: 'Paused', message: 'BlueGreenPause' } });
    expect(play(strategy, { person: 60_000 })).toMatchObject({ verdict: 'promoted', at: 70_000 });
  });
});

describe('what goes on and on', () => {
  it('is given up on after a day, or as long as is said', () => {
    const endless = { ...routed, steps: [{ experiment: { duration: '48h', templates: [{ name: 'new', specRef: 'canary' }] } }] };
    expect(play({ canary: endless })).toMatchObject({ verdict: 'stuck', reason: 'still at step 1 after 1440 minutes' });
    expect(play({ canary: endless }, { limit: 60_000 })).toMatchObject({ verdict: 'stuck', reason: 'still at step 1 after 1 minutes' });
  });
});
