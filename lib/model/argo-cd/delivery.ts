import { z } from 'zod';
import { applicationSetSchema, type ApplicationSetInput } from './application-set.ts';
import { syncWindowSchema, type SyncWindowInput } from './sync-windows.ts';

/** The part of Argo CD's settings that bounds what teams deliver through it. */
export const deliveryShape = {
  syncWindows: z.array(syncWindowSchema).default([]),
  impersonation: z.boolean().default(false),
  applicationSets: z.array(applicationSetSchema).superRefine((sets, context) => {
    const names = sets.map((set) => set.name);
    for (const [index, name] of names.entries()) if (names.indexOf(name) !== index) context.addIssue({ code: 'custom', path: [index, 'name'], message: `application set ${JSON.stringify(name)} is listed twice` });
  }).default([]),
} as const;

/** Settings of Argo CD that bound what teams deliver through it. */
export interface ArgoCdDeliveryOptions {
  /** When the apps of teams may be synced (AppProject `syncWindows`). Flux has no such thing: a freeze of the environment holds for both. @default - always */
  readonly syncWindows?: readonly SyncWindowInput[];
  /** Whether each sync runs as a ServiceAccount of the team with the rights that its project allows, instead of Argo CD's own (AppProject `destinationServiceAccounts`). @default false */
  readonly impersonation?: boolean;
  /** Applications made by generators: what `applicationSet()` gives. @default - none; every Application is rendered */
  readonly applicationSets?: readonly (ApplicationSetInput & { readonly name: string })[];
}
