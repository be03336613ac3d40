import { z } from 'zod';
import { checkedText, durationSchema } from './schema.ts';
import { shown } from '../values/shown.ts';

export const hubCredentialSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('external-secret'),
    key: z.string().min(1),
    property: z.string().min(1).optional(),
    store: z.strictObject({ name: z.string().min(1), kind: z.enum(['ClusterSecretStore', 'SecretStore']).default('ClusterSecretStore') }).prefault({ name: 'default' }),
    refresh: durationSchema.default('1h'),
  }),
  z.strictObject({
    kind: z.literal('eks'),
    cluster: z.string().min(1).optional(),
    role: checkedText((text) => (/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(text) ? undefined : `expected the ARN of an IAM role, got ${shown(text)}`)).optional(),
    ca: checkedText((text) => (/^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? undefined : `expected the cluster's certificate authority in base64, as \`aws eks describe-cluster\` prints it, got ${shown(text)}`)),
  }),
]);

/** How a hub reaches a member: where its credential lies, never the credential itself. Checked and with its defaults. */
export type HubCredential = z.output<typeof hubCredentialSchema>;

/** How a hub reaches a member: where its credential lies, never the credential itself. */
export type HubCredentialInput =
  /** External Secrets Operator on the hub makes the cluster secret; the store holds Argo CD's `config` JSON under `key`. The store is the ClusterSecretStore `default` unless another is named. */
  | { readonly kind: 'external-secret'; readonly key: string; readonly property?: string; readonly store?: { readonly name: string; readonly kind?: 'ClusterSecretStore' | 'SecretStore' }; readonly refresh?: string }
  /** The hub's own IAM identity, by `role` where it has to take one on; there is no secret at all. `cluster` is the name in EKS, the cluster's own name by default; `ca` its certificate authority in base64. */
  | { readonly kind: 'eks'; readonly cluster?: string; readonly role?: string; readonly ca: string };

/** Name of the Secret by which a hub knows a member, in Argo CD's namespace. Without a `credential` it exists without Git. */
export function clusterSecretName(member: string): string {
  return `cluster-${member}`;
}
