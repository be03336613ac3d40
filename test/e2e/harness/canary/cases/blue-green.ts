import type { RolloutCase } from '../case.ts';
import { prometheusMetric, rollout, service, template, use } from '../objects.ts';

const [good, bad] = [{ number: 1 }, { number: 0.5 }];
const healthy = { phase: 'Healthy', abort: false, promoted: true, message: '', pauseReasons: [] } as const;
const degraded = { phase: 'Degraded', abort: true, promoted: false, pauseReasons: [] } as const;

function blueGreen(id: string, more: Readonly<Record<string, unknown>>): Pick<RolloutCase, 'id' | 'others' | 'rollout' | 'templates'> {
  return {
    id,
    rollout: rollout({ blueGreen: { activeService: 'web', previewService: 'web-preview', scaleDownDelaySeconds: 1, ...more } }, { replicas: 2 }),
    templates: [template('success-rate', [prometheusMetric(id, 'success', { interval: '3s', count: 2 })]), template('errors', [prometheusMetric(id, 'errors', { interval: '3s', count: 3, successCondition: 'result[0] < 0.01', failureLimit: 1 })])],
    others: [service('web'), service('web-preview')],
  };
}

/** What comes of blue-green updates. */
export const blueGreenCases: readonly RolloutCase[] = [
  {
    name: 'good analyses before and after the switch promote',
    ...blueGreen('switched', { prePromotionAnalysis: use('success-rate'), postPromotionAnalysis: use('errors') }),
    measured: { success: [good], errors: [{ number: 0 }] },
    comesTo: healthy,
  },
  {
    name: 'a bad analysis before the switch leaves everybody at the old version',
    ...blueGreen('not-switched', { prePromotionAnalysis: use('success-rate'), postPromotionAnalysis: use('errors') }),
    measured: { success: [bad], errors: [{ number: 0 }] },
    comesTo: degraded,
  },
  {
    name: 'a bad analysis after the switch switches back',
    ...blueGreen('switched-back', { prePromotionAnalysis: use('success-rate'), postPromotionAnalysis: use('errors') }),
    measured: { success: [good], errors: [{ number: 0 }, { number: 1 }] },
    comesTo: degraded,
  },
  {
    name: 'without promotion by itself it waits for a person',
    ...blueGreen('by-hand', { autoPromotionEnabled: false, prePromotionAnalysis: use('success-rate') }),
    measured: { success: [good] },
    comesTo: { phase: 'Paused', abort: false, promoted: false, pauseReasons: ['BlueGreenPause'], message: 'BlueGreenPause' },
  },
  {
    name: 'with a delay it promotes by itself',
    ...blueGreen('delayed', { autoPromotionSeconds: 3 }),
    comesTo: healthy,
  },
];
