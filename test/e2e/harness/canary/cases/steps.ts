import type { RolloutCase } from '../case.ts';
import { canaryOf, prometheusMetric, template, use } from '../objects.ts';

const [good, bad] = [{ number: 1 }, { number: 0.5 }];
const healthy = { phase: 'Healthy', abort: false, promoted: true, message: '', pauseReasons: [] } as const;

/** What the steps of a canary come to. */
export const stepCases: readonly RolloutCase[] = [
  {
    name: 'an analysis beside the steps begins at its step and aborts at a later one',
    id: 'background',
    rollout: canaryOf([{ setWeight: 20 }, { pause: { duration: '2s' } }, { setWeight: 40 }, { pause: { duration: '10m' } }], { analysis: use('success-rate', { startingStep: 2 }) }),
    templates: [template('success-rate', [prometheusMetric('background', 'success', { interval: '3s', failureLimit: 1 })])],
    measured: { success: [...Array.from({ length: 10 }, () => good), bad] },
    badFrom: { success: 3 },
    untimed: ['background'],
    comesTo: { phase: 'Degraded', abort: true, promoted: false, stepIndex: 0, decidedAtStep: 3, weights: [0, 20, 40, 0] },
  },
  {
    name: 'an analysis beside the steps is stopped when the steps are done, and counts as successful',
    id: 'background-stopped',
    rollout: canaryOf([{ setWeight: 20 }, { pause: { duration: '8s' } }], { analysis: use('success-rate') }),
    templates: [template('success-rate', [prometheusMetric('background-stopped', 'success', { interval: '3s' })])],
    measured: { success: [good] },
    comesTo: { ...healthy, stepIndex: 2, weights: [0, 20, 100] },
    untimed: ['background'],
  },
  {
    name: 'a pause without a duration waits for a person',
    id: 'waits',
    rollout: canaryOf([{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }]),
    comesTo: { phase: 'Paused', abort: false, promoted: false, stepIndex: 1, pauseReasons: ['CanaryPauseStep'], message: 'CanaryPauseStep', weights: [0, 20] },
  },
  {
    name: 'pods that share the traffic make of 20 % of two a third, and of 80 % two thirds',
    id: 'few-pods',
    rollout: canaryOf([{ setWeight: 20 }, { pause: { duration: '1s' } }, { setWeight: 80 }, { pause: { duration: '1s' } }], {}, { replicas: 2 }),
    comesTo: { ...healthy, stepIndex: 4, weights: [0, 33, 67, 100] },
  },
  {
    name: 'ten pods reach every tenth without surge',
    id: 'ten-pods',
    rollout: canaryOf([{ setWeight: 10 }, { pause: { duration: '1s' } }, { setWeight: 50 }, { pause: { duration: '1s' } }, { setWeight: 75 }, { pause: { duration: '1s' } }], { maxSurge: 0, maxUnavailable: 1 }, { replicas: 10 }),
    comesTo: { ...healthy, stepIndex: 6 },
  },
];
