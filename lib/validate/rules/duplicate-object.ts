import type { UnitRule } from '../rule.ts';
import type { LandedObject } from '../scope/landing.ts';

/** A render makes each object once. */
export const duplicateObject: UnitRule = {
  id: 'duplicate-object',
  scope: 'unit',
  severity: 'error',
  title: 'A render makes each object once',
  fix: 'give one of them another name, or make it once and share it',
  check(landing, report) {
    const seen = new Map<string, LandedObject>();
    for (const object of landing.objects) {
      const key = `${object.kind} ${object.namespace}/${object.name}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, object);
      else report(object, { field: 'metadata.name', message: `expected each object once, got ${object.value.kind} ${object.name} again: ${first.rendered.construct} makes it in ${first.file}` });
    }
  },
};
