import { parseQuantity } from '../../values/quantity.ts';
import type { ObjectRule } from '../rule.ts';
import { record } from '../schemas/plain.ts';
import { workloadKinds } from '../scope/workload.ts';

/** No container asks for more than it may use. */
export const requestOverLimit: ObjectRule = {
  id: 'request-over-limit',
  scope: 'object',
  severity: 'error',
  kinds: workloadKinds,
  title: 'A resource\'s request is at most its limit',
  fix: 'raise the limit or lower the request',
  check(object, report) {
    for (const { value, field } of object.workload?.containers ?? []) {
      const limits = record(record(value, 'resources'), 'limits');
      const requests = record(record(value, 'resources'), 'requests');
      if (limits === undefined || requests === undefined) continue;
      for (const [resource, request] of Object.entries(requests)) {
        const limit = Object.hasOwn(limits, resource) ? limits[resource] : undefined;
        if (limit === undefined || limit === request) continue;
        const asked = parseQuantity(String(request));
        const allowed = parseQuantity(String(limit));
        const exact = resource.startsWith('hugepages-') || resource.includes('/');
        if (asked === undefined || allowed === undefined || (exact ? asked.nano === allowed.nano : asked.nano <= allowed.nano)) continue;
        report(object, { field: `${field}.resources.requests.${resource}`, message: `expected ${exact ? 'exactly' : 'at most'} the limit ${String(limit)}, got ${String(request)}` });
      }
    }
  },
};
