import { parseQuantity } from '../../values/quantity.ts';
import type { ObjectRule } from '../rule.ts';
import { dig, list, record } from '../schemas/plain.ts';

const ordered = [['min', 'max'], ['min', 'defaultRequest'], ['min', 'default'], ['defaultRequest', 'default'], ['defaultRequest', 'max'], ['default', 'max']] as const;

/** The bounds of a LimitRange leave room between them. */
export const limitRange: ObjectRule = {
  id: 'limit-range',
  scope: 'object',
  severity: 'error',
  kinds: ['LimitRange'],
  title: 'The bounds of a LimitRange are in order: min, defaultRequest, default, max',
  fix: 'raise the upper value or lower the other',
  check(object, report) {
    const types = new Set<unknown>();
    for (const [index, item] of list(dig(object.value, 'spec'), 'limits').entries()) {
      const field = `spec.limits[${index}]`;
      const type = dig(item, 'type');
      if (types.has(type)) report(object, { field: `${field}.type`, message: `expected each type once, got ${String(type)} again` });
      types.add(type);
      for (const [low, high] of ordered) {
        for (const [resource, value] of Object.entries(record(item, low) ?? {})) {
          const least = parseQuantity(String(value));
          const most = parseQuantity(String(dig(item, high, resource)));
          if (least === undefined || most === undefined || least.nano <= most.nano) continue;
          report(object, { field: `${field}.${low}.${resource}`, message: `expected at most ${high}, which is ${most.text}, got ${least.text}` });
        }
      }
    }
  },
};
