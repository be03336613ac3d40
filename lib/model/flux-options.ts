import { z } from 'zod';
import { imageNameProblem } from '../values/image-reference.ts';
import { dnsSubdomainProblem } from '../values/names.ts';
import { shown } from '../values/shown.ts';
import { fluxComponentsSchema, fluxPlacementSchema, type FluxComponentsOptions, type FluxPlacementOptions } from './flux/components.ts';
import { fluxProblems } from './flux/option-problems.ts';
import { receiversSchema, type FluxReceiverInput } from './flux/receivers.ts';
import { checkedText } from './schema.ts';
import { versionSchema } from './version.ts';

const secretName = checkedText(dnsSubdomainProblem);
/** Flux's own rule is narrower than Go's. */
const interval = checkedText((text) => /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/.test(text) && /[1-9]/.test(text) ? undefined : `expected a duration such as 30s, 5m or 1h30m, longer than nothing, got ${shown(text)}`);

export const fluxSchema = z.strictObject({
  kind: z.literal('flux'),
  version: versionSchema.default('2.9.4'),
  interval: interval.default('10m'),
  poll: interval.default('1m'),
  timeout: interval.default('5m'),
  components: fluxComponentsSchema,
  imageAutomation: z.boolean().default(false),
  placement: fluxPlacementSchema.prefault({}),
  images: z.strictObject({
    mirror: checkedText((text) => imageNameProblem(`${text}/x`) === undefined && /^[^/]+(\.|:|localhost)[^/]*(\/|$)/.test(text) ? undefined : `expected a registry with an optional path, such as registry.acme.example/mirror, got ${shown(text)}`).optional(),
    pullSecrets: z.array(secretName).default([]),
  }).prefault({}),
  shards: z.int().positive().max(100).default(1),
  networkPolicies: z.boolean().default(true),
  verify: z.strictObject({ secret: secretName }).optional(),
  sops: z.strictObject({ secret: secretName.default('sops-age') }).prefault({}),
  receivers: receiversSchema,
}).superRefine((options, context) => {
  for (const { path, message } of fluxProblems(options)) context.addIssue({ code: 'custom', path: [...path], message });
});

/** Settings of Flux on a cluster, checked and with their defaults. */
export type Flux = z.output<typeof fluxSchema>;

/** Where Flux's images come from. Their tags stay those of upstream's manifest. */
export interface FluxImagesOptions {
  /** A registry that holds all of them under their own paths: `ghcr.io/fluxcd/source-controller` becomes `<mirror>/fluxcd/source-controller`. @default - upstream's registry */
  readonly mirror?: string;
  /** Names of Secrets in `flux-system` with credentials of the registry (`imagePullSecrets`). @default [] */
  readonly pullSecrets?: readonly string[];
}

/** Which commits of the runtime repo Flux trusts. */
export interface FluxVerifyOptions {
  /** Name of the Secret in `flux-system` with the public keys: PGP in keys that end in `.asc`, SSH in `.sshpub` (`GitRepository.spec.verify`). */
  readonly secret: string;
}

/** How Flux decrypts secrets that SOPS encrypted with age or PGP. */
export interface FluxSopsOptions {
  /** Name of the Secret in `flux-system` with the private keys: age in keys that end in `.agekey`, PGP in `.asc` (`Kustomization.spec.decryption.secretRef`). @default 'sops-age' */
  readonly secret?: string;
}

/** Settings of Flux on a cluster. */
export interface FluxOptions {
  /** Version of the upstream manifest, 2.9.4 or later: it says when a new commit cancels the wait for an old one. @default '2.9.4' */
  readonly version?: string;
  /** How often Flux compares the cluster with Git and heals it (`spec.interval`), a duration. @default '10m' */
  readonly interval?: string;
  /** How often Flux looks for new commits (`GitRepository.spec.interval`), a duration; with `receivers` it may be long. @default '1m' */
  readonly poll?: string;
  /** How long what was applied may take to get healthy (`Kustomization.spec.timeout`), a duration; add-ons have twice as long. @default '5m' */
  readonly timeout?: string;
  /** Replicas, resources and placement of each controller; `false` removes one. @default {} */
  readonly components?: FluxComponentsOptions;
  /** Whether Flux's image automation is installed, which writes new versions to the image pins. @default false */
  readonly imageAutomation?: boolean;
  /** Where the pods of all controllers run. @default {} */
  readonly placement?: FluxPlacementOptions;
  /** Where images come from. @default {} */
  readonly images?: FluxImagesOptions;
  /** How many kustomize-controllers share the apps, each a Deployment (`--watch-label-selector`, `sharding.fluxcd.io/key`). @default 1 */
  readonly shards?: number;
  /** Whether upstream's NetworkPolicies are installed: into `flux-system` gets who scrapes metrics or calls a webhook, nobody else. @default true */
  readonly networkPolicies?: boolean;
  /** Which commits of the runtime repo Flux trusts. @default - every commit of the branch */
  readonly verify?: FluxVerifyOptions;
  /** How Flux decrypts secrets. @default {} */
  readonly sops?: FluxSopsOptions;
  /** Webhooks by which Git servers tell of commits. @default [] */
  readonly receivers?: readonly FluxReceiverInput[];
}

/** Flux as a cluster's controller. */
export function flux(options: FluxOptions = {}): { readonly kind: 'flux' } & FluxOptions {
  return { ...options, kind: 'flux' };
}
