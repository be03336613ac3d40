import { anyArray, anything, float, int, string, type Nature } from './nature.ts';

/** One form of a function. */
export interface Signature {
  readonly parameters: readonly Nature[];
  readonly result: Nature;
}

const strings: Nature = { kind: 'array', go: 'string', item: string };
const ints: Nature = { kind: 'array', go: 'int', item: int };
const floats: Nature = { kind: 'array', go: 'float', item: float };
const bool: Nature = { kind: 'bool' };

const of = (result: Nature, ...parameters: readonly Nature[]): Signature => ({ parameters, result });
const sorts = [anyArray, ints, floats, strings];
const bits = [of(int, int, int)];

/** The forms of functions whose arguments are checked against fixed types; the first that fits is taken. */
export const signatures: Readonly<Record<string, readonly Signature[]>> = {
  type: [of(string, anything)],
  string: [of(string, anything)],
  trim: [of(string, string), of(string, string, string)],
  trimPrefix: [of(string, string, string), of(string, string)],
  trimSuffix: [of(string, string, string), of(string, string)],
  upper: [of(string, string)],
  lower: [of(string, string)],
  split: [of(strings, string, string), of(strings, string, string, int)],
  splitAfter: [of(strings, string, string), of(strings, string, string, int)],
  replace: [of(string, string, string, string, int), of(string, string, string, string)],
  repeat: [of(string, string, int)],
  join: [of(string, strings, string), of(string, anyArray, string), of(string, anyArray), of(string, strings)],
  indexOf: [of(int, string, string)],
  lastIndexOf: [of(int, string, string)],
  hasPrefix: [of(bool, string, string)],
  hasSuffix: [of(bool, string, string)],
  toJSON: [of(string, anything)],
  fromJSON: [of(anything, string)],
  toBase64: [of(string, string)],
  fromBase64: [of(string, string)],
  duration: [of({ kind: 'duration' }, string)],
  timezone: [of({ kind: 'location' }, string)],
  sort: [...sorts.map((list) => of(anyArray, list, string)), ...sorts.map((list) => of(anyArray, list))],
  bitand: bits,
  bitor: bits,
  bitxor: bits,
  bitnand: bits,
  bitshl: bits,
  bitshr: bits,
  bitushr: bits,
  bitnot: [of(int, int)],
};
