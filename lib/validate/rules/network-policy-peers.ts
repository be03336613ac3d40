import type { ObjectRule } from '../rule.ts';
import { dig, isRecord, list, text } from '../schemas/plain.ts';
import { isStrictlyInside } from '../schemas/addresses.ts';

/** Peers and ports of a NetworkPolicy say something that can be enforced. */
export const networkPolicyPeers: ObjectRule = {
  id: 'network-policy-peers',
  scope: 'object',
  severity: 'error',
  kinds: ['networking.k8s.io/NetworkPolicy'],
  title: 'Peers of a NetworkPolicy are pods, namespaces or one CIDR with smaller exceptions',
  fix: 'give each peer either selectors or an ipBlock',
  check(object, report) {
    for (const [direction, side] of [['ingress', 'from'], ['egress', 'to']] as const) {
      for (const [ruleIndex, rule] of list(dig(object.value, 'spec'), direction).entries()) {
        for (const [index, peer] of list(rule, side).entries()) {
          const field = `spec.${direction}[${ruleIndex}].${side}[${index}]`;
          const selected = isRecord(dig(peer, 'podSelector')) || isRecord(dig(peer, 'namespaceSelector'));
          const block = dig(peer, 'ipBlock');
          if (!selected && !isRecord(block)) report(object, { field, message: 'expected a podSelector, a namespaceSelector or an ipBlock, got none' });
          if (selected && isRecord(block)) report(object, { field, message: 'expected selectors or an ipBlock, got both' });
          const cidr = text(block, 'cidr') ?? '';
          for (const [exceptIndex, except] of list(block, 'except').entries()) {
            if (typeof except === 'string' && !isStrictlyInside(except, cidr)) report(object, { field: `${field}.ipBlock.except[${exceptIndex}]`, message: `expected a CIDR inside ${cidr} and smaller, got ${JSON.stringify(except)}`, fix: 'take out the exception or write one inside the block' });
          }
        }
        for (const [index, port] of list(rule, 'ports').entries()) {
          const end = dig(port, 'endPort');
          const start = dig(port, 'port');
          if (typeof end === 'number' && (typeof start !== 'number' || end < start)) {
            report(object, { field: `spec.${direction}[${ruleIndex}].ports[${index}].endPort`, message: `expected a port of at least port, which must be a number, got ${end} after ${String(start)}`, fix: 'write port: <first> and endPort: <last>' });
          }
        }
      }
    }
  },
};
