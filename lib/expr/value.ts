import { ExprRuntimeError } from './errors.ts';

/** A function of the environment. */
export type ValueFunction = (...args: readonly Value[]) => Value;

/** A value while an expression runs. Whole numbers are bigints of 64 bits, floating ones numbers; a list of floating numbers as metrics give it is told apart. */
export type Value = null | boolean | bigint | number | string | readonly Value[] | Floats | ReadonlyMap<string, Value> | ValueFunction;

/** A list of floating numbers: Go's `[]float64`. */
export class Floats {
  readonly items: readonly number[];

  constructor(items: readonly number[]) {
    this.items = items;
  }
}

/** What a value is. */
export type ValueKind = 'nil' | 'bool' | 'int' | 'float' | 'string' | 'array' | 'floats' | 'map' | 'function';

export function kindOf(value: Value): ValueKind {
  switch (typeof value) {
    case 'boolean': return 'bool';
    case 'bigint': return 'int';
    case 'number': return 'float';
    case 'string': return 'string';
    case 'function': return 'function';
    default:
      if (value === null) return 'nil';
      if (value instanceof Floats) return 'floats';
      return Array.isArray(value) ? 'array' : 'map';
  }
}

/** The items of a list, of either sort; undefined for anything else. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value instanceof Floats) return value.items;
  return Array.isArray(value) ? value as readonly Value[] : undefined;
}

/** A value of JSON: numbers are floating, objects are maps. */
export function fromJson(value: unknown): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === 'object') return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]));
  throw new TypeError(`expected a value of JSON, got a ${typeof value}`);
}

/** The name of a value's type, as messages give it. */
export function goType(value: Value): string {
  return names[kindOf(value)];
}

const names: Readonly<Record<ValueKind, string>> = {
  nil: '<nil>', bool: 'bool', int: 'int', float: 'float64', string: 'string', array: '[]interface {}', floats: '[]float64', map: 'map[string]interface {}', function: 'func',
};

/** A whole number out of any number, as Go converts it: towards zero, and to the smallest where it doesn't fit. */
export function toInt(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return floatToInt(value);
  throw new ExprRuntimeError(`invalid operation: int(${goType(value)})`);
}

export function floatToInt(value: number): bigint {
  return Number.isNaN(value) || Math.abs(value) >= 2 ** 63 ? -(2n ** 63n) : BigInt(Math.trunc(value));
}

export function toFloat(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw new ExprRuntimeError(`invalid operation: float(${goType(value)})`);
}

/** Keeps 64 bits of a whole number, as Go does. */
export function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
