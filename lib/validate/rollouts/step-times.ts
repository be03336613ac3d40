import { parseDuration } from '../../values/duration.ts';
import { wholeNumber } from '../../rollouts/whole-number.ts';
import { dig, list, text } from '../schemas/plain.ts';
import { canaryOf, canarySteps, pauseLength, type CanaryStepObject } from '../scope/rollout.ts';

/** How long the analysis at a field takes in milliseconds; Infinity or undefined where nobody knows. */
export type LengthAt = (field: string) => number | undefined;

/** When the steps of a canary begin, in milliseconds, as far as the steps themselves say: pods that start add to it. Infinity from a step on whose length nobody knows. */
export interface StepTimes {
  /** The beginning of each step, and last the end of all. */
  readonly starts: readonly number[];
  /** When the new version gets its first traffic or pods. */
  readonly traffic: number;
  /** The step with which a background analysis starts. */
  readonly backgroundStep: number;
}

/** When the steps of a Rollout's canary begin. */
export function stepTimes(rollout: unknown, lengthAt: LengthAt): StepTimes {
  const steps = canarySteps(rollout);
  const starts = [0];
  // Without steps the pods are replaced one after the other, in a time that nobody knows.
  if (steps.length === 0) return { starts: [Number.POSITIVE_INFINITY], traffic: 0, backgroundStep: 0 };
  for (const step of steps) starts.push((starts.at(-1) ?? 0) + stepLength(step, lengthAt));
  const first = steps.findIndex(({ value }) => (wholeNumber(value['setWeight']) ?? 0) > 0 || value['setHeaderRoute'] !== undefined || value['setMirrorRoute'] !== undefined);
  const starting = wholeNumber(dig(canaryOf(rollout), 'analysis', 'startingStep')) ?? 0;
  return { starts, traffic: starts[Math.max(first, 0)] ?? 0, backgroundStep: Math.min(Math.max(starting, 0), steps.length) };
}

function stepLength({ value, field }: CanaryStepObject, lengthAt: LengthAt): number {
  if (value['pause'] !== undefined) return pauseLength(value) ?? Number.POSITIVE_INFINITY;
  if (value['analysis'] !== undefined) return lengthAt(`${field}.analysis`) ?? Number.POSITIVE_INFINITY;
  if (value['experiment'] !== undefined) return experimentLength(value['experiment'], `${field}.experiment`, lengthAt);
  return value['plugin'] === undefined ? 0 : Number.POSITIVE_INFINITY;
}

/** An experiment lasts as long as it says, or until the analyses that it requires are done. */
function experimentLength(experiment: unknown, field: string, lengthAt: LengthAt): number {
  const duration = text(experiment, 'duration');
  if (duration !== undefined) return parseDuration(duration) ?? Number.POSITIVE_INFINITY;
  const required = list(experiment, 'analyses').flatMap((analysis, index) => (dig(analysis, 'requiredForCompletion') === true ? [lengthAt(`${field}.analyses[${index}]`) ?? Number.POSITIVE_INFINITY] : []));
  return required.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...required);
}
