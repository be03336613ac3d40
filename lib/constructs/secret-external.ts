import { z } from 'zod';
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import { durationSchema } from '../model/schema.ts';
import { dataKeySchema, envNameOf, secretUseShape, type SecretPlace, type SecretUse } from './secret-use.ts';

/** A value in the secret store. */
export interface RemoteKey {
  /** Its key in the store (`remoteRef.key`). */
  readonly key: string;
  /** A field of it (`remoteRef.property`). @default - the whole value */
  readonly property?: string;
  /** A version of it (`remoteRef.version`). @default - the newest */
  readonly version?: string;
}

/** Options of an `externalSecret`. */
export interface ExternalSecretOptions extends SecretUse {
  /** Key of the Secret -> key in the store. @default - one key, the name in capitals (`DATABASE_URL`), from `<app>/<environment>/<name>` */
  readonly keys?: Readonly<Record<string, string | RemoteKey>>;
  /** A key in the store all of whose fields become keys of the Secret (`dataFrom[].extract.key`). @default - none */
  readonly extract?: string;
  /** The store (`secretStoreRef`). @default - the ClusterSecretStore `default` */
  readonly store?: { readonly name: string; readonly kind?: 'ClusterSecretStore' | 'SecretStore' };
  /** How often it is read again (`refreshInterval`), a Go duration. Running pods keep the values with which they started. @default '1h' */
  readonly refresh?: string;
}

/** A Secret that External Secrets Operator makes from a store outside the cluster. */
export interface ExternalSecretSource extends ExternalSecretOptions {
  readonly kind: 'external';
  readonly name: string;
}

const remoteKeySchema = z.union([
  z.string().min(1),
  z.strictObject({ key: z.string().min(1), property: z.string().min(1).optional(), version: z.string().min(1).optional() }),
]);

export const externalSecretSchema = z.strictObject({
  kind: z.literal('external'),
  ...secretUseShape,
  keys: z.record(dataKeySchema, remoteKeySchema).optional(),
  extract: z.string().min(1).optional(),
  store: z.strictObject({ name: z.string().min(1), kind: z.enum(['ClusterSecretStore', 'SecretStore']).optional() }).optional(),
  refresh: durationSchema.optional(),
});

/**
 * A secret kept in a store outside the cluster (external-secrets.io/v1 ExternalSecret): `externalSecret('database-url')` gives the app's
 * pods `DATABASE_URL` from the store's key `<app>/<environment>/database-url`. Git holds the reference only.
 */
export function externalSecret(name: string, options: ExternalSecretOptions = {}): ExternalSecretSource {
  return { kind: 'external', name, ...options };
}

/** Keys of the Secret, as far as they are known before the store is asked. */
export function externalSecretKeys(source: ExternalSecretSource): readonly string[] {
  return source.keys === undefined ? (source.extract === undefined ? [envNameOf(source.name)] : []) : Object.keys(source.keys);
}

/** The ExternalSecret whose Secret has the given name. */
export function externalSecretObject(source: ExternalSecretSource, name: string, place: SecretPlace): IExternalSecret {
  const path = `${place.app}/${place.environment}/${source.name}`;
  const keys = source.keys ?? (source.extract === undefined ? { [envNameOf(source.name)]: path } : {});
  const data = Object.entries(keys).map(([secretKey, remote]) => ({ secretKey, remoteRef: typeof remote === 'string' ? { key: remote } : { ...remote } }));
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, ...(place.namespace !== undefined && { namespace: place.namespace }), labels: { ...place.labels } },
    spec: {
      refreshInterval: source.refresh ?? '1h',
      secretStoreRef: { kind: source.store?.kind ?? 'ClusterSecretStore', name: source.store?.name ?? 'default' },
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      ...(data.length > 0 && { data }),
      ...(source.extract !== undefined && { dataFrom: [{ extract: { key: source.extract } }] }),
    },
  };
}
