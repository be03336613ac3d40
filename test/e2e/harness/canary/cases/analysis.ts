import type { RolloutCase } from '../case.ts';
import { canaryOf, prometheusMetric, template, use, webMetric } from '../objects.ts';

const [good, bad] = [{ number: 1 }, { number: 0.5 }];
const degraded = { phase: 'Degraded', abort: true, promoted: false, stepIndex: 0, pauseReasons: [] } as const;
const healthy = { phase: 'Healthy', abort: false, promoted: true, message: '', pauseReasons: [] } as const;

/** A canary that is analysed at its second step. */
function analysed(id: string, metrics: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): Pick<RolloutCase, 'id' | 'rollout' | 'templates'> {
  return { id, rollout: canaryOf([{ setWeight: 20 }, { analysis: use('success-rate') }, { setWeight: 60 }]), templates: [template('success-rate', metrics, more)] };
}

/** What one analysis at a step comes to. */
export const analysisCases: readonly RolloutCase[] = [
  {
    name: 'good metrics promote',
    ...analysed('good', [prometheusMetric('good', 'success', { interval: '3s', count: 3 })]),
    measured: { success: [good] },
    comesTo: { ...healthy, stepIndex: 3, weights: [0, 20, 60, 100] },
  },
  {
    name: 'a bad metric aborts at the step that analyses',
    ...analysed('bad', [prometheusMetric('bad', 'success', { interval: '3s', count: 3 })]),
    measured: { success: [good, bad] },
    comesTo: { ...degraded, decidedAtStep: 1, weights: [0, 20, 0], message: 'RolloutAborted: Rollout aborted update to revision <revision>: Step-based analysis phase error/failed: Metric "success" assessed Failed due to failed (1) > failureLimit (0)' },
  },
  {
    name: 'as many failures as the limit says are borne',
    ...analysed('at-limit', [webMetric('at-limit', 'success', { interval: '3s', count: 4, failureLimit: 2 })]),
    measured: { success: [bad, bad, good] },
    comesTo: { ...healthy, stepIndex: 3 },
  },
  {
    name: 'one failure more than the limit says aborts before the count is reached',
    ...analysed('over-limit', [webMetric('over-limit', 'success', { interval: '3s', count: 10, failureLimit: 2 })]),
    measured: { success: [bad, good, bad, bad] },
    comesTo: { ...degraded, decidedAtStep: 1 },
  },
  {
    name: 'what is neither good nor bad pauses for a person',
    ...analysed('inconclusive', [prometheusMetric('inconclusive', 'success', { interval: '3s', count: 3, failureCondition: 'result[0] < 0.9', inconclusiveLimit: 1 })]),
    measured: { success: [good, { number: 0.92 }] },
    comesTo: { phase: 'Paused', abort: false, promoted: false, stepIndex: 1, pauseReasons: ['InconclusiveAnalysisRun'], weights: [0, 20] },
  },
  {
    name: 'errors are tried again in 10 s, and one success forgives them',
    ...analysed('errors-forgiven', [webMetric('errors-forgiven', 'success', { count: 1, consecutiveErrorLimit: 2 })]),
    measured: { success: [{ error: 'received non 2xx response code: 503' }, { error: 'received non 2xx response code: 503' }, good] },
    comesTo: { ...healthy, stepIndex: 3 },
  },
  {
    name: 'one error in a row more than the limit says aborts',
    ...analysed('errors', [webMetric('errors', 'success', { interval: '3s', count: 5, consecutiveErrorLimit: 1 })]),
    measured: { success: [good, { error: 'received non 2xx response code: 503' }] },
    comesTo: { ...degraded, decidedAtStep: 1 },
  },
  {
    name: 'no data is an error where the condition wants the first sample, and a Prometheus that has none aborts',
    ...analysed('no-data', [prometheusMetric('no-data', 'success', { interval: '3s', count: 2, consecutiveErrorLimit: 0 })]),
    measured: { success: [{ nothing: true }] },
    comesTo: { ...degraded, decidedAtStep: 1 },
  },
  {
    name: 'a metric that only runs dry may fail',
    ...analysed('dry-run', [prometheusMetric('dry-run', 'success', { interval: '3s', count: 2 }), prometheusMetric('dry-run', 'latency', { interval: '3s', count: 2, successCondition: 'result[0] < 1' })], { dryRun: [{ metricName: 'lat.*' }] }),
    measured: { success: [good], latency: [{ number: 7 }] },
    comesTo: { ...healthy, stepIndex: 3 },
  },
  {
    name: 'enough successes in a row end an analysis before its count',
    ...analysed('consecutive', [prometheusMetric('consecutive', 'success', { interval: '3s', count: 20, failureLimit: 5, consecutiveSuccessLimit: 3 })]),
    measured: { success: [good, good, bad, good, bad, good] },
    comesTo: { ...healthy, stepIndex: 3 },
  },
  {
    name: 'too few successes in a row within the count pause',
    ...analysed('consecutive-missed', [prometheusMetric('consecutive-missed', 'success', { interval: '3s', count: 8, failureLimit: 5, consecutiveSuccessLimit: 3 })]),
    measured: { success: [good, good, bad, good, good, bad, good, bad] },
    comesTo: { phase: 'Paused', abort: false, promoted: false, stepIndex: 1, pauseReasons: ['InconclusiveAnalysisRun'] },
  },
  {
    name: 'of two metrics the bad one stops the other',
    ...analysed('two', [webMetric('two', 'success', { interval: '3s', count: 30 }), prometheusMetric('two', 'latency', { interval: '3s', count: 30, failureLimit: 1, successCondition: 'result[0] < 1' })]),
    measured: { success: [good], latency: [{ number: 0.2 }, { number: 7 }] },
    comesTo: { ...degraded, decidedAtStep: 1 },
    untimed: ['step'],
  },
];
