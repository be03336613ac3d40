import type { UnitRule } from '../rule.ts';
import { percentOf } from '../schemas/formats.ts';
import { dig } from '../schemas/plain.ts';
import { lowestCount, protectedBy } from '../scope/budget.ts';

/** A budget lets nodes be drained. */
export const budgetBlocksEviction: UnitRule = {
  id: 'budget-blocks-eviction',
  scope: 'unit',
  severity: 'error',
  title: 'A PodDisruptionBudget lets at least one pod be evicted',
  fix: 'use maxUnavailable: 1, or more replicas than minAvailable',
  check(landing, report) {
    for (const budget of landing.ofKind('policy/PodDisruptionBudget')) {
      const spec = dig(budget.value, 'spec');
      const selected = protectedBy(budget, landing);
      const pods = selected.map((object) => lowestCount(object, landing));
      const total = pods.includes(undefined) ? undefined : pods.reduce<number>((sum, count) => sum + (count ?? 0), 0);
      const least = dig(spec, 'minAvailable');
      const most = dig(spec, 'maxUnavailable');
      const names = selected.map(({ value, name }) => `${value.kind} ${name}`).sort().join(' and ');
      if (most === 0 || most === '0%') report(budget, { field: 'spec.maxUnavailable', message: `expected at least 1, got ${String(most)}: no pod can ever be evicted, so no node can be drained` });
      if (least === undefined || least === 0 || selected.length === 0) continue;
      const percent = percentOf(least);
      const needed = percent === undefined ? least : total === undefined ? (percent >= 100 ? Infinity : 0) : Math.ceil((total * percent) / 100);
      const available = total ?? (percent === undefined ? Infinity : 0);
      if (typeof needed === 'number' && needed > 0 && needed >= available) {
        report(budget, { field: 'spec.minAvailable', message: `expected fewer than the ${total ?? ''} pods of ${names}, got ${String(least)}: no pod can ever be evicted, so no node can be drained` });
      }
    }
  },
};
