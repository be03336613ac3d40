import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disruptionBudgetFor, disruptionBudgetProblems } from '../../../lib/constructs/scaling/disruption-budget.ts';
import type { DisruptionBudgetOptions } from '../../../lib/constructs/scaling/disruption-options.ts';
import { disruptionBudgetSchema } from '../../../lib/constructs/scaling/schemas.ts';
import { expectGolden, faults, refusals, web } from '../network/samples.ts';

const budgetOf = (options: DisruptionBudgetOptions, replicas: number) => {
  expect(faults(disruptionBudgetSchema, options)).toEqual([]);
  const { budget } = disruptionBudgetFor(web, options, replicas);
  if (budget === undefined) throw new Error('no budget');
  return budget;
};

describe('PodDisruptionBudget', () => {
  it('is written as a person would review it', async () => {
    await expectGolden([budgetOf({}, 2), budgetOf({ minAvailable: '75%' }, 8)], 'golden/disruption-budgets.yaml');
  });

  it('lets one pod go at a time, and a broken one always', () => {
    expect(budgetOf({}, 2).spec).toEqual({ maxUnavailable: 1, selector: { matchLabels: web.selector }, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  });

  it.each<[DisruptionBudgetOptions, object]>([
    [{ maxUnavailable: 2 }, { maxUnavailable: 2 }], [{ maxUnavailable: '25%' }, { maxUnavailable: '25%' }], [{ maxUnavailable: '10%' }, { maxUnavailable: '10%' }], [{ maxUnavailable: '99%' }, { maxUnavailable: '99%' }], [{ minAvailable: 3 }, { minAvailable: 3 }], [{ minAvailable: '50%' }, { minAvailable: '50%' }],
  ])('takes %j', (options, fields) => {
    const budget = budgetOf(options, 8);
    expect(budget.spec).toMatchObject(fields);
    expect(Object.keys(budget.spec ?? {})).toHaveLength(3);
    expect(refusals(budget)).toEqual([]);
  });

  it.each([0, 1])('is left out for %i pods, and says why', (replicas) => {
    expect(disruptionBudgetFor(web, {}, replicas)).toEqual({ reason: 'one pod has no budget: a node drain would either wait for ever or not be held back at all; run at least 2 of storefront-web' });
  });
});

describe('a budget that blocks every node drain', () => {
  it.each<[DisruptionBudgetOptions, number, string | undefined]>([
    [{}, 2, undefined],
    [{ maxUnavailable: 0 }, 2, 'maxUnavailable'],
    [{ maxUnavailable: '0%' }, 9, 'maxUnavailable'],
    [{ maxUnavailable: '1%' }, 2, undefined],
    [{ minAvailable: 2 }, 2, 'minAvailable'],
    [{ minAvailable: 1 }, 2, undefined],
    [{ minAvailable: '100%' }, 5, 'minAvailable'],
    [{ minAvailable: '51%' }, 2, 'minAvailable'],
    [{ minAvailable: '50%' }, 2, undefined],
    [{ minAvailable: 5 }, 1, undefined],
  ])('%j of %i: %s', (options, replicas, field) => {
    expect(disruptionBudgetProblems(options, replicas, 'web').map((problem) => problem.where)).toEqual(field === undefined ? [] : [`web: ${field}`]);
  });

  it('is told with what to do', () => {
    expect(disruptionBudgetProblems({ minAvailable: 2 }, 2, 'web')).toEqual([{ where: 'web: minAvailable', message: 'expected a budget that lets at least one of 2 pods go, got 2, which blocks every node drain', fix: 'keep at most 1' }]);
  });

  it('is found for a percentage as the disruption controller rounds it', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 200 }), fc.integer({ min: 0, max: 100 }), (replicas, percent) => {
      const kept = Math.ceil((percent * replicas) / 100);
      expect(disruptionBudgetProblems({ minAvailable: `${percent}%` }, replicas, 'web').length).toBe(replicas - kept > 0 ? 0 : 1);
    }));
  });
});

describe('options of a budget', () => {
  it.each<[unknown, string[]]>([
    [{ maxUnavailable: 1, minAvailable: 1 }, ['web: minAvailable: expected maxUnavailable or minAvailable, got both']],
    [{ maxUnavailable: '25' }, ['web: maxUnavailable: expected a count or a percentage such as 25%, got "25"']],
    [{ maxUnavailable: -1 }, ['web: maxUnavailable: expected a count or a percentage such as 25%, got -1']],
    [{ minAvailable: '101%' }, ['web: minAvailable: expected a count or a percentage such as 25%, got "101%"']],
    [{ minAvaliable: 1 }, ['web: minAvaliable: unknown field. → remove it or spell it as the schema does. Did you mean "minAvailable"? Known: maxUnavailable, minAvailable.']],
  ])('are refused: %j', (options, messages) => {
    expect(faults(disruptionBudgetSchema, options)).toEqual(messages);
  });
});
