import { z } from 'zod';
import { checkedText, describeValue } from '../../model/schema.ts';
import { labelKeyProblem, labelValueProblem, portNameProblem } from '../../values/names.ts';
import { cidrProblem } from './cidr.ts';

/** A port's number. */
export const portSchema = z.int().min(1).max(65535);
/** A network in CIDR notation. */
export const cidrSchema = checkedText(cidrProblem);
/** A port of pods: its name or its number. */
export const portReferenceSchema = checkedValue<number | string>((value) => {
  if (typeof value === 'string') return portNameProblem(value);
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535
    ? undefined
    : `expected the name or the number (1 to 65535) of a port, got ${describeValue(value)}`;
});
/** Labels. */
export const labelsSchema = z.record(checkedText(labelKeyProblem), checkedText(labelValueProblem));
/** Annotations. */
export const annotationsSchema = z.record(checkedText(labelKeyProblem), z.string());
/** Labels that select something: none would select everything. */
export const selectorSchema = labelsSchema.refine((labels) => Object.keys(labels).length > 0, { error: 'expected at least one label' });

/** A value that a checking function accepts; the function's answer is the message. */
export function checkedValue<T>(problem: (value: unknown) => string | undefined) {
  return z.custom<T>().superRefine((value, context) => {
    const message = problem(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}
