import type { Node } from './ast.ts';
import { checkExpr, type Checked } from './check.ts';
import { refuseBadConstants } from './constant.ts';
import { ExprCompileError, ExprRuntimeError } from './errors.ts';
import { evaluateExpr } from './evaluate.ts';
import { parseGoFloat, parseGoInt } from './go-numbers.ts';
import { anything, bool, float, int64, natureOf, typeName, type Nature } from './nature.ts';
import { parseExpr } from './parser.ts';
import { floatToInt, goType, type Value, type ValueFunction } from './value.ts';

/**
 * A success or failure condition of an analysis, parsed once. Conditions see the metric's `result`, and the functions that Argo Rollouts adds:
 * `asInt`, `asFloat`, `isNaN`, `isInf`, `isNil` and `default`.
 */
export class Condition {
  readonly source: string;
  readonly #node: Node;
  readonly #checked = new Map<string, Checked>();

  /** @throws ExprCompileError where it doesn't parse */
  constructor(source: string) {
    this.source = source;
    this.#node = parseExpr(source);
    refuseBadConstants(this.#node);
  }

  /** The type of its value, given the type of the result. @throws ExprCompileError where the types don't fit: the controller would report an error for every measurement */
  check(result: Nature): Nature {
    return this.#checkedFor(result).nature;
  }

  /**
   * Its value for a result, as the controller gets it. @throws ExprCompileError, ExprRuntimeError where the controller reports an error;
   * ExprUnknown where it can't be foretold
   */
  evaluate(result: Value): Value {
    const checked = this.#checkedFor(natureOf(result));
    const values = new Map<string, Value>([...functions, ['result', result], ['isNil', () => result === null], ['default', (_, otherwise = null) => result ?? otherwise]]);
    return evaluateExpr(this.#node, values, checked);
  }

  /** Whether it holds for a result. @throws as `evaluate`, and ExprRuntimeError where the value is neither true nor false */
  holds(result: Value): boolean {
    const value = this.evaluate(result);
    if (typeof value === 'boolean') return value;
    throw new ExprRuntimeError(`expected bool, but got ${goType(value)}`);
  }

  #checkedFor(result: Nature): Checked {
    const key = typeName(result);
    const known = this.#checked.get(key) ?? checkExpr(this.#node, new Map<string, Nature>([...functionNatures, ['result', result]]));
    this.#checked.set(key, known);
    return known;
  }
}

const isNaN: ValueFunction = (of = null) => Number.isNaN(floating('isNaN', of));
const isInf: ValueFunction = (of = null) => Math.abs(floating('isInf', of)) === Infinity;

const functions: readonly (readonly [string, Value])[] = [
  ['asInt', (of = null) => {
    if (typeof of === 'bigint') return of;
    if (typeof of === 'number') return floatToInt(of);
    const parsed = typeof of === 'string' ? parseGoInt(of) : undefined;
    if (parsed === undefined) throw new ExprRuntimeError(`asInt() not supported on ${goType(of)}`);
    return parsed;
  }],
  ['asFloat', (of = null) => {
    if (typeof of === 'number') return of;
    if (typeof of === 'bigint') return Number(of);
    const parsed = typeof of === 'string' ? parseGoFloat(of) : undefined;
    if (parsed === undefined) throw new ExprRuntimeError(`asFloat() not supported on ${goType(of)}`);
    return parsed;
  }],
  ['isNaN', isNaN],
  ['isInf', isInf],
];

const takes = (result: Nature, ...parameters: readonly Nature[]): Nature => ({ kind: 'function', parameters, result });

const functionNatures: readonly (readonly [string, Nature])[] = [
  ['asInt', takes(int64, anything)],
  ['asFloat', takes(float, anything)],
  ['isNaN', takes(bool, float)],
  ['isInf', takes(bool, float)],
  ['isNil', takes(bool, anything)],
  ['default', takes(anything, anything, anything)],
];

/** Only what is a floating number already: anything else panics in the controller. */
function floating(name: string, value: Value): number {
  if (typeof value === 'number') return value;
  throw new ExprRuntimeError(`reflect: Call using ${goType(value)} as type float64 in ${name}`);
}

/** Whether an error says that the controller would report one too. */
export function isControllerError(error: unknown): error is ExprCompileError | ExprRuntimeError {
  return error instanceof ExprCompileError || error instanceof ExprRuntimeError;
}
