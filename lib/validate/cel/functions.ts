import { compilePattern } from '../schemas/pattern.ts';
import { isRecord } from '../schemas/plain.ts';
import { Duration, parseDuration } from './duration.ts';
import { CelEvaluationError } from './errors.ts';

type Function = (...given: readonly unknown[]) => unknown;

function text(value: unknown): string {
  if (typeof value !== 'string') throw new CelEvaluationError(`expected a string, got ${typeof value}`);
  return value;
}

function items(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new CelEvaluationError(`expected a list, got ${typeof value}`);
  return value;
}

function whole(value: unknown): number {
  if (typeof value !== 'number') throw new CelEvaluationError(`expected a number, got ${typeof value}`);
  return value;
}

function size(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (isRecord(value)) return Object.keys(value).length;
  throw new CelEvaluationError(`size() does not take ${typeof value}`);
}

/** The functions that CEL and Kubernetes bring and that Slipway knows; a method gets its object first. */
export const functions: Readonly<Record<string, Function>> = {
  size,
  contains: (of, part) => text(of).includes(text(part)),
  startsWith: (of, part) => text(of).startsWith(text(part)),
  endsWith: (of, part) => text(of).endsWith(text(part)),
  matches: (of, pattern) => compilePattern(text(pattern)).test(text(of)),
  split: (of, separator) => text(of).split(text(separator)),
  join: (of, separator = '') => items(of).map(text).join(text(separator)),
  lowerAscii: (of) => text(of).replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  upperAscii: (of) => text(of).replace(/[a-z]/g, (letter) => letter.toUpperCase()),
  trim: (of) => text(of).trim(),
  replace: (of, from, to) => text(of).replaceAll(text(from), () => text(to)),
  substring: (of, from, to) => [...text(of)].slice(whole(from), to === undefined ? undefined : whole(to)).join(''),
  indexOf: (of, part) => (Array.isArray(of) ? of.indexOf(part) : text(of).indexOf(text(part))),
  int: (value) => Math.trunc(Number(value)),
  double: (value) => Number(value),
  string: (value) => (value instanceof Duration ? value.text : String(value)),
  duration: (value) => parseDuration(text(value)),
  isSorted: (of) => items(of).every((item, at, all) => at === 0 || whole(all[at - 1]) <= whole(item)),
  isURL: (value) => URL.canParse(text(value)),
};
