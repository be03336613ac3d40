import { z } from 'zod';
import type { ISealedSecret } from '@kubernetes-models/sealed-secrets/bitnami.com/v1alpha1/SealedSecret';
import { checkedText } from '../model/schema.ts';
import { dataKeySchema, secretUseShape, type SecretPlace, type SecretUse } from './secret-use.ts';

/** Options of a `sealedSecret`. */
export interface SealedSecretOptions extends SecretUse {
  /** Key -> what `kubeseal` printed for it (`spec.encryptedData`). */
  readonly encryptedData: Readonly<Record<string, string>>;
  /** Scope it was sealed for: with `strict` the namespace and the object's name are part of the seal. @default 'strict' */
  readonly scope?: 'strict' | 'namespace-wide' | 'cluster-wide';
}

/** A Secret that the Sealed Secrets controller unseals in the cluster. */
export interface SealedSecretSource extends SealedSecretOptions {
  readonly kind: 'sealed';
  readonly name: string;
}

/** A sealed value is base64 of a session key (at least 256 bytes of RSA) and a ciphertext, behind a length of two bytes. */
function sealedValueProblem(text: string): string | undefined {
  const sealed = text.length >= 344 && /^A[gQ][A-Za-z0-9+/]+={0,2}$/.test(text);
  return sealed ? undefined : 'expected a value sealed by kubeseal (base64 that starts with "Ag" or "AQ"), got something else';
}

export const sealedSecretSchema = z.strictObject({
  kind: z.literal('sealed'),
  ...secretUseShape,
  encryptedData: z.record(dataKeySchema, checkedText(sealedValueProblem)),
  scope: z.enum(['strict', 'namespace-wide', 'cluster-wide']).optional(),
});

/** A secret sealed for one cluster's controller (bitnami.com/v1alpha1 SealedSecret); its object is named `<app>-<name>`, which a strict seal has to name too. */
export function sealedSecret(name: string, options: SealedSecretOptions): SealedSecretSource {
  return { kind: 'sealed', name, ...options };
}

/** The SealedSecret with the given name. */
export function sealedSecretObject(source: SealedSecretSource, name: string, place: SecretPlace): ISealedSecret {
  const scope = source.scope ?? 'strict';
  const annotations = scope === 'strict' ? undefined : { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
  const metadata = { name, ...(place.namespace !== undefined && { namespace: place.namespace }) };
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { ...metadata, labels: { ...place.labels }, ...(annotations !== undefined && { annotations }) },
    spec: {
      encryptedData: { ...source.encryptedData },
      template: { metadata: { ...metadata, labels: { ...place.labels }, ...(annotations !== undefined && { annotations: { ...annotations } }) } },
    },
  };
}
