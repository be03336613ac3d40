import { ExprRuntimeError, ExprUnknown } from './errors.ts';
import { apply, equal, less } from './operators.ts';
import { goType, type Value } from './value.ts';

type Each = (item: Value, names: Readonly<Record<string, Value>>) => Value;
type OverItems = (items: readonly Value[], each: Each, extra: (() => Value) | undefined) => Value;

const none = {};

/** Functions that run a predicate for the items of a list. */
export const overItems: Readonly<Record<string, OverItems>> = {
  all: (items, each) => items.every((item) => isTrue(each(item, none))),
  none: (items, each) => items.every((item) => !isTrue(each(item, none))),
  any: (items, each) => items.some((item) => isTrue(each(item, none))),
  one: (items, each) => items.filter((item) => isTrue(each(item, none))).length === 1,
  filter: (items, each) => items.filter((item) => isTrue(each(item, none))),
  map: (items, each) => items.map((item, index) => each(item, { index: BigInt(index) })),
  count: (items, each) => BigInt(items.filter((item) => isTrue(each(item, none))).length),
  sum: (items, each) => items.reduce<Value>((sum, item) => apply('+', each(item, none), sum), 0n),
  find: (items, each) => items.find((item) => isTrue(each(item, none))) ?? null,
  findIndex: (items, each) => indexOrNil(items.findIndex((item) => isTrue(each(item, none)))),
  findLast: () => notRun('findLast leaves a value behind in the release that the controller uses, which upsets what stands around it'),
  findLastIndex: () => notRun('findLastIndex leaves a value behind in the release that the controller uses, which upsets what stands around it'),
  groupBy: () => notRun('groupBy makes a map whose keys are of any type'),
  sortBy: (items, each, extra) => {
    const order = extra === undefined ? 'asc' : extra();
    if (order !== 'asc' && order !== 'desc') throw new ExprRuntimeError('unknown order, use asc or desc');
    return sorted(items.map((item) => ({ item, by: each(item, none) })), order === 'desc');
  },
  reduce: (items, each, extra) => {
    if (extra !== undefined) return items.reduce<Value>((acc, item, index) => each(item, { acc, index: BigInt(index) }), extra());
    const [first, ...rest] = items;
    if (first === undefined) throw new ExprRuntimeError('reduce of empty array with no initial value');
    return rest.reduce<Value>((acc, item, index) => each(item, { acc, index: BigInt(index + 1) }), first);
  },
};

/** Sorts as far as the order is certain: Go's sort doesn't keep equals in place, so equals that differ are not foretold. */
export function sorted(entries: readonly { readonly item: Value; readonly by: Value }[], descending: boolean): Value {
  const compare = (a: Value, b: Value): number => (less(a, b) ? -1 : less(b, a) ? 1 : 0);
  const result = [...entries].sort((a, b) => (descending ? compare(b.by, a.by) : compare(a.by, b.by)));
  result.forEach((entry, index) => {
    const before = result[index - 1];
    if (before !== undefined && compare(before.by, entry.by) === 0 && !equal(before.item, entry.item)) throw new ExprUnknown('the order of equal items can\'t be foretold');
  });
  return result.map(({ item }) => item);
}

function notRun(why: string): never {
  throw new ExprUnknown(`${why}: Slipway doesn't run it`);
}

function indexOrNil(index: number): Value {
  return index < 0 ? null : BigInt(index);
}

function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new ExprRuntimeError(`interface conversion: interface {} is ${goType(value)}, not bool`);
}
