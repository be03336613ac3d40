import { canaryReplicas, surgeOf } from '../../rollouts/replica-counts.ts';
import { wholeNumber } from '../../rollouts/whole-number.ts';
import { dig, isRecord, list, record } from '../schemas/plain.ts';
import { blueGreenOf, canaryOf, canarySteps } from '../scope/rollout.ts';

/** The most pods that a Rollout runs while it rolls out. */
export interface PeakPods {
  readonly pods: number;
  /** Of what they are, such as `6 running and 6 new`. */
  readonly parts: string;
}

/** The most pods of a Rollout with so many replicas: of the running and the new version together, and of experiments. */
export function peakPods(rollout: unknown, replicas: number): PeakPods {
  const canary = canaryOf(rollout);
  if (canary === undefined) return blueGreenOf(rollout) === undefined ? peak(replicas, 0, 0) : peak(replicas, replicas, 0);
  const routing = record(canary, 'trafficRouting');
  const surge = surgeOf(replicas, podCount(canary['maxSurge']));
  const most = wholeNumber(dig(routing, 'maxTrafficWeight')) ?? 100;
  const share = (weight: number): number => Math.ceil((replicas * weight) / most);
  const dynamic = canary['dynamicStableScale'] === true;
  let weight = 0;
  let scale: number | undefined;
  let found = peak(replicas, 0, 0);
  const consider = (fresh: number, running: number, trial: number): void => {
    if (fresh + running + trial > found.pods) found = peak(running, fresh, trial);
  };
  for (const { value } of [...canarySteps(rollout), { value: { setWeight: most } as Readonly<Record<string, unknown>> }]) {
    const next = wholeNumber(value['setWeight']);
    const running = dynamic ? share(most - weight) : replicas;
    weight = next ?? weight;
    if (isRecord(value['setCanaryScale'])) scale = scaled(value['setCanaryScale'], share);
    if (value['setWeight'] === most) scale = undefined;
    const trial = list(value['experiment'], 'templates').reduce<number>((sum, template) => sum + (wholeNumber(dig(template, 'replicas')) ?? 1), 0);
    if (routing !== undefined) consider(scale ?? share(weight), running, trial);
    else {
      const held = canaryReplicas(replicas, weight, surge);
      consider(held.canary, held.total - held.canary, trial);
    }
  }
  // Pods are replaced one after the other: as many more as the surge allows.
  if (routing === undefined) consider(surge, replicas, 0);
  return found;
}

function scaled(step: unknown, share: (weight: number) => number): number | undefined {
  const replicas = wholeNumber(dig(step, 'replicas'));
  const weight = wholeNumber(dig(step, 'weight'));
  return replicas ?? (weight === undefined ? undefined : share(weight));
}

function peak(running: number, fresh: number, trial: number): PeakPods {
  const parts = [[running, 'running'], [fresh, 'new'], [trial, 'of an experiment']] as const;
  return { pods: running + fresh + trial, parts: parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`).join(' and ') };
}

function podCount(value: unknown): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}
