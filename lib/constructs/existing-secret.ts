import { z } from 'zod';
import { dataKeySchema, secretUseShape, type SecretUse } from './secret-use.ts';
import { checkedText } from '../model/schema.ts';
import { dnsSubdomainProblem } from '../values/names.ts';

/** A Secret that exists in the namespace without Git. */
export interface ExistingSecretSource extends SecretUse {
  readonly kind: 'existing';
  /** Its name, as it is. */
  readonly name: string;
  /** Its keys. */
  readonly keys: readonly string[];
}

export const existingSecretSchema = z.strictObject({
  kind: z.literal('existing'),
  ...secretUseShape,
  name: checkedText(dnsSubdomainProblem),
  keys: z.array(dataKeySchema).min(1),
});

/** A Secret that somebody made by hand or by another tool: `existingSecret('stripe', ['STRIPE_KEY'])`. Validation knows it as made. */
export function existingSecret(name: string, keys: readonly string[], use: SecretUse = {}): ExistingSecretSource {
  return { kind: 'existing', name, keys, ...use };
}
