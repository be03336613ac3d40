import type { ObjectRule } from '../rule.ts';
import { isRecord } from '../schemas/plain.ts';
import { isEmptySelector, selects, showSelector, textEntries } from '../scope/selector.ts';

/** A workload's selector selects the pods that its template makes. */
export const selectorMismatch: ObjectRule = {
  id: 'selector-mismatch',
  scope: 'object',
  severity: 'error',
  kinds: ['ReplicationController', 'apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'argoproj.io/Rollout'],
  title: 'A workload\'s selector matches the labels of its own pods',
  fix: 'give the pod template the labels that the selector names',
  check(object, report) {
    const { workload } = object;
    if (workload === undefined || !isRecord(workload.selector)) return;
    const plain = object.kind === 'ReplicationController';
    const labels = showSelector({ matchLabels: Object.fromEntries(workload.labels) });
    if (!plain && isEmptySelector(workload.selector)) report(object, { field: 'spec.selector', message: 'expected a selector that names labels, got an empty one' });
    else if (!selects(plain ? { matchLabels: Object.fromEntries(textEntries(workload.selector)) } : workload.selector, workload.labels)) {
      report(object, { field: 'spec.selector', message: `expected a selector that matches the pod's labels ${labels}, got ${showSelector(workload.selector)}` });
    }
  },
};
