import { at, type Loose } from '../healthy-app.ts';
import type { RuleCase } from './case.ts';
import { canary, rollout, service, services, template, use } from './rollout-objects.ts';

const steps = 'Rollout spec.strategy.canary.steps';
const scaler = (minReplicas: number, maxReplicas = 20): Loose => ({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'api', namespace: 'shop' }, spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'api' }, minReplicas, maxReplicas } });
const put = (app: Record<string, Loose>, ...objects: readonly Loose[]): void => objects.forEach((object, index) => (app[`put-${index}`] = object));
const unattended = { unattended: true } as const;
const container = (object: Loose): Loose => at(object, 'spec', 'template', 'spec', 'containers', 0);
const withProbe = (probe: Loose, spec: Loose = {}): Loose => {
  const made = canary({}, spec);
  Object.assign(container(made), { startupProbe: probe });
  return made;
};
/** A Rollout of the pods of the Deployment `web`. */
const referring = (name: string): Loose => {
  const made = canary({ stableService: 'web' }, { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } });
  for (const field of ['template', 'selector']) delete at(made, 'spec')[field];
  at(made, 'metadata')['name'] = name;
  return made;
};
/** A step that runs the new version beside the others. */
const trial = (more: Loose): Loose => ({ experiment: { templates: [{ name: 'trial', specRef: 'canary' }], ...more } });
const judging = { name: 'rate', templateName: 'rate', args: [{ name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } }] };
const zone = { preferredDuringSchedulingIgnoredDuringExecution: { weight: 101 } };

/** Rules about a Rollout itself: its strategy, numbers, steps and Services. */
export const rolloutCases: readonly RuleCase[] = [
  { rule: 'rollout-strategy', name: 'a Rollout without a strategy', finds: ['Rollout spec.strategy'], change: (app) => put(app, rollout({})) },
  { rule: 'rollout-strategy', name: 'a weight beyond 100', finds: [`${steps}[0].setWeight`], change: (app) => put(app, canary({ steps: [{ setWeight: 120 }] })) },
  { rule: 'rollout-strategy', name: 'a step that does two things, and one that does nothing', finds: [`${steps}[0]`, `${steps}[1]`], change: (app) => put(app, canary({ steps: [{ setWeight: 20, pause: {} }, {}] })) },
  { rule: 'rollout-strategy', name: 'a template beside a workloadRef', finds: ['Rollout spec.template'], change: (app) => put(app, canary({}, { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } })) },
  { rule: 'rollout-strategy', name: 'a canary with steps', finds: [], change: (app) => put(app, canary({ steps: [{ setWeight: 20 }, { pause: {} }] })) },
  { rule: 'canary-weight', name: 'a fifth of two pods', finds: [`${steps}[0].setWeight`, `${steps}[2].setWeight`], change: (app) => put(app, canary({ steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 80 }] }, { replicas: 2 })) },
  { rule: 'canary-weight', name: 'a weight that a pod more would make, where none may come', finds: [`${steps}[0].setWeight`], change: (app) => put(app, canary({ maxSurge: 0, steps: [{ setWeight: 20 }] }, { replicas: 4 })) },
  { rule: 'canary-weight', name: 'a weight that the replicas make, and the minimum of the autoscaler doesn\'t', finds: [`${steps}[0].setWeight`], change: (app) => put(app, canary({ steps: [{ setWeight: 20 }] }), scaler(2)) },
  { rule: 'canary-weight', name: 'a weight that the minimum of the autoscaler makes', finds: [], change: (app) => put(app, canary({ steps: [{ setWeight: 20 }] }, { replicas: 2 }), scaler(5)) },
  { rule: 'canary-weight', name: 'weights that the pods make, one more among them', finds: [], change: (app) => put(app, canary({ steps: [{ setWeight: 20 }, { setWeight: 50 }, { setWeight: 75 }] }, { replicas: 4 })) },
  { rule: 'rollout-limits', name: 'no surge and none unavailable', finds: ['Rollout spec.strategy.canary.maxSurge'], change: (app) => put(app, canary({ maxSurge: '0%', maxUnavailable: 0 })) },
  { rule: 'rollout-limits', name: 'a deadline that minReadySeconds uses up, and a negative history', finds: ['Rollout spec.progressDeadlineSeconds', 'Rollout spec.revisionHistoryLimit'], change: (app) => put(app, canary({}, { minReadySeconds: 600, revisionHistoryLimit: -1, rollbackWindow: {} })) },
  { rule: 'rollout-limits', name: 'delays and scaling of a router without one', finds: ['Rollout spec.strategy.canary.dynamicStableScale', 'Rollout spec.strategy.canary.scaleDownDelaySeconds'], change: (app) => put(app, canary({ dynamicStableScale: true, scaleDownDelaySeconds: 30 })) },
  { rule: 'rollout-limits', name: 'more old versions than are kept', finds: ['Rollout spec.strategy.blueGreen.scaleDownDelayRevisionLimit'], change: (app) => put(app, rollout({ blueGreen: { activeService: 'live', scaleDownDelayRevisionLimit: 11 } }), service('live')) },
  { rule: 'rollout-limits', name: 'an anti-affinity without a way, and one that weighs too much', finds: ['Rollout spec.strategy.canary.antiAffinity.preferredDuringSchedulingIgnoredDuringExecution.weight'], change: (app) => put(app, canary({ antiAffinity: zone })) },
  { rule: 'rollout-limits', name: 'a surge in percent with none unavailable', finds: [], change: (app) => put(app, canary({ maxSurge: '20%', maxUnavailable: 0 }, { minReadySeconds: 10 })) },
  { rule: 'rollback-window', name: 'a canary with steps and no window', finds: ['Rollout spec.rollbackWindow'], change: (app) => put(app, canary({ steps: [{ setWeight: 20 }] }, { rollbackWindow: {} })) },
  { rule: 'rollback-window', name: 'a window longer than the history', finds: ['Rollout spec.rollbackWindow.revisions'], change: (app) => put(app, canary({}, { revisionHistoryLimit: 3 })) },
  { rule: 'rollback-window', name: 'a canary without steps, which takes no time', finds: [], change: (app) => put(app, canary({}, { rollbackWindow: {} })) },
  { rule: 'rollout-template', name: 'a port that there is not, and pods that end', finds: ['Rollout spec.template.spec.containers[0].ports[0].containerPort', 'Rollout spec.template.spec.restartPolicy'], change: (app) => { const made = canary({}); container(made)['ports'] = [{ containerPort: 99_999 }]; at(made, 'spec', 'template', 'spec')['restartPolicy'] = 'Never'; put(app, made); } },
  { rule: 'rollout-template', name: 'pods as a Deployment has them', finds: [], change: (app) => { const made = canary({}); container(made)['ports'] = [{ name: 'http', containerPort: 8000 }]; put(app, made); } },
  { rule: 'progress-deadline', name: 'a startup that may take longer than the rollout waits', finds: ['Rollout spec.progressDeadlineSeconds'], change: (app) => put(app, withProbe({ httpGet: { path: '/', port: 8000 }, periodSeconds: 30, failureThreshold: 30 })) },
  { rule: 'progress-deadline', name: 'a startup within the deadline', finds: [], change: (app) => put(app, withProbe({ httpGet: { path: '/', port: 8000 }, periodSeconds: 30, failureThreshold: 30 }, { progressDeadlineSeconds: 900 })) },
  { rule: 'endless-pause', name: 'a pause that a person ends', finds: [`${steps}[1].pause`], target: unattended, change: (app) => put(app, canary({ steps: [{ setWeight: 20 }, { pause: {} }] })) },
  { rule: 'endless-pause', name: 'a promotion by a person', finds: ['Rollout spec.strategy.blueGreen.autoPromotionEnabled'], target: unattended, change: (app) => put(app, rollout({ blueGreen: { activeService: 'live', autoPromotionEnabled: false, autoPromotionSeconds: 30 } }), service('live')) },
  { rule: 'endless-pause', name: 'pauses that end by themselves', finds: [], target: unattended, change: (app) => put(app, canary({ steps: [{ setWeight: 20 }, { pause: { duration: '10m' } }, { pause: { duration: 30 } }] })) },
  { rule: 'endless-pause', name: 'a pause for a person where there is one', finds: [], change: (app) => put(app, canary({ steps: [{ setWeight: 20 }, { pause: {} }] })) },
  { rule: 'endless-experiment', name: 'neither a duration nor an analysis, and an analysis that isn\'t required', finds: [`${steps}[0].experiment`, `${steps}[1].experiment`], change: (app) => put(app, canary({ steps: [trial({}), trial({ analyses: [judging] })] }), template()) },
  { rule: 'endless-experiment', name: 'the same where nobody watches', finds: [`${steps}[0].experiment`], target: unattended, change: (app) => put(app, canary({ steps: [trial({})] })) },
  { rule: 'endless-experiment', name: 'a duration, and an analysis that is required', finds: [], change: (app) => put(app, canary({ steps: [trial({ duration: '10m' }), trial({ analyses: [judging, { ...judging, name: 'other', requiredForCompletion: true }] })] }), template()) },
  { rule: 'canary-steps', name: 'weights that fall', finds: [`${steps}[2].setWeight`], change: (app) => put(app, canary({ steps: [{ setWeight: 80 }, { pause: {} }, { setWeight: 20 }] })) },
  { rule: 'canary-steps', name: 'pauses that are no durations', finds: [`${steps}[0].pause.duration`, `${steps}[1].pause.duration`], change: (app) => put(app, canary({ steps: [{ pause: { duration: '1d' } }, { pause: { duration: -5 } }] })) },
  { rule: 'canary-steps', name: 'a scale, a header and a mirror without a router', finds: [`${steps}[0].setCanaryScale`, `${steps}[1].setHeaderRoute`, `${steps}[2].setMirrorRoute`], change: (app) => put(app, canary({ steps: [{ setCanaryScale: { replicas: 1 } }, { setHeaderRoute: { name: 'try' } }, { setMirrorRoute: { name: 'copy' } }] })) },
  { rule: 'canary-steps', name: 'a version of an experiment that is neither, twice by one name, with a weight', finds: [`${steps}[0].experiment.templates[0].specRef`, `${steps}[0].experiment.templates[1].name`, `${steps}[0].experiment.templates[1].weight`], change: (app) => put(app, canary({ steps: [{ experiment: { duration: '5m', templates: [{ name: 'a', specRef: 'old' }, { name: 'a', specRef: 'stable', weight: 5 }] } }] })) },
  { rule: 'canary-steps', name: 'weights that rise to the end, and an experiment', finds: [], change: (app) => put(app, canary({ steps: [{ experiment: { duration: '5m', templates: [{ name: 'old', specRef: 'stable' }, { name: 'new', specRef: 'canary' }] } }, { setWeight: 20 }, { setWeight: 20 }, { pause: { duration: '1h' } }, { setWeight: 100 }, { pause: { duration: '60' } }] })) },
  { rule: 'shared-service', name: 'one Service for both versions', finds: ['Rollout spec.strategy.canary.canaryService'], change: (app) => put(app, canary({ stableService: 'live', canaryService: 'live' }), service('live')) },
  { rule: 'shared-service', name: 'one Service for two Rollouts', finds: ['Rollout spec.strategy.canary.stableService'], change: (app) => put(app, referring('one'), referring('other')) },
  { rule: 'shared-service', name: 'a Service for each version', finds: [], change: (app) => Object.assign(app, services('live', 'next'), { rollout: canary({ stableService: 'live', canaryService: 'next' }) }) },
  { rule: 'rollout-services', name: 'a Service of other pods', finds: ['Rollout spec.strategy.canary.canaryService'], change: (app) => put(app, canary({ canaryService: 'web' })) },
  { rule: 'rollout-services', name: 'a Service that waits for the hash of a version', finds: [], change: (app) => put(app, canary({ canaryService: 'next' }), service('next', { 'app': 'api', 'rollouts-pod-template-hash': 'x' })) },
  { rule: 'rollout-services', name: 'the pods of a Deployment that the Rollout refers to', finds: [], change: (app) => put(app, referring('one')) },
  { rule: 'missing-reference', name: 'a Deployment that nobody makes', finds: ['Rollout spec.workloadRef.name'], change: (app) => { const made = referring('one'); at(made, 'spec', 'workloadRef')['name'] = 'wbe'; put(app, made); } },
  { rule: 'missing-reference', name: 'a template of an analysis that nobody makes', finds: [`${steps}[0].analysis.templates[0].templateName`], change: (app) => put(app, canary({ steps: [{ analysis: { templates: [{ templateName: 'rate' }, { templateName: 'of-the-cluster', clusterScope: true }] } }] })) },
  { rule: 'missing-reference', name: 'a template that another names, and one of an experiment', finds: [`${steps}[0].experiment.analyses[0].templateName`, 'AnalysisTemplate spec.templates[0].templateName'], change: (app) => put(app, canary({ steps: [{ experiment: { duration: '5m', templates: [{ name: 'a', specRef: 'canary' }], analyses: [{ name: 'x', templateName: 'gone' }] } }, { setWeight: 20 }, { analysis: use() }] }), template({}, { templates: [{ templateName: 'lost' }] })) },
];
