import type { ICanaryStep } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/CanaryStep';
import type { IRouteMatch } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/RouteMatch';
import type { ISetCanaryScale } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/SetCanaryScale';
import type { IStringMatch } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/StringMatch';
import type { AnalysisFacts } from '../analysis/facts.ts';
import { experimentFor } from './experiment.ts';
import type { CanaryScale, CanaryStep, HeaderMatch, MirrorMatch } from './options.ts';
import { useFor } from './use.ts';

/** A step as a Rollout has it. */
export function stepFor(step: CanaryStep, facts: AnalysisFacts): ICanaryStep {
  switch (step.step) {
    case 'weight': return { setWeight: step.weight };
    case 'pause': return { pause: step.duration === undefined ? {} : { duration: step.duration } };
    case 'analyse': return { analysis: useFor(step, facts) };
    case 'canary-scale': return { setCanaryScale: scaleFor(step.scale) };
    case 'header-route': return { setHeaderRoute: { name: step.name, ...matchesFor(Object.entries(step.headers).map(([headerName, value]) => ({ headerName, headerValue: textMatch(value) }))) } };
    case 'mirror-route': return { setMirrorRoute: { name: step.name, ...matchesFor(step.matches.map(mirrorMatch)), ...(step.percentage !== undefined && { percentage: step.percentage }) } };
    case 'experiment': return { experiment: experimentFor(step, facts) };
    case 'plugin': return { plugin: { name: step.name, ...(Object.keys(step.config).length > 0 && { config: step.config }) } };
    default: return step satisfies never;
  }
}

/** Names of the routes that header and mirror steps make, in the order of the steps, each once. */
export function managedRoutes(steps: readonly CanaryStep[] = []): string[] {
  return [...new Set(steps.flatMap((step) => (step.step === 'header-route' || step.step === 'mirror-route' ? [step.name] : [])))];
}

function scaleFor(scale: CanaryScale): ISetCanaryScale {
  if ('replicas' in scale) return { replicas: scale.replicas };
  return 'weight' in scale ? { weight: scale.weight } : { matchTrafficWeight: true };
}

function matchesFor<Match>(match: Match[]): { match?: Match[] } {
  return match.length === 0 ? {} : { match };
}

function mirrorMatch({ method, path, headers }: MirrorMatch): IRouteMatch {
  return {
    ...(method !== undefined && { method: textMatch(method) }),
    ...(path !== undefined && { path: textMatch(path) }),
    ...(headers !== undefined && { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, textMatch(value)])) }),
  };
}

function textMatch(match: HeaderMatch): IStringMatch {
  return typeof match === 'string' ? { exact: match } : { ...match };
}
