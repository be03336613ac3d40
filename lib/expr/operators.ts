import { ExprRuntimeError, ExprUnknown } from './errors.ts';
import { power } from './power.ts';
import { floatToInt, Floats, goType, itemsOf, kindOf, toFloat, wrap, type Value } from './value.ts';

/** Whether two values are equal: numbers by their value, lists item by item. */
export function equal(left: Value, right: Value): boolean {
  if (isNumeric(left) && isNumeric(right)) return typeof left === 'bigint' && typeof right === 'bigint' ? left === right : toFloat(left) === toFloat(right);
  const a = itemsOf(left);
  const b = itemsOf(right);
  if (a !== undefined && b !== undefined) {
    const typed = left instanceof Floats || right instanceof Floats;
    return a.length === b.length && a.every((item, index) => (typed ? equalNumber(item, b[index] ?? null) : equal(item, b[index] ?? null)));
  }
  if (left instanceof Map && right instanceof Map) return deepEqual(left, right);
  return left === right;
}

function equalNumber(left: Value, right: Value): boolean {
  return isNumeric(left) && isNumeric(right) ? toFloat(left) === toFloat(right) : equal(left, right);
}

/** Inside of maps, 1 and 1.0 differ. */
function deepEqual(left: Value, right: Value): boolean {
  if (left instanceof Map && right instanceof Map) {
    return left.size === right.size && [...left as ReadonlyMap<string, Value>].every(([key, value]) => right.has(key) && deepEqual(value, (right as ReadonlyMap<string, Value>).get(key) ?? null));
  }
  const a = itemsOf(left);
  const b = itemsOf(right);
  if (a !== undefined && b !== undefined) return kindOf(left) === kindOf(right) && a.length === b.length && a.every((item, index) => deepEqual(item, b[index] ?? null));
  return left === right;
}

/** Whether a comes before b: numbers and texts only. */
export function less(left: Value, right: Value, operator = '<'): boolean {
  if (isNumeric(left) && isNumeric(right)) return typeof left === 'bigint' && typeof right === 'bigint' ? left < right : toFloat(left) < toFloat(right);
  if (typeof left === 'string' && typeof right === 'string') return compareBytes(left, right) < 0;
  throw new ExprRuntimeError(`invalid operation: ${goType(left)} ${operator} ${goType(right)}`);
}

/** Go compares texts byte by byte in UTF-8, which is by code point. */
export function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** The value of an operator with two operands that are both had. */
export function apply(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case '==': return equal(left, right);
    case '!=': return !equal(left, right);
    case '<': return less(left, right);
    case '>': return less(right, left, '>');
    case '<=': return isNan(left, right) ? false : !less(right, left, '<=');
    case '>=': return isNan(left, right) ? false : !less(left, right, '>=');
    case '+': return typeof left === 'string' && typeof right === 'string' ? left + right : arithmetic(operator, left, right);
    case '/': return numbers(operator, left, right, (a, b) => a / b);
    case '**':
    case '^': return power(toFloat(left), toFloat(right));
    case '%': return modulo(left, right);
    default: return arithmetic(operator, left, right);
  }
}

const whole: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = { '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b };
const floating: Readonly<Record<string, (a: number, b: number) => number>> = { '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b };

function arithmetic(operator: string, left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return wrap(whole[operator]?.(left, right) ?? 0n);
  return numbers(operator, left, right, floating[operator] ?? (() => Number.NaN));
}

function numbers(operator: string, left: Value, right: Value, compute: (a: number, b: number) => number): number {
  if (!isNumeric(left) || !isNumeric(right)) throw new ExprRuntimeError(`invalid operation: ${goType(left)} ${operator} ${goType(right)}`);
  return compute(toFloat(left), toFloat(right));
}

function modulo(left: Value, right: Value): bigint {
  if (typeof left !== 'bigint' || typeof right !== 'bigint') throw new ExprRuntimeError(`invalid operation: ${goType(left)} % ${goType(right)}`);
  if (right === 0n) throw new ExprRuntimeError('runtime error: integer divide by zero');
  return left % right;
}

export function negate(value: Value): Value {
  if (typeof value === 'bigint') return wrap(-value);
  if (typeof value === 'number') return -value;
  throw new ExprRuntimeError(`invalid operation: - ${goType(value)}`);
}

/** Whether a list or a map has something. */
export function contains(needle: Value, where: Value): boolean {
  if (where === null) return false;
  const items = itemsOf(where);
  if (items !== undefined) return items.some((item) => equal(item, needle));
  if (where instanceof Map) {
    if (needle === null) return (where as ReadonlyMap<string, Value>).has('');
    if (typeof needle !== 'string') throw new ExprRuntimeError(`reflect: cannot use ${goType(needle)} as the key of a map of string`);
    return (where as ReadonlyMap<string, Value>).has(needle);
  }
  throw new ExprRuntimeError(`operator "in" not defined on ${goType(where)}`);
}

/** An item of a list by its index, from the end where it is negative; an entry of a map, nil where there is none. */
export function fetch(from: Value, key: Value): Value {
  const items = itemsOf(from);
  if (items !== undefined) return items[indexIn(items.length, key)] ?? null;
  if (typeof from === 'string') return BigInt(onlyAscii(from).charCodeAt(indexIn(from.length, key)));
  if (from instanceof Map) {
    if (key !== null && typeof key !== 'string') throw new ExprRuntimeError(`reflect: cannot use ${goType(key)} as the key of a map of string`);
    return (from as ReadonlyMap<string, Value>).get(key ?? '') ?? null;
  }
  throw new ExprRuntimeError(`cannot fetch ${typeof key === 'string' ? key : String(kindOf(key))} from ${goType(from)}`);
}

/** Go counts bytes where JavaScript counts characters: only where both are the same is a part of a text foretold. */
export function onlyAscii(text: string): string {
  if (/[^\x00-\x7f]/.test(text)) throw new ExprUnknown('a part of a text with characters beyond ASCII isn\'t foretold');
  return text;
}

function indexIn(length: number, key: Value): number {
  const index = typeof key === 'number' ? Number(floatToInt(key)) : Number(toIndex(key));
  const found = index < 0 ? length + index : index;
  if (found < 0 || found >= length) throw new ExprRuntimeError(`index out of range: ${found} (array length is ${length})`);
  return found;
}

function toIndex(key: Value): bigint {
  if (typeof key === 'bigint') return key;
  throw new ExprRuntimeError(`invalid operation: int(${goType(key)})`);
}

export function isNumeric(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

function isNan(...values: readonly Value[]): boolean {
  return values.some((value) => typeof value === 'number' && Number.isNaN(value)) && values.every(isNumeric);
}
