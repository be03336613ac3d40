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
    if (object.kind === 'Secret' && (isRecord(object.value['sops']) || isKeylessCluster(object.value))) return;
    for (const field of ['data', 'stringData']) {
      for (const [key, value] of Object.entries(record(object.value, field) ?? {}).sort(([a], [b]) => compareText(a, b))) {
        if (typeof value !== 'string' || value === '') continue;
        const reason = object.kind === 'Secret' ? 'a Secret in Git is readable' : findSecretLiteral(key, value)?.reason;
        if (reason !== undefined) report(object, { field: `${field}.${key}`, message: `expected no secret in Git, got a value: ${reason}` });
      }
    }
  },
};

const keyless: Readonly<Record<string, readonly string[]>> = { awsAuthConfig: ['clusterName', 'roleARN'], tlsClientConfig: ['caData', 'serverName'] };

/** A cluster as Argo CD knows it, reached by an identity of the cloud: a name, a URL and a public certificate, nothing that opens anything. */
function isKeylessCluster(value: Readonly<Record<string, unknown>>): boolean {
  if (text(record(record(value, 'metadata') ?? {}, 'labels') ?? {}, 'argocd.argoproj.io/secret-type') !== 'cluster' || value['data'] !== undefined) return false;
  const { name, server, config, shard = '0', ...rest } = record(value, 'stringData') ?? {};
  if (!/^\d+$/.test(String(shard)) || typeof name !== 'string' || typeof server !== 'string' || typeof config !== 'string' || Object.keys(rest).length > 0) return false;
  const parsed = parsedRecord(config);
  return parsed !== undefined && Object.entries(parsed).every(([key, part]) => isRecord(part) && Object.keys(part).every((field) => Object.hasOwn(keyless, key) && keyless[key]?.includes(field) === true));
}

function parsedRecord(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return isRecord(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
