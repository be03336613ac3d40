import { findSecretLiteral } from '../../values/secret-literal.ts';
import { compareText } from '../../values/errors.ts';
import type { ObjectRule } from '../rule.ts';
import { isRecord, record } from '../schemas/plain.ts';

/** Whatever made an object, no secret is written in it: a Secret's own data, and what looks like one in a ConfigMap. */
export const secretInGit: ObjectRule = {
  id: 'secret-in-git',
  scope: 'object',
  severity: 'error',
  kinds: ['ConfigMap', 'Secret'],
  title: 'No object holds a secret that anybody can read who reads the runtime repo',
  fix: 'keep it outside and refer to it: externalSecret(), sealedSecret(), sopsSecret() or existingSecret()',
  check(object, report) {
    if (object.kind === 'Secret' && isRecord(object.value['sops'])) return;
    for (const field of ['data', 'stringData']) {
      for (const [key, value] of Object.entries(record(object.value, field) ?? {}).sort(([a], [b]) => compareText(a, b))) {
        if (typeof value !== 'string' || value === '') continue;
        const reason = object.kind === 'Secret' ? 'a Secret in Git is readable' : findSecretLiteral(key, value)?.reason;
        if (reason !== undefined) report(object, { field: `${field}.${key}`, message: `expected no secret in Git, got a value: ${reason}` });
      }
    }
  },
};
