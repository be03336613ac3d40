import { z } from 'zod';
import { versionSchema } from './version.ts';

export const argoCdSchema = z.strictObject({
  kind: z.literal('argo-cd'),
  version: versionSchema.default('3.5.1'),
});

/** Settings of Argo CD on a cluster, checked and with their defaults. */
export type ArgoCd = z.output<typeof argoCdSchema>;

/** Settings of Argo CD on a cluster. */
export interface ArgoCdOptions {
  /** Version of the upstream manifest. @default '3.5.1' */
  readonly version?: string;
}

/** Argo CD as a cluster's controller. */
export function argoCd(options: ArgoCdOptions = {}): z.input<typeof argoCdSchema> {
  return { kind: 'argo-cd', ...options };
}
