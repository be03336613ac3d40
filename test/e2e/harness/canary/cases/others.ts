import type { RolloutCase } from '../case.ts';
import { canaryOf, prometheusMetric, service, template, use } from '../objects.ts';

const [good, bad] = [{ number: 1 }, { number: 0.5 }];
const healthy = { phase: 'Healthy', abort: false, promoted: true, message: '', pauseReasons: [] } as const;
const steps = [{ setWeight: 20 }, { analysis: use('success-rate') }, { setWeight: 60 }];

const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web' },
  spec: { ingressClassName: 'nginx', rules: [{ host: 'web.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
};
/** Traffic shared by an Ingress beside the app's: the controller only writes its annotations, so that no proxy has to run. */
const nginx = { stableService: 'web', canaryService: 'web-canary', trafficRouting: { nginx: { stableIngress: 'web' } } };

/** What may happen beside the steps of an update. */
export const otherCases: readonly RolloutCase[] = [
  {
    name: 'the first version of all skips the steps, whatever its metrics say',
    id: 'first',
    play: 'first-deployment',
    rollout: canaryOf(steps),
    templates: [template('success-rate', [prometheusMetric('first', 'success', { count: 1 })])],
    measured: { success: [bad] },
    comesTo: { ...healthy, stepIndex: 3, analysisRuns: [] },
  },
  {
    name: 'going back within the rollback window skips the steps',
    id: 'revert',
    play: 'revert',
    rollout: canaryOf(steps, {}, { rollbackWindow: { revisions: 3 } }),
    templates: [template('success-rate', [prometheusMetric('revert', 'success', { count: 1 })])],
    measured: { success: [good, bad] },
    comesTo: { ...healthy, stepIndex: 3, analysisRuns: [] },
  },
  {
    name: 'going back without a rollback window is an update like any other, and may abort',
    id: 'revert-windowless',
    play: 'revert',
    rollout: canaryOf(steps),
    templates: [template('success-rate', [prometheusMetric('revert-windowless', 'success', { count: 1 })])],
    measured: { success: [good, bad] },
    comesTo: { phase: 'Degraded', abort: true, promoted: false, stepIndex: 0, decidedAtStep: 1 },
  },
  {
    name: 'a person goes on at a pause',
    id: 'person',
    play: 'person',
    rollout: canaryOf([{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }]),
    comesTo: { ...healthy, stepIndex: 3, weights: [0, 20, 60, 100] },
  },
  {
    name: 'pods that never get ready abort once the deadline for progress is over',
    id: 'no-start',
    play: 'no-start',
    rollout: canaryOf(steps, {}, { progressDeadlineSeconds: 20, progressDeadlineAbort: true }),
    templates: [template('success-rate', [prometheusMetric('no-start', 'success', { count: 1 })])],
    measured: { success: [good] },
    comesTo: { phase: 'Degraded', abort: true, promoted: false, stepIndex: 0, decidedAtStep: 0, analysisRuns: [], weights: [0], message: 'RolloutAborted: Rollout aborted update to revision <revision>: ReplicaSet "web-<hash>" has timed out progressing.' },
  },
  {
    name: 'with a router the canary has as many pods as it is told, whatever its weight',
    id: 'scale',
    rollout: canaryOf([{ setCanaryScale: { replicas: 3 } }, { setWeight: 10 }, { analysis: use('success-rate') }, { setCanaryScale: { matchTrafficWeight: true } }, { setWeight: 40 }, { pause: {} }], nginx),
    templates: [template('success-rate', [prometheusMetric('scale', 'success', { interval: '3s', count: 2 })])],
    others: [service('web'), service('web-canary'), ingress],
    measured: { success: [good] },
    comesTo: { phase: 'Paused', promoted: false, abort: false, stepIndex: 5, weights: [0, 10, 40] },
  },
  {
    name: 'with a router an abort gives all traffic to the stable pods at once',
    id: 'router-abort',
    rollout: canaryOf([{ setWeight: 30 }, { analysis: use('success-rate') }, { setWeight: 60 }], { ...nginx, dynamicStableScale: true }),
    templates: [template('success-rate', [prometheusMetric('router-abort', 'success', { interval: '3s', count: 3, failureLimit: 1 })])],
    others: [service('web'), service('web-canary'), ingress],
    measured: { success: [bad, good, bad] },
    comesTo: { phase: 'Degraded', abort: true, promoted: false, stepIndex: 0, decidedAtStep: 1, weights: [0, 30, 0] },
  },
];
