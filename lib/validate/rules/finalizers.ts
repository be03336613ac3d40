import type { ObjectRule } from '../rule.ts';
import { list, record } from '../schemas/plain.ts';

const standard: ReadonlySet<unknown> = new Set(['foregroundDeletion', 'kubernetes', 'orphan']);

/** Finalizers of built-in kinds say whose they are. */
export const finalizers: ObjectRule = {
  id: 'finalizers',
  scope: 'object',
  severity: 'error',
  title: 'Finalizers of built-in kinds have a domain',
  fix: 'write the finalizer as <domain>/<name>',
  check(object, report) {
    const group = object.kind.includes('/') ? object.kind.slice(0, object.kind.indexOf('/')) : '';
    if (group.includes('.') && !group.endsWith('.k8s.io')) return;
    for (const [index, finalizer] of list(record(object.value, 'metadata'), 'finalizers').entries()) {
      if (typeof finalizer === 'string' && !finalizer.includes('/') && !standard.has(finalizer)) report(object, { field: `metadata.finalizers[${index}]`, message: `expected a name with a domain, got ${JSON.stringify(finalizer)}` });
    }
  },
};
