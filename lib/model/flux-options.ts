import { z } from 'zod';
import { durationSchema } from './schema.ts';
import { versionSchema } from './version.ts';

export const fluxSchema = z.strictObject({
  kind: z.literal('flux'),
  version: versionSchema.default('2.9.4'),
  interval: durationSchema.default('10m'),
  imageAutomation: z.boolean().default(false),
});

/** Settings of Flux on a cluster, checked and with their defaults. */
export type Flux = z.output<typeof fluxSchema>;

/** Settings of Flux on a cluster. */
export interface FluxOptions {
  /** Version of the upstream manifest. @default '2.9.4' */
  readonly version?: string;
  /** How often Flux compares the cluster with Git, a Go duration. @default '10m' */
  readonly interval?: string;
  /** Whether Flux's image automation writes new versions to the image pins. @default false */
  readonly imageAutomation?: boolean;
}

/** Flux as a cluster's controller. */
export function flux(options: FluxOptions = {}): z.input<typeof fluxSchema> {
  return { kind: 'flux', ...options };
}
