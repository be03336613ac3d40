import { z } from 'zod';
import type { KubeObject } from '../manifests/rendered.ts';
import { describeValue } from '../model/schema.ts';
import { secretUseShape, type SecretPlace, type SecretUse } from './secret-use.ts';

/** A Secret that Flux decrypts with SOPS when it applies it. */
export interface SopsSecretSource extends SecretUse {
  readonly kind: 'sops';
  readonly name: string;
  /** The encrypted Secret as SOPS wrote it, its `sops` field included. */
  readonly encrypted: EncryptedSecret;
}

/** A `v1` Secret after `sops --encrypt --encrypted-regex '^(data|stringData)$'`. */
export interface EncryptedSecret {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata?: { readonly name?: string };
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly sops: Readonly<Record<string, unknown>>;
}

const ciphertext = /^ENC\[AES256_GCM,data:[A-Za-z0-9+/=]*,iv:[A-Za-z0-9+/=]+,tag:[A-Za-z0-9+/=]+,type:(str|int|float|bool|bytes|comment)\]$/;
const encryptedSchema = z.record(z.string(), z.unknown()).superRefine((object, context) => {
  const report = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
  if (object['apiVersion'] !== 'v1' || object['kind'] !== 'Secret') report([], `expected an encrypted v1 Secret, got ${describeValue(object['kind'])}`);
  const sops = object['sops'];
  if (typeof sops !== 'object' || sops === null || !('mac' in sops)) report(['sops'], 'expected the metadata that SOPS writes (with its mac): the object isn\'t encrypted');
  let values = 0;
  for (const field of ['data', 'stringData'] as const) {
    const data = object[field];
    if (data === undefined) continue;
    if (typeof data !== 'object' || data === null) {
      report([field], `expected keys with encrypted values, got ${describeValue(data)}`);
      continue;
    }
    for (const [key, value] of Object.entries(data)) {
      values++;
      if (typeof value !== 'string' || !ciphertext.test(value)) report([field, key], 'expected a value encrypted by SOPS (ENC[AES256_GCM,…]), got one in clear text');
    }
  }
  if (values === 0) report([], 'expected data or stringData with at least one encrypted value, got none');
});

export const sopsSecretSchema = z.strictObject({ kind: z.literal('sops'), ...secretUseShape, encrypted: encryptedSchema });

/**
 * A secret encrypted by SOPS, given as the parsed content of its file. It works under Flux only, which decrypts it when it applies it:
 * on a cluster whose controller is Argo CD it is an error; use `externalSecret` or `sealedSecret` there.
 */
export function sopsSecret(name: string, encrypted: EncryptedSecret, use: SecretUse = {}): SopsSecretSource {
  return { kind: 'sops', name, encrypted, ...use };
}

/** Keys of the Secret. */
export function sopsSecretKeys(source: SopsSecretSource): readonly string[] {
  return [...new Set([...Object.keys(source.encrypted.data ?? {}), ...Object.keys(source.encrypted.stringData ?? {})])];
}

/** The encrypted Secret under the given name; Flux doesn't check SOPS' own seal over the names, which it changes itself. */
export function sopsSecretObject(source: SopsSecretSource, name: string, place: SecretPlace): KubeObject {
  const { metadata, ...rest } = source.encrypted;
  return { ...rest, metadata: { ...metadata, name, ...(place.namespace !== undefined && { namespace: place.namespace }), labels: { ...place.labels } } };
}
