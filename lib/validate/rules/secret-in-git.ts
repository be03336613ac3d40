import { findSecretLiteral } from '../../values/secret-literal.ts';
import { compareText } from '../../values/errors.ts';
import type { ObjectRule } from '../rule.ts';
import { isRecord, list, record, text } from '../schemas/plain.ts';
import { workloadKinds } from '../scope/workload.ts';

/** Whatever made an object, no secret is written in it: a Secret's own data, and what looks like one in a ConfigMap or in a container's environment. */
export const secretInGit: ObjectRule = {
  id: 'secret-in-git',
  scope: 'object',
  severity: 'error',
  kinds: ['ConfigMap', 'Secret', ...workloadKinds],
  title: 'No object holds a secret that anybody can read who reads the runtime repo',
  fix: 'keep it outside and refer to it: externalSecret(), sealedSecret(), sopsSecret() or existingSecret()',
  check(object, report) {
    for (const container of object.workload?.containers ?? []) {
      for (const [index, variable] of list(container.value, 'env').entries()) {
        const reason = findSecretLiteral(text(variable, 'name') ?? '', text(variable, 'value') ?? '')?.reason;
        if (reason !== undefined) report(object, { field: `${container.field}.env[${index}].value`, message: `expected no secret in Git, got a value: ${reason}` });
      }
    }
    if (object.workload !== undefined) return;
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
