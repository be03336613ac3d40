import { z } from 'zod';
import { checkedText } from './schema.ts';
import { dnsSubdomainProblem } from '../values/names.ts';

/** One key of a Secret that exists in the cluster without Git having its value. */
export const secretReferenceSchema = z.strictObject({
  name: checkedText(dnsSubdomainProblem),
  key: z.string().regex(/^[-._a-zA-Z0-9]+$/, 'expected a key of a Secret (letters, digits, "-", "_", ".")'),
});

/** One key of a Secret in the controller's namespace. */
export interface SecretReference {
  /** Name of the Secret. */
  readonly name: string;
  /** The key whose value is meant. */
  readonly key: string;
}
