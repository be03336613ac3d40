import type { UnitRule } from '../rule.ts';
import { dig } from '../schemas/plain.ts';
import { plainSelects, showSelector } from '../scope/selector.ts';
import { servingKinds } from '../scope/workload.ts';

/** A Service sends requests to one workload. */
export const serviceSelectsSeveral: UnitRule = {
  id: 'service-selects-several',
  scope: 'unit',
  severity: 'error',
  title: 'A Service selects the pods of one workload',
  fix: 'add a label that only the intended pods have, or waive this with the reason',
  check(landing, report) {
    for (const service of landing.ofKind('Service')) {
      const selector = dig(service.value, 'spec', 'selector');
      const selected = landing.workloads.filter(({ kind, namespace, workload }) => servingKinds.has(kind) && namespace === service.namespace && plainSelects(selector, workload.labels));
      if (selected.length < 2) continue;
      const names = selected.map(({ value, name }) => `${value.kind} ${name}`).sort();
      report(service, { field: 'spec.selector', message: `expected a selector that matches one workload, got ${showSelector(selector)}, which matches ${names.join(' and ')}` });
    }
  },
};
