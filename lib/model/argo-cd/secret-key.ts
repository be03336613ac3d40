import { z } from 'zod';
import { secretReferenceSchema, type SecretReference } from '../secret-reference.ts';

export const fromSecretSchema = z.strictObject({ fromSecret: secretReferenceSchema });

/**
 * One key of a Secret in the namespace `argocd`, by reference: Argo CD reads it there. The Secret is made by something else
 * (External Secrets, Sealed Secrets, by hand) and carries the label `app.kubernetes.io/part-of: argocd`.
 */
export interface FromSecret {
  readonly fromSecret: SecretReference;
}

/** Whether a value of a connector's settings is a reference to a Secret. */
export function isFromSecret(value: unknown): value is FromSecret {
  return fromSecretSchema.safeParse(value).success;
}
