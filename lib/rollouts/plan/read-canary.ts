import { at, fieldsAt, listAt, textAt, type Fields } from '../../values/fields.ts';
import { maxUnavailableOf, surgeOf, type PodCount } from '../replica-counts.ts';
import { wholeNumber } from '../whole-number.ts';
import { analysisAt, durationAt, secondsAt, type Reader } from './reader.ts';
import { readExperiment } from './read-experiment.ts';
import type { AbortDelay, CanaryPlan, CanaryScale, PlannedStep } from './rollout-plan.ts';

/** How long pods stay where nothing is said. */
export const defaultDelay = 30;

/** Reads a canary. */
export function readCanary(reader: Reader, canary: Fields, replicas: number): CanaryPlan {
  const routing = canary['trafficRouting'];
  const isRouted = routing !== undefined && routing !== null;
  const threshold = fieldsAt(canary, 'replicaProgressThreshold');
  const background = analysisAt(reader, canary['analysis'], 'spec.strategy.canary.analysis');
  const surge = podCount(canary['maxSurge']);
  return {
    kind: 'canary',
    steps: listAt(canary, 'steps').flatMap((step, index) => readStep(reader, fieldsAt(step), isRouted, `spec.strategy.canary.steps[${index}]`) ?? []),
    isRouted,
    maxWeight: wholeNumber(at(routing, 'maxTrafficWeight')) ?? 100,
    ...(background !== undefined && { background: { analysis: background, fromStep: wholeNumber(at(canary, 'analysis', 'startingStep')) ?? 0 } }),
    surge: surgeOf(replicas, surge),
    unavailable: maxUnavailableOf(replicas, podCount(canary['maxUnavailable']), surge),
    isDynamic: canary['dynamicStableScale'] === true,
    minPods: isRouted ? Math.min(wholeNumber(canary['minPodsPerReplicaSet']) ?? 0, replicas) : 0,
    ...((wholeNumber(threshold['value']) ?? -1) >= 0 && { threshold: { share: textAt(threshold, 'type') === 'Percentage', value: wholeNumber(threshold['value']) ?? 0 } }),
    abortDelay: isRouted ? abortDelayAt(canary) : { after: 0, isSaid: false },
    scaleDownDelay: { after: isRouted ? secondsAt(canary, 'scaleDownDelaySeconds', defaultDelay) : 0, revisions: wholeNumber(canary['scaleDownDelayRevisionLimit']) ?? Infinity },
  };
}

/** `abortScaleDownDelaySeconds`. */
export function abortDelayAt(strategy: Fields): AbortDelay {
  const said = wholeNumber(strategy['abortScaleDownDelaySeconds']);
  return said === 0 ? { isSaid: true } : { after: (said ?? defaultDelay) * 1000, isSaid: said !== undefined };
}

function podCount(value: unknown): PodCount | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

function readStep(reader: Reader, step: Fields, isRouted: boolean, field: string): PlannedStep | undefined {
  const [kind, another] = Object.keys(step);
  if (another !== undefined) reader.problems.push({ where: field, message: `expected one thing in a step, got ${Object.keys(step).join(' and ')}: the controller refuses it`, fix: 'make them two steps' });
  switch (kind) {
    case 'setWeight': {
      const weight = wholeNumber(step['setWeight']) ?? 0;
      return { kind: 'weight', weight, label: `set weight ${weight}${isRouted ? '' : ' by pods'}` };
    }
    case 'setCanaryScale': return readScale(reader, fieldsAt(step, 'setCanaryScale'), isRouted, field);
    case 'pause': {
      const said = at(step, 'pause', 'duration');
      const duration = durationAt(reader, said, `${field}.pause.duration`);
      return duration === undefined ? { kind: 'pause', label: 'pause until a person goes on' } : { kind: 'pause', duration, label: `pause ${String(said)}${wholeNumber(said) === undefined ? '' : 's'}` };
    }
    case 'analysis': return { kind: 'analysis', label: 'analyse', analysis: analysisAt(reader, step['analysis'], `${field}.analysis`) ?? noAnalysis(reader, `${field}.analysis`) };
    case 'experiment': return { kind: 'experiment', label: 'experiment', experiment: readExperiment(reader, fieldsAt(step, 'experiment'), `${field}.experiment`) };
    case 'setHeaderRoute': return readRoute(reader, 'header route', fieldsAt(step, 'setHeaderRoute'), isRouted, field);
    case 'setMirrorRoute': return readRoute(reader, 'mirror route', fieldsAt(step, 'setMirrorRoute'), isRouted, field);
    default:
      reader.problems.push({ where: field, message: `cannot simulate a step of ${kind ?? 'nothing'}`, fix: 'try it on a real controller: Slipway never guesses what a step does that it doesn\'t know' });
      return undefined;
  }
}

function noAnalysis(reader: Reader, where: string): { readonly metrics: readonly [] } {
  reader.problems.push({ where, message: 'expected a template, got none: the step would never end', fix: 'name one' });
  return { metrics: [] };
}

function readRoute(reader: Reader, kind: string, route: Fields, isRouted: boolean, where: string): PlannedStep {
  if (!isRouted) reader.problems.push({ where, message: `expected a traffic router for a ${kind}, got none: the controller refuses it`, fix: 'add trafficRouting' });
  const name = textAt(route, 'name') ?? '';
  return { kind: 'route', label: listAt(route, 'match').length === 0 ? `remove ${kind} ${name}` : `${kind} ${name}` };
}

function readScale(reader: Reader, said: Fields, isRouted: boolean, where: string): PlannedStep {
  if (!isRouted) reader.problems.push({ where, message: 'expected a traffic router for setCanaryScale, got none: the controller refuses it', fix: 'add trafficRouting' });
  const [replicas, weight] = [wholeNumber(said['replicas']), wholeNumber(said['weight'])];
  const scale: CanaryScale = said['matchTrafficWeight'] === true ? 'match-traffic' : replicas !== undefined ? { replicas } : weight !== undefined ? { weight } : 'match-traffic';
  const label = scale === 'match-traffic' ? 'as its weight wants' : 'replicas' in scale ? `to ${scale.replicas} pods` : `to ${scale.weight} %`;
  return { kind: 'scale', scale, label: `scale the canary ${label}` };
}
