import { z } from 'zod';

/** What `existing()` takes. */
export interface ExistingOptions {
  /** Context of the kubeconfig that whoever runs Pulumi has. @default - the kubeconfig in the stack's config, `slipway:kubeconfig` */
  readonly context?: string;
}

/** A cluster that is there already: kind, k3s, KubeSphere, on-premises. */
export interface ExistingInput extends ExistingOptions {
  readonly kind: 'existing';
}

/** A cluster that is there already; Slipway installs the controller and makes nothing else. */
export function existing(options: ExistingOptions = {}): ExistingInput {
  return { kind: 'existing', ...options };
}

export const existingSchema = z.strictObject({
  kind: z.literal('existing'),
  context: z.string().min(1).optional(),
});
