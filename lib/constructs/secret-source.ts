import { z } from 'zod';
import type { ISecret } from 'cdk8s-plus-27';
import { existingSecretSchema, type ExistingSecretSource } from './existing-secret.ts';
import type { ManifestValue } from './manifest.ts';
import { externalSecretKeys, externalSecretObject, externalSecretSchema, type ExternalSecretSource } from './secret-external.ts';
import { sealedSecretObject, sealedSecretSchema, type SealedSecretSource } from './secret-sealed.ts';
import { sopsSecretKeys, sopsSecretObject, sopsSecretSchema, type SopsSecretSource } from './secret-sops.ts';
import { dataKeySchema, type SecretPlace } from './secret-use.ts';

/** Where the values of a Secret come from; they never stand in Git. */
export type SecretSource = ExistingSecretSource | ExternalSecretSource | SealedSecretSource | SopsSecretSource;

/** What `secrets` takes: a source, or a Secret of cdk8s-plus-27 (all its keys become environment variables). */
export type SecretInput = SecretSource | ISecret;

/** One key of a Secret as the value of an environment variable. */
export interface SecretKey {
  readonly secret: SecretSource;
  readonly key: string;
  /** Whether a pod starts without it (`secretKeyRef.optional`). @default false */
  readonly optional?: boolean;
}

export const secretSourceSchema = z.discriminatedUnion('kind', [externalSecretSchema, sealedSecretSchema, sopsSecretSchema, existingSecretSchema]);
export const secretKeySchema = z.strictObject({ secret: secretSourceSchema, key: dataKeySchema, optional: z.boolean().optional() });

/** The value of one key for `env`: `{ DATABASE_URL: secretKey(database, 'url') }`. */
export function secretKey(secret: SecretSource, key: string, options: { readonly optional?: boolean } = {}): SecretKey {
  return { secret, key, ...options };
}

/** Whether it is a Secret of cdk8s-plus-27, without loading that package. */
export function isPlusSecret(secret: SecretInput): secret is ISecret {
  return 'envValue' in secret;
}

/** Name of the Secret in the namespace: an existing one's own, else `<app>-<name>`. */
export function secretName(source: SecretSource, app: string): string {
  return source.kind === 'existing' ? source.name : `${app}-${source.name}`;
}

/** Keys of the Secret; empty where only its store knows them. */
export function secretKeys(source: SecretSource): readonly string[] {
  switch (source.kind) {
    case 'existing': return source.keys;
    case 'external': return externalSecretKeys(source);
    case 'sealed': return Object.keys(source.encryptedData);
    case 'sops': return sopsSecretKeys(source);
    default: return source satisfies never;
  }
}

/** The object that makes the Secret, if the app makes it. */
export function secretObject(source: SecretSource, place: SecretPlace): ManifestValue | undefined {
  const name = secretName(source, place.app);
  switch (source.kind) {
    case 'existing': return undefined;
    case 'external': return externalSecretObject(source, name, place);
    case 'sealed': return sealedSecretObject(source, name, place);
    case 'sops': return sopsSecretObject(source, name, place);
    default: return source satisfies never;
  }
}
