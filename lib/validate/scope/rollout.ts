import { wholeNumber } from '../../rollouts/whole-number.ts';
import { parseDuration } from '../../values/duration.ts';
import { dig, field, isRecord, list, record, text } from '../schemas/plain.ts';
import type { LandedObject, Landing } from './landing.ts';
import type { Workload } from './workload.ts';

/** The kind of a Rollout. */
export const rolloutKind = 'argoproj.io/Rollout';

/** One step of a canary. */
export interface CanaryStepObject {
  readonly value: Readonly<Record<string, unknown>>;
  /** Path of its field. */
  readonly field: string;
}

/** A Service that a Rollout names. */
export interface RolloutService {
  /** Which versions it leads to. */
  readonly role: 'active' | 'canary' | 'ping' | 'pong' | 'preview' | 'stable';
  readonly name: string;
  readonly field: string;
}

/** How many pods a workload runs: between an autoscaler's minimum and maximum, else its replicas. */
export interface ReplicaRange {
  readonly lowest: number;
  readonly highest: number;
  /** Whether an autoscaler decides. */
  readonly scaled: boolean;
}

/** `spec.strategy.canary`, when there is one. */
export function canaryOf(rollout: unknown): Record<string, unknown> | undefined {
  return record(dig(rollout, 'spec', 'strategy'), 'canary');
}

/** `spec.strategy.blueGreen`, when there is one. */
export function blueGreenOf(rollout: unknown): Record<string, unknown> | undefined {
  return record(dig(rollout, 'spec', 'strategy'), 'blueGreen');
}

/** The steps of a canary, in order. */
export function canarySteps(rollout: unknown): CanaryStepObject[] {
  return list(canaryOf(rollout), 'steps').map((step, index) => ({ value: isRecord(step) ? step : {}, field: `spec.strategy.canary.steps[${index}]` }));
}

/** The Services that a Rollout names. */
export function rolloutServices(rollout: unknown): RolloutService[] {
  const strategy = dig(rollout, 'spec', 'strategy');
  const places = [
    ['canary', ['stableService'], 'stable'], ['canary', ['canaryService'], 'canary'], ['canary', ['pingPong', 'pingService'], 'ping'], ['canary', ['pingPong', 'pongService'], 'pong'],
    ['blueGreen', ['activeService'], 'active'], ['blueGreen', ['previewService'], 'preview'],
  ] as const;
  return places.flatMap(([kind, path, role]): RolloutService[] => {
    const name = dig(strategy, kind, ...path);
    return typeof name === 'string' && name !== '' ? [{ role, name, field: ['spec.strategy', kind, ...path].join('.') }] : [];
  });
}

/** How long a pause is in milliseconds; undefined when a person ends it. A duration that is none is 0. */
export function pauseLength(step: unknown): number | undefined {
  const duration = field(field(step, 'pause'), 'duration');
  if (duration === undefined || duration === null) return undefined;
  const seconds = wholeNumber(duration);
  return seconds === undefined ? (parseDuration(String(duration)) ?? 0) : seconds * 1000;
}

/** The pods of a Rollout: its own template's, or those of the workload that it refers to; undefined when that isn't rendered here. */
export function podsOf(rollout: LandedObject, landing: Landing): Workload | undefined {
  const reference = dig(rollout.value, 'spec', 'workloadRef');
  if (!isRecord(reference)) return rollout.workload;
  const apiVersion = text(reference, 'apiVersion') ?? '';
  const kind = text(reference, 'kind') ?? '';
  return landing.find(apiVersion.includes('/') ? `${apiVersion.split('/')[0]}/${kind}` : kind, rollout.namespace, text(reference, 'name') ?? '')?.workload;
}

/** How many pods a workload runs: 1 when nothing says it. */
export function replicaRange(object: LandedObject, landing: Landing): ReplicaRange {
  const scaler = landing.ofKind('autoscaling/HorizontalPodAutoscaler').find(({ value, namespace }) => {
    const target = dig(value, 'spec', 'scaleTargetRef');
    return namespace === object.namespace && dig(target, 'kind') === object.value.kind && dig(target, 'name') === object.name;
  });
  const said = dig(object.value, 'spec', 'replicas');
  const replicas = typeof said === 'number' ? said : 1;
  if (scaler === undefined) return { lowest: replicas, highest: replicas, scaled: false };
  const [least, most] = [dig(scaler.value, 'spec', 'minReplicas'), dig(scaler.value, 'spec', 'maxReplicas')];
  const lowest = typeof least === 'number' ? least : 1;
  return { lowest, highest: typeof most === 'number' ? Math.max(most, lowest) : Math.max(replicas, lowest), scaled: true };
}
