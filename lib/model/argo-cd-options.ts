import { z } from 'zod';
import { accountsSchema, uiSchema, webhooksSchema, type ArgoCdUiOptions, type ArgoCdWebhooksOptions } from './argo-cd/access.ts';
import { componentsSchema, placementSchema, type ArgoCdComponentsOptions, type ArgoCdPlacementOptions } from './argo-cd/components.ts';
import { deliveryShape, type ArgoCdDeliveryOptions } from './argo-cd/delivery.ts';
import { optionProblems } from './argo-cd/option-problems.ts';
import { rbacSchema, type ArgoCdRbacOptions } from './argo-cd/rbac.ts';
import { argoCdImagesSchema, helmSchema, kustomizeSchema, repositoriesSchema, type ArgoCdHelmOptions, type ArgoCdImagesOptions, type ArgoCdKustomizeOptions, type ArgoCdRepositoriesOptions } from './argo-cd/rendering.ts';
import { resourcesOfArgoCdSchema, type ArgoCdResourcesOptions } from './argo-cd/resources.ts';
import { ssoSchema, type ArgoCdSsoOptions } from './argo-cd/sso.ts';
import { controllerTuningSchema, reconciliationSchema, repoServerTuningSchema, type ArgoCdControllerOptions, type ArgoCdReconciliationOptions, type ArgoCdRepoServerOptions } from './argo-cd/tuning.ts';
import { durationSchema } from './schema.ts';
import { versionSchema } from './version.ts';

export const argoCdSchema = z.strictObject({
  kind: z.literal('argo-cd'),
  version: versionSchema.default('3.5.1'),
  imageAutomation: z.boolean().default(false),
  highAvailability: z.boolean().default(false),
  components: componentsSchema,
  placement: placementSchema.prefault({}),
  disruptionBudgets: z.boolean().default(true),
  controller: controllerTuningSchema,
  repoServer: repoServerTuningSchema,
  reconciliation: reconciliationSchema,
  ui: uiSchema.optional(),
  admin: z.boolean().default(true),
  accounts: accountsSchema,
  sessionDuration: durationSchema.optional(),
  sso: ssoSchema.optional(),
  rbac: rbacSchema.optional(),
  webhooks: webhooksSchema,
  resources: resourcesOfArgoCdSchema,
  kustomize: kustomizeSchema,
  helm: helmSchema,
  images: argoCdImagesSchema,
  repositories: repositoriesSchema,
  ...deliveryShape,
}).superRefine((options, context) => {
  for (const { path, message } of optionProblems(options)) context.addIssue({ code: 'custom', path: [...path], message });
});

/** Settings of Argo CD on a cluster, checked and with their defaults. */
export type ArgoCd = z.output<typeof argoCdSchema>;

/** Settings of Argo CD on a cluster. */
export interface ArgoCdOptions extends ArgoCdDeliveryOptions {
  /** Version of the upstream manifest, 3.2.0 or later. @default '3.5.1' */
  readonly version?: string;
  /** Whether Argo CD Image Updater is installed and writes new versions to the image pins of environments that ask for it. @default false */
  readonly imageAutomation?: boolean;
  /** Whether upstream's manifest for high availability is installed: Redis with Sentinel and HAProxy, several servers; needs three nodes. @default false */
  readonly highAvailability?: boolean;
  /** Replicas, resources and placement of each part; `false` removes one. @default {} */
  readonly components?: ArgoCdComponentsOptions;
  /** Where the pods of all parts run. @default {} */
  readonly placement?: ArgoCdPlacementOptions;
  /** Whether parts with several pods get a PodDisruptionBudget that lets one go at a time. @default true */
  readonly disruptionBudgets?: boolean;
  /** How the application controller works: its shards, what it does at once. @default {} */
  readonly controller?: ArgoCdControllerOptions;
  /** How the repo server works. @default {} */
  readonly repoServer?: ArgoCdRepoServerOptions;
  /** How often Argo CD looks for new commits. @default {} */
  readonly reconciliation?: ArgoCdReconciliationOptions;
  /** The way to UI and API. @default - none: `kubectl port-forward` */
  readonly ui?: ArgoCdUiOptions;
  /** Whether the built-in account `admin` can sign in (`admin.enabled`). @default true */
  readonly admin?: boolean;
  /** Local accounts and what they may have: `apiKey` a token, `login` a password (`accounts.<name>`). @default {} */
  readonly accounts?: Readonly<Record<string, readonly ('apiKey' | 'login')[]>>;
  /** How long a sign-in lasts (`users.session.duration`). @default - Argo CD's: 24h */
  readonly sessionDuration?: string;
  /** How people sign in; needs `ui`. @default - the account `admin` alone */
  readonly sso?: ArgoCdSsoOptions;
  /** Who may do what in UI and API. @default - the account `admin` everything, nobody else anything */
  readonly rbac?: ArgoCdRbacOptions;
  /** Secrets of the webhooks by which Git servers tell of commits. @default {} */
  readonly webhooks?: ArgoCdWebhooksOptions;
  /** Which kinds Argo CD watches, and how it judges and compares them. @default {} */
  readonly resources?: ArgoCdResourcesOptions;
  /** How folders are built by kustomize. @default {} */
  readonly kustomize?: ArgoCdKustomizeOptions;
  /** How charts of external apps are rendered. @default {} */
  readonly helm?: ArgoCdHelmOptions;
  /** Where images come from. @default {} */
  readonly images?: ArgoCdImagesOptions;
  /** How Git servers are known: SSH keys, certificates. @default {} */
  readonly repositories?: ArgoCdRepositoriesOptions;
}

/** Argo CD as a cluster's controller. */
export function argoCd(options: ArgoCdOptions = {}): { readonly kind: 'argo-cd' } & ArgoCdOptions {
  return { ...options, kind: 'argo-cd' };
}
