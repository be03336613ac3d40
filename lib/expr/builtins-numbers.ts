import { ExprRuntimeError } from './errors.ts';
import { isNumeric, less } from './operators.ts';
import { parseGoFloat, parseGoInt } from './go-numbers.ts';
import { floatToInt, goType, itemsOf, toFloat, wrap, type Value } from './value.ts';

/** Functions on numbers and on lists of numbers. */
export const aggregates: Readonly<Record<string, (...args: readonly Value[]) => Value>> = {
  abs: (of = null) => {
    if (typeof of === 'bigint') return of < 0n ? wrap(-of) : of;
    if (typeof of === 'number') return of < 0 ? -of : of;
    throw new ExprRuntimeError(`invalid argument for abs (type ${goType(of)})`);
  },
  ceil: (of = null) => rounded('ceil', of, Math.ceil),
  floor: (of = null) => rounded('floor', of, Math.floor),
  round: (of = null) => rounded('round', of, (value) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5)),
  int: (of = null) => {
    if (typeof of === 'bigint') return of;
    if (typeof of === 'number') return floatToInt(of);
    const parsed = typeof of === 'string' ? parseGoInt(of) : undefined;
    if (parsed === undefined) throw new ExprRuntimeError(`invalid operation: int(${typeof of === 'string' ? of : goType(of)})`);
    return parsed;
  },
  float: (of = null) => {
    if (isNumeric(of)) return toFloat(of);
    const parsed = typeof of === 'string' ? parseGoFloat(of) : undefined;
    if (parsed === undefined) throw new ExprRuntimeError(`invalid operation: float(${typeof of === 'string' ? of : goType(of)})`);
    return parsed;
  },
  max: (...args) => extreme('max', args, (kept, value) => less(kept, value)),
  min: (...args) => extreme('min', args, (kept, value) => less(value, kept)),
  mean: (...args) => {
    const values = numbersIn('mean', args);
    return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  },
  median: (...args) => {
    const values = numbersIn('median', args).sort((a, b) => a - b);
    const middle = values[Math.floor(values.length / 2)];
    if (middle === undefined) return 0;
    return values.length % 2 === 1 ? middle : ((values[values.length / 2 - 1] ?? 0) + middle) / 2;
  },
  bitand: (a, b) => whole(a) & whole(b),
  bitor: (a, b) => whole(a) | whole(b),
  bitxor: (a, b) => whole(a) ^ whole(b),
  bitnand: (a, b) => whole(a) & ~whole(b),
  bitshl: (a, b) => shifted(whole(a), whole(b), (value, by) => (by > 63n ? 0n : wrap(value << by))),
  bitshr: (a, b) => shifted(whole(a), whole(b), (value, by) => value >> (by > 63n ? 63n : by)),
  bitushr: (a, b) => shifted(whole(a), whole(b), (value, by) => (by > 63n ? 0n : wrap(BigInt.asUintN(64, value) >> by))),
  bitnot: (a) => ~whole(a),
};

function rounded(name: string, value: Value, round: (value: number) => number): number {
  if (!isNumeric(value)) throw new ExprRuntimeError(`invalid argument for ${name} (type ${goType(value)})`);
  return typeof value === 'bigint' ? Number(value) : round(value);
}

function extreme(name: string, args: readonly Value[], replaces: (kept: Value, value: Value) => boolean): Value {
  let kept: Value = null;
  for (const arg of args) {
    const items = itemsOf(arg);
    if (items === undefined && !isNumeric(arg)) {
      if (args.length === 1) return arg;
      throw new ExprRuntimeError(`invalid argument for ${name} (type ${goType(arg)})`);
    }
    for (const item of items ?? [arg]) {
      const value = items === undefined ? item : extreme(name, [item], replaces);
      if (!isNumeric(value)) throw new ExprRuntimeError(`invalid argument for ${name} (type ${goType(value)})`);
      if (kept === null || replaces(kept, value)) kept = value;
    }
  }
  return kept;
}

function numbersIn(name: string, args: readonly Value[]): number[] {
  return args.flatMap((arg) => {
    const items = itemsOf(arg);
    if (items !== undefined) return numbersIn(name, items);
    if (!isNumeric(arg)) throw new ExprRuntimeError(`invalid argument for ${name} (type ${goType(arg)})`);
    return [toFloat(arg)];
  });
}

function whole(value: Value | undefined): bigint {
  if (typeof value === 'bigint') return value;
  throw new ExprRuntimeError(`cannot use ${goType(value ?? null)} as argument (type int)`);
}

function shifted(value: bigint, by: bigint, shift: (value: bigint, by: bigint) => bigint): bigint {
  if (by < 0n) throw new ExprRuntimeError(`invalid operation: negative shift count ${by} (type int)`);
  return shift(value, by);
}
