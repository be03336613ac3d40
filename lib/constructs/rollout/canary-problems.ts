import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import type { PythonAppProps } from '../python-app/props.ts';
import { abilitiesOf, type TrafficRouter } from '../traffic/routers.ts';
import type { BlueGreenRollout } from './blue-green-options.ts';
import type { CanaryRollout } from './canary-options.ts';
import type { RolloutMetadata } from './options.ts';
import type { RolloutPlan } from './plan.ts';

/** Label by which Argo Rollouts tells the pods of versions apart. */
const hashLabel = 'rollouts-pod-template-hash';

/** What is wrong between the options of a rollout. */
export function canaryProblems({ rollout, router, analysis: { identity } }: RolloutPlan, props: Partial<PythonAppProps>, where: string): Problem[] {
  const at = (...path: readonly PropertyKey[]): string => fieldPath(where, ['rollout', ...path]);
  if (rollout.kind === 'blueGreen') return [...metadataProblems(rollout, ['activeMetadata', 'previewMetadata'], identity.selector, at), ...previewProblems(rollout, at)];
  return [
    ...metadataProblems(rollout, ['canaryMetadata', 'stableMetadata'], identity.selector, at),
    ...surgeProblems(rollout, props, at),
    ...routedProblems(rollout, router, at),
    ...stepProblems(rollout, router, at),
  ];
}

type At = (...path: readonly PropertyKey[]) => string;

/** Labels by which pods are selected belong to every version. */
function metadataProblems<Options extends BlueGreenRollout | CanaryRollout>(rollout: Options, fields: readonly (keyof Options & string)[], selector: Readonly<Record<string, string>>, at: At): Problem[] {
  return fields.flatMap((field) => {
    const labels = (rollout[field] as RolloutMetadata | undefined)?.labels ?? {};
    return Object.entries(labels).filter(([key, value]) => key === hashLabel || (selector[key] ?? value) !== value).map(([key]): Problem => ({
      where: at(field, 'labels', key),
      message: `expected a label that only tells versions apart, got one by which ${key === hashLabel ? 'Argo Rollouts itself finds' : 'the app selects'} its pods`,
      fix: 'choose another label',
    }));
  });
}

function previewProblems({ previewService, previewReplicas, previewMetadata, prePromotion }: BlueGreenRollout, at: At): Problem[] {
  if (previewService !== false || prePromotion !== undefined || previewMetadata !== undefined || previewReplicas === undefined) return [];
  return [{ where: at('previewReplicas'), message: 'expected something that looks at the new pods before the switch, got no previewService and no prePromotion', fix: 'leave previewReplicas out, or say one of them' }];
}

function surgeProblems({ maxSurge, maxUnavailable }: CanaryRollout, { bare }: Partial<PythonAppProps>, at: At): Problem[] {
  const none = (value: number | string | undefined): boolean => value === 0 || value === '0%';
  if (!none(maxSurge) || !none(maxUnavailable)) return [];
  return [{ where: at('maxSurge'), message: 'expected a pod more or a pod less in an update, got 0 for both maxSurge and maxUnavailable', fix: bare === true ? 'say more for one of them' : 'leave one of them out' }];
}

/** What only a router makes possible, and what it makes needless. */
function routedProblems(canary: CanaryRollout, router: TrafficRouter, at: At): Problem[] {
  const { ownWeights, pingPong } = abilitiesOf(router);
  const needsRouter = ['abortScaleDownDelay', 'dynamicStableScale', 'minPodsPerReplicaSet', 'scaleDownDelay', 'scaleDownDelayRevisionLimit'] as const;
  const problems: Problem[] = ownWeights ? [] : needsRouter.filter((field) => canary[field] !== undefined && !(field === 'dynamicStableScale' && canary[field] === false)).map((field) => ({
    where: at(field),
    message: `expected ${field} only with a traffic router, got it on a canary by the number of pods`,
    fix: 'leave it out, expose the app by httpRoute(), or say traffic',
  }));
  if (ownWeights && canary.approximate === true) problems.push({ where: at('approximate'), message: `expected approximate only where the number of pods decides, got it with ${router.router}, which makes every weight`, fix: 'leave it out' });
  if (canary.dynamicStableScale === true && canary.scaleDownDelay !== undefined) problems.push({ where: at('scaleDownDelay'), message: 'expected no scaleDownDelay with dynamicStableScale, got both: the running version\'s pods go as traffic moves', fix: 'leave one out' });
  if (canary.pingPong !== true) return problems;
  if (!pingPong) problems.push({ where: at('pingPong'), message: `expected pingPong only with alb() or istio(), got ${router.router}`, fix: 'leave it out, or choose one of them by traffic' });
  for (const field of ['canaryService', 'stableService'] as const) {
    if (canary[field] !== undefined) problems.push({ where: at(field), message: `expected no ${field} with pingPong, got both: two Services take turns`, fix: 'leave one out' });
  }
  return problems;
}

function stepProblems({ steps = [], background }: CanaryRollout, router: TrafficRouter, at: At): Problem[] {
  const most = 'totalWeight' in router ? router.totalWeight ?? 100 : 100;
  const problems = steps.flatMap((step, index): Problem[] => (step.step !== 'weight' || step.weight <= most ? [] : [{
    where: at('steps', index, 'weight'),
    message: `expected a weight from 0 to ${most}, got ${step.weight}`,
    fix: most === 100 ? 'say a percentage' : 'weights add up to the router\'s totalWeight',
  }]));
  const from = background !== undefined && 'from' in background ? background.from ?? 0 : 0;
  if (background !== undefined && from >= steps.length) {
    problems.push({ where: at('background', ...(steps.length === 0 ? [] : ['from'])), message: steps.length === 0 ? 'expected steps during which it runs, got none' : `expected one of the steps 0 to ${steps.length - 1}, got ${from}`, fix: steps.length === 0 ? 'say steps' : 'it runs from that step to the last' });
  }
  return problems;
}
