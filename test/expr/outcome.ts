import { Condition } from '../../lib/expr/condition.ts';
import { ExprCompileError, ExprRuntimeError, ExprUnknown } from '../../lib/expr/errors.ts';
import { goFloatText } from '../../lib/expr/go-numbers.ts';
import { Floats, fromJson, itemsOf, type Value } from '../../lib/expr/value.ts';
import type { ExpressionCase } from './random-expressions.ts';

/** What comes of an expression: a value with its type, or at which stage it fails. */
export type Outcome = { readonly value: unknown } | { readonly compile: true } | { readonly run: true } | { readonly unknown: true };

/** What Slipway makes of an expression. Anything but the three errors of `lib/expr` is thrown on. */
export function outcomeOf({ expr, kind, result }: ExpressionCase): Outcome {
  try {
    return { value: shapeOf(new Condition(expr).evaluate(kind === 'floats' ? new Floats(result as readonly number[]) : fromJson(result))) };
  } catch (error) {
    if (error instanceof ExprCompileError) return { compile: true };
    if (error instanceof ExprRuntimeError) return { run: true };
    if (error instanceof ExprUnknown) return { unknown: true };
    throw error;
  }
}

/** A value with its type, as plain data. */
function shapeOf(value: Value): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return { s: value };
  if (typeof value === 'bigint') return { i: String(value) };
  if (typeof value === 'number') return { f: goFloatText(value) };
  const items = itemsOf(value);
  if (items !== undefined) return items.map(shapeOf);
  if (value instanceof Map) return { m: Object.fromEntries([...value as ReadonlyMap<string, Value>].map(([key, item]) => [key, shapeOf(item)])) };
  return { other: 'func' };
}

/** Whether our outcome is expr-lang's. What we don't foretell agrees with everything; floating numbers may differ in their last digit, after powers with a fraction. */
export function sameOutcome(ours: Outcome, theirs: Outcome): boolean {
  if ('unknown' in ours) return true;
  if ('value' in ours && 'value' in theirs) return sameShape(ours.value, theirs.value);
  return ('compile' in ours && 'compile' in theirs) || ('run' in ours && 'run' in theirs);
}

function sameShape(ours: unknown, theirs: unknown): boolean {
  if (typeof ours !== 'object' || ours === null || typeof theirs !== 'object' || theirs === null) return ours === theirs;
  if ('f' in ours && 'f' in theirs) return isNear(numberOf(ours.f), numberOf(theirs.f));
  if ('other' in ours && 'other' in theirs) return String(theirs.other).startsWith(String(ours.other));
  const keys = Object.keys(ours);
  return Array.isArray(ours) === Array.isArray(theirs) && keys.length === Object.keys(theirs).length
    && keys.every((key) => Object.hasOwn(theirs, key) && sameShape((ours as Readonly<Record<string, unknown>>)[key], (theirs as Readonly<Record<string, unknown>>)[key]));
}

function numberOf(text: unknown): number {
  return Number(String(text).replace('+Inf', 'Infinity').replace('-Inf', '-Infinity'));
}

function isNear(a: number, b: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= Math.abs(a) * 1e-15;
}
