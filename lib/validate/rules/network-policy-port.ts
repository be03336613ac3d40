import { didYouMean } from '../../values/suggest.ts';
import type { UnitRule } from '../rule.ts';
import { dig, list } from '../schemas/plain.ts';
import { selects } from '../scope/selector.ts';
import { servingKinds } from '../scope/workload.ts';

/** A port that an ingress rule of a NetworkPolicy names is one of the selected pods. Numbers need not be declared. */
export const networkPolicyPort: UnitRule = {
  id: 'network-policy-port',
  scope: 'unit',
  severity: 'error',
  title: 'A NetworkPolicy names ports that its pods have',
  fix: 'use the name of a containerPort',
  check(landing, report) {
    for (const policy of landing.ofKind('networking.k8s.io/NetworkPolicy')) {
      const spec = dig(policy.value, 'spec');
      const rules = list(spec, 'ingress');
      if (rules.length === 0) continue;
      const pods = landing.workloads.filter(({ kind, namespace, workload }) => servingKinds.has(kind) && namespace === policy.namespace && selects(dig(spec, 'podSelector'), workload.labels));
      const ports = pods.flatMap(({ workload }) => workload.ports);
      if (ports.length === 0) continue;
      for (const [ruleIndex, rule] of rules.entries()) {
        for (const [index, each] of list(rule, 'ports').entries()) {
          const port = dig(each, 'port');
          const field = `spec.ingress[${ruleIndex}].ports[${index}].port`;
          if (typeof port === 'string' && !ports.some(({ name }) => name === port)) {
            report(policy, { field, message: `the selected pods have no port named ${JSON.stringify(port)}.${didYouMean(port, ports.flatMap(({ name }) => name ?? []))}` });
          }
        }
      }
    }
  },
};
