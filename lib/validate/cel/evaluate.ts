import { isRecord } from '../schemas/plain.ts';
import type { Expression } from './ast.ts';
import { Duration } from './duration.ts';
import { CelEvaluationError } from './errors.ts';
import { functions } from './functions.ts';

/** The variables that an expression sees, innermost first. */
export interface Scope {
  readonly name: string;
  readonly value: unknown;
  readonly outer?: Scope;
}

/**
 * The value of an expression.
 * @throws CelEvaluationError when it has none, such as for a field that is not there
 */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.type) {
    case 'literal':
      return expression.value;
    case 'name':
      return variable(expression.name, scope);
    case 'list':
      return expression.items.map((item) => evaluate(item, scope));
    case 'map':
      return Object.fromEntries(expression.entries.map(([key, value]) => [String(evaluate(key, scope)), evaluate(value, scope)]));
    case 'field':
      return select(evaluate(expression.of, scope), expression.name);
    case 'index':
      return select(evaluate(expression.of, scope), evaluate(expression.index, scope));
    case 'has': {
      const of = evaluate(expression.of, scope);
      return isRecord(of) && Object.hasOwn(of, expression.name) && of[expression.name] !== undefined && of[expression.name] !== null;
    }
    case 'call':
      return functions[expression.name]?.(...expression.arguments.map((argument) => evaluate(argument, scope)));
    case 'macro':
      return macro(expression, scope);
    case 'not':
      return !truth(evaluate(expression.of, scope));
    case 'negative':
      return -Number(evaluate(expression.of, scope));
    case 'binary':
      return binary(expression.operator, expression.left, expression.right, scope);
    case 'choice':
      return evaluate(truth(evaluate(expression.condition, scope)) ? expression.then : expression.otherwise, scope);
  }
}

function variable(name: string, scope: Scope): unknown {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) if (at.name === name) return at.value;
  throw new CelEvaluationError(`there is no variable ${name}`);
}

function select(of: unknown, key: unknown): unknown {
  if (Array.isArray(of) && typeof key === 'number' && key >= 0 && key < of.length) return of[key];
  if (isRecord(of) && typeof key === 'string' && Object.hasOwn(of, key)) return of[key];
  throw new CelEvaluationError(`there is no ${JSON.stringify(key)}`);
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new CelEvaluationError(`expected true or false, got ${typeof value}`);
  return value;
}

function macro(expression: Expression & { readonly type: 'macro' }, scope: Scope): unknown {
  const of = evaluate(expression.of, scope);
  const items: readonly unknown[] = Array.isArray(of) ? of : isRecord(of) ? Object.keys(of) : noItems();
  const body = (item: unknown): unknown => evaluate(expression.body, { name: expression.variable, value: item, outer: scope });
  switch (expression.name) {
    case 'all':
      return items.map((item) => (): boolean => truth(body(item))).reduce<() => boolean>((left, right) => () => logic(false, left, right), () => true)();
    case 'exists':
      return items.map((item) => (): boolean => truth(body(item))).reduce<() => boolean>((left, right) => () => logic(true, left, right), () => false)();
    case 'exists_one':
      return items.filter((item) => truth(body(item))).length === 1;
    case 'filter':
      return items.filter((item) => truth(body(item)));
    case 'map':
      return items.map(body);
  }
}

function noItems(): never {
  throw new CelEvaluationError('expected a list or a map');
}

/** `||` (winner true) and `&&` (winner false): one side that decides outweighs an error of the other. */
function logic(winner: boolean, left: () => boolean, right: () => boolean): boolean {
  try {
    if (left() === winner) return winner;
  } catch (error) {
    if (error instanceof CelEvaluationError && right() === winner) return winner;
    throw error;
  }
  return right();
}

function binary(operator: string, left: Expression, right: Expression, scope: Scope): unknown {
  if (operator === '||' || operator === '&&') return logic(operator === '||', () => truth(evaluate(left, scope)), () => truth(evaluate(right, scope)));
  const a = evaluate(left, scope);
  const b = evaluate(right, scope);
  switch (operator) {
    case '==':
      return equal(a, b);
    case '!=':
      return !equal(a, b);
    case 'in':
      return Array.isArray(b) ? b.some((item) => equal(item, a)) : isRecord(b) && Object.hasOwn(b, String(a));
    case '+':
      if (Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
      return typeof a === 'string' && typeof b === 'string' ? a + b : comparable(a) + comparable(b);
    case '-':
      return comparable(a) - comparable(b);
    case '*':
      return comparable(a) * comparable(b);
    case '/':
      return Math.trunc(comparable(a) / comparable(b));
    case '%':
      return comparable(a) % comparable(b);
    default:
      return ordered(operator, typeof a === 'string' && typeof b === 'string' ? (a < b ? -1 : a > b ? 1 : 0) : comparable(a) - comparable(b));
  }
}

function ordered(operator: string, difference: number): boolean {
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    default:
      return difference >= 0;
  }
}

function comparable(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value instanceof Duration) return value.nanoseconds;
  throw new CelEvaluationError(`expected a number, got ${typeof value}`);
}

function equal(a: unknown, b: unknown): boolean {
  if (a instanceof Duration && b instanceof Duration) return a.nanoseconds === b.nanoseconds;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => equal(item, b[at]));
  if (!isRecord(a) || !isRecord(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}
