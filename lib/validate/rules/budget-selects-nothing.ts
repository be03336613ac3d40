import type { UnitRule } from '../rule.ts';
import { dig } from '../schemas/plain.ts';
import { protectedBy } from '../scope/budget.ts';
import { showSelector } from '../scope/selector.ts';

/** A budget protects some pods. */
export const budgetSelectsNothing: UnitRule = {
  id: 'budget-selects-nothing',
  scope: 'unit',
  severity: 'error',
  title: 'A PodDisruptionBudget selects the pods of a workload',
  fix: 'give the budget the labels of a pod template of its namespace',
  check(landing, report) {
    // Pods may be upstream's there, whose labels aren't read.
    if ((landing.unit.needs ?? []).length > 0) return;
    for (const budget of landing.ofKind('policy/PodDisruptionBudget')) {
      const selector = dig(budget.value, 'spec', 'selector');
      if (protectedBy(budget, landing).length === 0) report(budget, { field: 'spec.selector', message: `expected a selector that matches pods of ${landing.folder}, got ${showSelector(selector)}, which matches none` });
    }
  },
};
