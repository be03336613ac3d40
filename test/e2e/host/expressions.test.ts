import { describe, expect, it } from 'vitest';
import { outcomeOf, sameOutcome, type Outcome } from '../../expr/outcome.ts';
import { expressionCases, type ExpressionCase } from '../../expr/random-expressions.ts';
import { binary } from '../../../lib/control-plane/build.ts';
import { build } from '../harness/build.ts';
import { named, whyWithout } from '../harness/need.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';

const reason = await whyWithout('exprcheck');

/** What the Go module that Argo Rollouts uses makes of expressions. */
async function runWithGo(cases: readonly ExpressionCase[]): Promise<Outcome[]> {
  const { stdout } = await runOk(binary(await build('exprcheck'), 'exprcheck'), [], { input: cases.map((each) => `${JSON.stringify(each)}\n`).join('') });
  return stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Outcome);
}

describe.skipIf(reason !== undefined)(named('conditions of analyses', reason), () => {
  it('come out as expr-lang itself has them, or are told not to be foretold, for 20,000 random expressions', async () => {
    const cases = expressionCases(7, 20_000);
    const theirs = await runWithGo(cases);
    expect(theirs).toHaveLength(cases.length);
    const outcomes = cases.map((each, index) => ({ each, ours: outcomeOf(each), theirs: theirs[index] }));
    expect(outcomes.filter(({ ours, theirs: other }) => other === undefined || !sameOutcome(ours, other))).toEqual([]);
    const share = (key: string): number => outcomes.filter(({ ours }) => key in ours).length / outcomes.length;
    // Otherwise the comparison would say little.
    expect(share('value')).toBeGreaterThan(0.2);
    expect(share('run')).toBeGreaterThan(0.05);
    expect(share('unknown')).toBeLessThan(0.05);
  });

  it('agree on what people write', async () => {
    const results: readonly (readonly [ExpressionCase['kind'], unknown])[] = [['floats', []], ['floats', [0.2]], ['floats', [0.97, 0.99]], ['json', 0.97], ['json', null], ['json', 'ok'], ['json', { status: 'ok', data: [{ value: 3 }], count: '12' }]];
    const conditions = [
      'result[0] >= 0.95', 'len(result) == 0 || result[0] >= 0.95', 'all(result, # >= 0.95)', 'result >= 0.95', 'isNaN(result[0]) || result[0] < 0.05', 'default(result, 0) < 0.05', 'result == nil',
      'isNil(result) || result > 0', 'result == "ok"', 'result.status == "ok"', 'result.status in ["ok", "ready"]', 'result.data[0].value < 5', 'asInt(result.count) == 12', 'any(result.data, .value > 2)',
      'result?.missing?.deeper ?? true', 'sum(result) / len(result) > 0.9', 'result[0] > result[1]', 'max(result) - min(result) < 0.1', 'result.status matches "^o"', 'not (result.status contains "x")',
      'count(result, # > 0.9) >= 2', 'asFloat(result.count) / 4 == 3', 'len(filter(result.data, {.value > 1})) == 1', '0.9 < result && result < 1', 'let last = result[-1]; last > 0.5',
    ];
    const cases = conditions.flatMap((expr) => results.map(([kind, result]) => ({ expr, kind, result })));
    const theirs = await runWithGo(cases);
    const different = cases.flatMap((each, index) => {
      const other = theirs[index];
      const ours = outcomeOf(each);
      return other !== undefined && !('unknown' in ours) && sameOutcome(ours, other) ? [] : [{ each, ours, other }];
    });
    expect(different).toEqual([]);
  });
});
