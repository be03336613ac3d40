import type { UnitRule } from '../rule.ts';
import { isRecord } from '../schemas/plain.ts';
import { selects, showSelector } from '../scope/selector.ts';

/** No workload's selector takes in the pods of another. */
export const selectorOverlap: UnitRule = {
  id: 'selector-overlap',
  scope: 'unit',
  severity: 'error',
  title: 'The selectors of two workloads of a namespace match different pods',
  fix: 'add a label that tells the workloads apart to both selectors and templates',
  check(landing, report) {
    for (const owner of landing.workloads) {
      if (!isRecord(owner.workload.selector) || owner.kind === 'batch/Job' || owner.kind === 'ReplicationController') continue;
      for (const other of landing.workloads) {
        if (other === owner || other.namespace !== owner.namespace || !selects(owner.workload.selector, other.workload.labels)) continue;
        report(owner, { field: 'spec.selector', message: `expected a selector that matches only its own pods, got ${showSelector(owner.workload.selector)}, which matches those of ${other.value.kind} ${other.name} too` });
      }
    }
  },
};
