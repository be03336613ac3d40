import { didYouMean } from '../../values/suggest.ts';
import type { UnitRule } from '../rule.ts';
import { dig, list } from '../schemas/plain.ts';
import { plainSelects } from '../scope/selector.ts';
import { servingKinds } from '../scope/workload.ts';

/** A Service sends requests to a port that its pods open. */
export const serviceTargetPort: UnitRule = {
  id: 'service-target-port',
  scope: 'unit',
  severity: 'error',
  title: 'A Service sends to a port that its pods declare',
  fix: 'use the name or number of a containerPort',
  check(landing, report) {
    for (const service of landing.ofKind('Service')) {
      const spec = dig(service.value, 'spec');
      const selected = landing.workloads.filter(({ kind, namespace, workload }) => servingKinds.has(kind) && namespace === service.namespace && plainSelects(dig(spec, 'selector'), workload.labels));
      for (const [index, port] of list(spec, 'ports').entries()) {
        const target = dig(port, 'targetPort') ?? dig(port, 'port');
        const protocol = dig(port, 'protocol') ?? 'TCP';
        for (const { workload, value, name } of selected) {
          const open = workload.ports.filter((each) => each.protocol === protocol);
          const who = `${value.kind} ${name}`;
          if (typeof target === 'string' && !open.some((each) => each.name === target)) {
            report(service, { field: `spec.ports[${index}].targetPort`, message: `${who} has no ${String(protocol)} port named ${JSON.stringify(target)}.${didYouMean(target, open.flatMap((each) => each.name ?? []))}` });
          } else if (typeof target === 'number' && workload.ports.length > 0 && !open.some((each) => each.number === target)) {
            const known = workload.ports.map((each) => `${each.number}/${each.protocol}`).sort();
            report(service, { field: dig(port, 'targetPort') === undefined ? `spec.ports[${index}].port` : `spec.ports[${index}].targetPort`, message: `${who} does not open ${target}/${String(protocol)}: it declares ${known.join(', ')}` });
          }
        }
      }
    }
  },
};
