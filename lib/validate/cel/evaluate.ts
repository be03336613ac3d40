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

/** An expression that is ready to be asked for its value. */
export type Evaluate = (scope: Scope) => unknown;

type Macro = Expression & { readonly type: 'macro' };

/**
 * Makes an expression ready.
 * What comes back throws CelEvaluationError when the expression has no value, such as for a field that is not there.
 */
export function ready(expression: Expression): Evaluate {
  switch (expression.type) {
    case 'literal':
      return () => expression.value;
    case 'name':
      return (scope) => variable(expression.name, scope);
    case 'list': {
      const items = expression.items.map(ready);
      return (scope) => items.map((item) => item(scope));
    }
    case 'map': {
      const entries = expression.entries.map(([key, value]) => [ready(key), ready(value)] as const);
      return (scope) => Object.fromEntries(entries.map(([key, value]) => [String(key(scope)), value(scope)]));
    }
    case 'field': {
      const of = ready(expression.of);
      return (scope) => select(of(scope), expression.name);
    }
    case 'index': {
      const [of, index] = [ready(expression.of), ready(expression.index)];
      return (scope) => select(of(scope), index(scope));
    }
    case 'has': {
      const of = ready(expression.of);
      return (scope) => isSet(of(scope), expression.name);
    }
    case 'call': {
      const given = expression.arguments.map(ready);
      return (scope) => functions[expression.name]?.(...given.map((argument) => argument(scope)));
    }
    case 'macro':
      return macro(expression);
    case 'not': {
      const of = ready(expression.of);
      return (scope) => !truth(of(scope));
    }
    case 'negative': {
      const of = ready(expression.of);
      return (scope) => -comparable(of(scope));
    }
    case 'binary':
      return binary(expression.operator, ready(expression.left), ready(expression.right));
    case 'choice': {
      const [condition, then, otherwise] = [ready(expression.condition), ready(expression.then), ready(expression.otherwise)];
      return (scope) => (truth(condition(scope)) ? then(scope) : otherwise(scope));
    }
  }
}

function isSet(of: unknown, name: string): boolean {
  return isRecord(of) && Object.hasOwn(of, name) && of[name] !== undefined && of[name] !== null;
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

function macro(expression: Macro): Evaluate {
  const of = ready(expression.of);
  const ask = ready(expression.body);
  return (scope) => {
    const container = of(scope);
    const items: readonly unknown[] = Array.isArray(container) ? container : isRecord(container) ? Object.keys(container) : noItems();
    return askEach(expression.name, items, (item) => ask({ name: expression.variable, value: item, outer: scope }));
  };
}

function askEach(name: Macro['name'], items: readonly unknown[], ask: (item: unknown) => unknown): unknown {
  switch (name) {
    case 'all':
      return decide(false, items, ask);
    case 'exists':
      return decide(true, items, ask);
    case 'exists_one':
      return items.filter((item) => truth(ask(item))).length === 1;
    case 'filter':
      return items.filter((item) => truth(ask(item)));
    case 'map':
      return items.map(ask);
  }
}

function noItems(): never {
  throw new CelEvaluationError('expected a list or a map');
}

/** `exists` and `||` (winner true), `all` and `&&` (winner false): one part that decides outweighs the errors of others. */
function decide<T>(winner: boolean, parts: readonly T[], ask: (part: T) => unknown): boolean {
  let failure: CelEvaluationError | undefined;
  for (const part of parts) {
    try {
      if (truth(ask(part)) === winner) return winner;
    } catch (error) {
      if (!(error instanceof CelEvaluationError)) throw error;
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return !winner;
}

function binary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  if (operator === '||' || operator === '&&') {
    const sides = [left, right];
    return (scope) => decide(operator === '||', sides, (side) => side(scope));
  }
  return (scope) => apply(operator, left(scope), right(scope));
}

function apply(operator: string, a: unknown, b: unknown): unknown {
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
