import { z } from 'zod';
import { checkedText, describeValue } from '../../model/schema.ts';
import { durationProblem, parseDuration } from '../../values/duration.ts';
import { annotationsSchema, checkedValue, labelsSchema } from '../network/fields.ts';
import { formsBy } from '../network/forms.ts';
import type { RolloutMetadata } from './options.ts';
import type { ShapeOf } from '../python-app/container-schema.ts';

/** Longest length of time in seconds that the fields hold: 32 bits. */
const longest = 2 ** 31 - 1;

/** A duration in whole seconds, no shorter than a number of them. */
export function wholeSecondsSchema(least: number) {
  return checkedText((text) => {
    const milliseconds = parseDuration(text);
    if (milliseconds === undefined) return durationProblem(text);
    const seconds = milliseconds / 1000;
    return Number.isInteger(seconds) && seconds >= least && seconds <= longest ? undefined : `expected whole seconds, at least ${least}s, got ${describeValue(text)}`;
  });
}

/** A duration, or what a function says of anything else. */
export function durationOr<T>(duration: z.ZodType<T & string>, otherwise: (value: unknown) => string | undefined) {
  return formsBy<T>((value) => (typeof value === 'string' ? duration : otherwise(value)));
}

/** A count of pods, or a share of them. */
export const podCountSchema = checkedValue<number | string>((value) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10_000) return undefined;
  return typeof value === 'string' && /^(100|[1-9]?[0-9])%$/.test(value) ? undefined : `expected a count or a percentage such as 25%, got ${describeValue(value)}`;
});

/** A share in percent. */
export const percentSchema = z.int().min(0).max(100);

/** Labels and annotations. */
export const rolloutMetadataSchema = z.strictObject({
  labels: labelsSchema.optional(),
  annotations: annotationsSchema.optional(),
} satisfies ShapeOf<RolloutMetadata>);
