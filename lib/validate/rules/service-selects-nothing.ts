import type { UnitRule } from '../rule.ts';
import { dig } from '../schemas/plain.ts';
import { plainSelects, showSelector, textEntries } from '../scope/selector.ts';

/** A Service has pods behind it. */
export const serviceSelectsNothing: UnitRule = {
  id: 'service-selects-nothing',
  scope: 'unit',
  severity: 'error',
  title: 'A Service selects the pods of a workload',
  fix: 'give the Service the labels of a pod template of its namespace',
  check(landing, report) {
    for (const service of landing.ofKind('Service')) {
      const selector = dig(service.value, 'spec', 'selector');
      if (textEntries(selector).size === 0) continue;
      const here = landing.workloads.filter(({ namespace }) => namespace === service.namespace);
      if (here.some(({ workload }) => plainSelects(selector, workload.labels))) continue;
      const elsewhere = landing.workloads.find(({ workload, namespace }) => namespace !== service.namespace && plainSelects(selector, workload.labels));
      const hint = elsewhere === undefined ? '' : ` ${elsewhere.value.kind} ${elsewhere.name} has them in the namespace ${JSON.stringify(elsewhere.namespace)}`;
      report(service, { field: 'spec.selector', message: `expected a selector that matches pods of ${landing.folder}, got ${showSelector(selector)}, which matches none.${hint}` });
    }
  },
};
