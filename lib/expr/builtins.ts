import { aggregates } from './builtins-numbers.ts';
import { texts } from './builtins-text.ts';
import { ExprRuntimeError, ExprUnknown } from './errors.ts';
import { equal, fetch } from './operators.ts';
import { sorted } from './over-items.ts';
import { fromJson, goType, itemsOf, kindOf, type Value, type ValueKind } from './value.ts';

type Builtin = (...args: readonly Value[]) => Value;

/** Runs one of the language's own functions. @throws ExprRuntimeError; ExprUnknown */
export function callBuiltin(name: string, args: readonly Value[]): Value {
  const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  if (builtin === undefined) throw new ExprUnknown(`what ${name} gives can't be foretold`);
  return builtin(...args);
}

/** Whether Slipway can run a function of the language. */
export function isRunnable(name: string): boolean {
  return Object.hasOwn(builtins, name);
}

const typeNames: Readonly<Record<ValueKind, string>> = { nil: 'nil', bool: 'bool', int: 'int', float: 'float', string: 'string', array: 'array', floats: 'array', map: 'map', function: 'func' };

const builtins: Readonly<Record<string, Builtin>> = {
  ...aggregates,
  ...texts,
  len: (of = null) => {
    const length = itemsOf(of)?.length ?? (of instanceof Map ? of.size : typeof of === 'string' ? [...of].length : undefined);
    if (length === undefined) throw new ExprRuntimeError(`invalid argument for len (type ${goType(of)})`);
    return BigInt(length);
  },
  type: (of = null) => typeNames[kindOf(of)],
  first: (of = null) => edge(of, 0n),
  last: (of = null) => edge(of, -1n),
  get: (from = null, key = null) => {
    if (from === null) return null;
    if (itemsOf(from) === undefined && typeof from !== 'string') return from instanceof Map ? fetch(from, key) : null;
    try {
      return fetch(from, key);
    } catch (error) {
      if (error instanceof ExprRuntimeError && error.message.startsWith('index out of range')) return null;
      throw error;
    }
  },
  take: (of = null, count = null) => {
    if (typeof count !== 'bigint') throw new ExprRuntimeError(`cannot take ${goType(count)} elements`);
    const items = listOf(of, 'take from');
    if (count < 0n) throw new ExprRuntimeError('reflect.Value.Slice: slice index out of bounds');
    return items.slice(0, Number(count));
  },
  keys: (of = null) => certain([...mapOf(of, 'get keys from').keys()]),
  values: (of = null) => certain([...mapOf(of, 'get values from').values()]),
  toPairs: (of = null) => certain([...mapOf(of, 'transform to pairs')].map(([key, value]) => [key, value])),
  fromPairs: (of = null) => new Map(listOf(of, 'transform from pairs').map((pair) => {
    const [key, value, more] = itemsOf(pair) ?? [];
    if (typeof key !== 'string') throw new ExprUnknown('a map whose keys are no texts isn\'t run');
    if (value === undefined || more !== undefined) throw new ExprRuntimeError('invalid pair length');
    return [key, value] as const;
  })),
  reverse: (of = null) => [...listOf(of, 'reverse')].reverse(),
  uniq: (of = null) => listOf(of, 'uniq').reduce<Value[]>((kept, item) => (kept.some((each) => equal(item, each)) ? kept : [...kept, item]), []),
  concat: (...lists) => {
    const items = lists.flatMap((list) => [...listOf(list, 'concat')]);
    if (items.length === 0) throw new ExprUnknown('concat of nothing gives a list that is nil: Slipway doesn\'t tell the two apart');
    return items;
  },
  flatten: (of = null) => flat(listOf(of, 'flatten')),
  sort: (of = null, order = 'asc') => {
    if (order !== 'asc' && order !== 'desc') throw new ExprRuntimeError(`invalid order ${String(order)}, expected asc or desc`);
    return sorted((itemsOf(of) ?? []).map((item) => ({ item, by: item })), order === 'desc');
  },
  fromJSON: (of = null) => {
    try {
      return fromJson(JSON.parse(textOf(of)));
    } catch (error) {
      throw new ExprRuntimeError(error instanceof Error ? error.message : String(error));
    }
  },
};

function edge(of: Value, index: bigint): Value {
  const items = itemsOf(of);
  if (items === undefined && typeof of !== 'string') return null;
  try {
    return fetch(of, index);
  } catch (error) {
    // Where there is nothing, nil is had instead of an error.
    if (error instanceof ExprRuntimeError) return null;
    throw error;
  }
}

function listOf(value: Value, verb: string): readonly Value[] {
  const items = itemsOf(value);
  if (items === undefined) throw new ExprRuntimeError(`cannot ${verb} ${goType(value)}`);
  return items;
}

function mapOf(value: Value, verb: string): ReadonlyMap<string, Value> {
  if (!(value instanceof Map)) throw new ExprRuntimeError(`cannot ${verb} ${goType(value)}`);
  return value as ReadonlyMap<string, Value>;
}

/** Go walks over a map in any order. */
function certain(items: readonly Value[]): Value {
  if (items.length > 1) throw new ExprUnknown('the order of a map\'s keys can\'t be foretold');
  return items;
}

function flat(items: readonly Value[]): readonly Value[] {
  return items.flatMap((item) => {
    const inner = itemsOf(item);
    return inner === undefined ? [item] : [...flat(inner)];
  });
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  throw new ExprRuntimeError(`interface conversion: interface {} is ${goType(value)}, not string`);
}
