import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRunnable } from '../../lib/expr/builtins.ts';
import { isChecked } from '../../lib/expr/check-builtins.ts';
import { Condition } from '../../lib/expr/condition.ts';
import { ExprCompileError, ExprRuntimeError, ExprUnknown } from '../../lib/expr/errors.ts';
import { builtinFunctions, predicateFunctions } from '../../lib/expr/grammar.ts';
import { overItems } from '../../lib/expr/over-items.ts';
import { Floats, fromJson, type Value } from '../../lib/expr/value.ts';
import { outcomeOf, sameOutcome, type Outcome } from './outcome.ts';
import { expressionCases, type ExpressionCase } from './random-expressions.ts';

/** Random expressions with what expr-lang 1.17.7 made of them; `test/e2e` compares many more with the Go module itself. */
const recorded = JSON.parse(readFileSync(new URL('recorded.json', import.meta.url), 'utf8')) as readonly (readonly [ExpressionCase['expr'], ExpressionCase['kind'], unknown, Outcome])[];

const holds = (condition: string, result: Value): boolean => new Condition(condition).holds(result);

describe('a condition', () => {
  it.each<[string, Value, boolean]>([
    ['result[0] >= 0.95', new Floats([0.97]), true],
    ['result[0] >= 0.95', new Floats([0.9]), false],
    ['len(result) == 0 || isNaN(result[0]) || result[0] < 0.5', new Floats([]), true],
    ['isNaN(result[0])', new Floats([Number.NaN]), true],
    ['default(result, 0) < 0.05', null, true],
    ['isNil(result)', null, true],
    ['all(result, # < 0.5)', new Floats([0.1, 0.2]), true],
    ['asFloat(result) > 0.5', '0.75', true],
    ['asInt(result) == 200', 200, true],
    ['result.status == "ready" && result.checks.db in ["ok", "slow"]', fromJson({ status: 'ready', checks: { db: 'slow' } }), true],
    ['result.missing?.deeper ?? true', fromJson({}), true],
    ['result.name matches "^web-[0-9]+$"', fromJson({ name: 'web-12' }), true],
    ['0.9 < result <= 1', 1, true],
    ['result == true', true, true],
  ])('%s of %o is %s', (condition, result, expected) => {
    expect(holds(condition, result)).toBe(expected);
  });

  it.each<[string, Value, string]>([
    ['result[0] > 1', new Floats([]), 'index out of range: 0 (array length is 0)'],
    ['result.ok.deeper > 1', fromJson({}), 'cannot fetch string from <nil>'],
    ['asInt(result) > 1', 'many', 'asInt() not supported on string'],
    ['result', 5, 'expected bool, but got float64'],
    ['result.name matches "x"', fromJson({ name: 5 }), 'interface conversion: interface {} is float64, not string'],
  ])('%s fails as the controller does', (condition, result, message) => {
    expect(() => holds(condition, result)).toThrow(ExprRuntimeError);
    if (!condition.includes('.ok')) expect(() => holds(condition, result)).toThrow(message);
  });

  it.each<[string, Value, string]>([
    ['result[0] > 0.5', 0.97, 'type float64[int] is undefined'],
    ['result > 0.5', new Floats([0.97]), 'invalid operation: > (mismatched types []float64 and float64)'],
    ['result.status == "ok"', new Floats([]), 'array elements can only be selected using an integer (got string)'],
    ['reslt > 1', 1, 'unknown name reslt'],
    ['isNaN("x")', 1, 'cannot use string as argument (type float64) to call isNaN'],
    ['result matches "("', 'x', 'error parsing regexp'],
  ])('%s is refused before it runs, given what its metric is', (condition, result, message) => {
    expect(() => holds(condition, result)).toThrow(ExprCompileError);
    expect(() => holds(condition, result)).toThrow(message);
  });

  it.each(['', 'result >', 'result > 1 2', '(result', 'result[0', 'result > 0.5 &', 'a ?? b || c', '1 +* 2', '"open', '#', 'filter(result)', '1 % 0', '08x', 'let x = 1'])('%j doesn\'t parse, whatever the metric is', (condition) => {
    expect(() => new Condition(condition)).toThrow(ExprCompileError);
  });

  it('says at which character it stops making sense', () => {
    try {
      new Condition('result[0] > > 1');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ExprCompileError);
      expect((error as ExprCompileError).at).toBe(12);
    }
  });

  it.each(['now() > now()', 'keys(result) == ["a"]', 'groupBy([1], #) == nil'])('%s is not guessed', (condition) => {
    expect(() => holds(condition, fromJson({ a: 1, b: 2 }))).toThrow(ExprUnknown);
  });

  it('is what expr-lang made of it, or says that it can\'t be foretold, for every recorded expression', () => {
    const different = recorded.filter(([expr, kind, result, outcome]) => !sameOutcome(outcomeOf({ expr, kind, result }), outcome));
    expect(different).toEqual([]);
    const foretold = recorded.filter(([expr, kind, result]) => !('unknown' in outcomeOf({ expr, kind, result })));
    expect(foretold.length / recorded.length).toBeGreaterThan(0.95);
  });

  it('never crashes on an expression, however broken', () => {
    for (const each of expressionCases(41, 5000)) expect(outcomeOf(each)).toBeDefined();
  });
});

describe('the functions of the language', () => {
  it('are all known to the checker', () => {
    expect([...builtinFunctions, ...predicateFunctions.keys()].filter((name) => !isChecked(name))).toEqual([]);
  });

  it('all run but those that are named here', () => {
    const missing = [...builtinFunctions].filter((name) => !isRunnable(name)).sort();
    // The time of day, time zones, and the exact text of JSON.
    expect(missing).toEqual(['date', 'duration', 'now', 'timezone', 'toJSON']);
    expect([...predicateFunctions.keys()].filter((name) => overItems[name] === undefined)).toEqual([]);
  });
});
