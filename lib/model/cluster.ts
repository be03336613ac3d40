import { z } from 'zod';
import { alertsSchema, type AlertInput } from './alerts.ts';
import { monitoringSchema, type MonitoringOptions } from './monitoring.ts';
import { argoCdSchema, type argoCd } from './argo-cd-options.ts';
import { fluxSchema, type flux } from './flux-options.ts';
import { checkedText, dnsLabelSchema, hostnameSchema } from './schema.ts';
import { labelKeyProblem, labelValueProblem } from '../values/names.ts';
import { hubCredentialSchema, type HubCredentialInput } from './hub-credential.ts';
import { infrastructureProblems } from './infrastructure/checks.ts';
import { infrastructureSchema, type ProviderInput } from './infrastructure/infrastructure.ts';
import { repositorySchema, type RepositoryInput } from './repository.ts';
import { sizesSchema, type SizesInput } from './sizes.ts';

/** The Kubernetes minors whose schemas Slipway carries. */
export const kubernetesMinors = ['1.32', '1.33', '1.34', '1.35', '1.36'] as const;
/** A Kubernetes minor version that Slipway knows. */
export type KubernetesMinor = (typeof kubernetesMinors)[number];

const minorSchema = checkedText((text) => (kubernetesMinors as readonly string[]).includes(text)
  ? undefined
  : `expected a Kubernetes minor that Slipway has schemas for (${kubernetesMinors.join(', ')}), got ${JSON.stringify(text)}; to add one see docs/validation.md`);

export const controllerSchema = z.discriminatedUnion('kind', [argoCdSchema, fluxSchema]);

export const clusterSchema = z.strictObject({
  name: dnsLabelSchema,
  provider: infrastructureSchema,
  region: z.string().min(1).optional(),
  labels: z.record(checkedText(labelKeyProblem), checkedText(labelValueProblem)).default({}),
  kubernetes: minorSchema,
  dnsDomain: hostnameSchema.default('cluster.local'),
  workers: z.int().positive().optional(),
  controller: controllerSchema,
  managedBy: z.string().default('self'),
  server: z.url({ protocol: /^https$/ }).optional(),
  credential: hubCredentialSchema.optional(),
  sizes: sizesSchema.optional(),
  objects: z.int().positive().optional(),
  existingSecrets: z.record(dnsLabelSchema, z.array(z.string().min(1))).default({}),
  existingDefinitions: z.array(checkedText((text) => /^[a-z0-9][a-z0-9.-]*\.[a-z0-9-]+(\/[A-Z][A-Za-z0-9]*)?$/.test(text) ? undefined : `expected an API group such as gateway.networking.k8s.io, or a kind as <group>/<Kind>, got ${JSON.stringify(text)}`)).default([]),
  runtimeRepo: repositorySchema.optional(),
  alerts: alertsSchema,
  monitoring: monitoringSchema,
}).superRefine((cluster, context) => {
  for (const { path, message } of infrastructureProblems(cluster)) context.addIssue({ code: 'custom', path: [...path], message });
}).transform(({ provider, ...rest }) => ({ ...rest, provider: provider.kind, infrastructure: provider }));

/** A cluster, checked and with its defaults. */
export type Cluster = z.output<typeof clusterSchema>;
/** The controller that a cluster runs, with its settings. */
export type Controller = z.output<typeof controllerSchema>;
/** What a cluster's `controller` takes: what `argoCd()` and `flux()` give. */
export type ControllerInput = ReturnType<typeof argoCd> | ReturnType<typeof flux>;

/** What `defineCluster` takes. */
export interface ClusterInput {
  /** Its name: a DNS label, unique in the fleet; the folder `clusters/<name>`. */
  readonly name: string;
  /** Where it comes from: `doks({ … })`, `eks({ … })`, `ack({ … })`, `existing({ … })`, or the name alone for what an expert would choose. `pulumi up` makes it so. */
  readonly provider: ProviderInput;
  /** Region of the provider, such as `eu-central-1`. @default - none, right for `existing` */
  readonly region?: string;
  /** Labels to select clusters by. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kubernetes minor version: what its API serves is checked at synth. */
  readonly kubernetes: KubernetesMinor;
  /** DNS domain of the cluster's Services. @default 'cluster.local' */
  readonly dnsDomain?: string;
  /** Worker nodes that the provider makes. @default - the provider's own default */
  readonly workers?: number;
  /** The GitOps controller that follows the runtime repo: `argoCd()` or `flux()`. */
  readonly controller: ControllerInput;
  /** Whose controller manages it: `self`, or the name of a hub cluster. @default 'self' */
  readonly managedBy?: string;
  /** URL of its API server, as the hub that manages it reaches it. @default - the one that its stack tells; needed with `credential`, and where the hub impersonates */
  readonly server?: string;
  /** Where the hub that manages it finds the credential for it. @default - the Secret `cluster-<name>` in Argo CD's namespace, which exists without Git */
  readonly credential?: HubCredentialInput;
  /** Sizes that differ on this cluster from those of its environments. @default - none */
  readonly sizes?: SizesInput;
  /** How many objects live on it, more or less: a hub's controllers share their clusters by it. Argo CD's metric `argocd_cluster_api_objects` tells. @default - an estimate by its apps */
  readonly objects?: number;
  /** Secrets that exist without Git, by namespace: validation knows them as made. @default {} */
  readonly existingSecrets?: Readonly<Record<string, readonly string[]>>;
  /** Custom resources whose definitions are there without Git, such as those that a provider installs: API groups (`gateway.networking.k8s.io`), or kinds as `<group>/<Kind>`. @default [] */
  readonly existingDefinitions?: readonly string[];
  /** A runtime repo of its own. @default - the environment's, else the fleet's */
  readonly runtimeRepo?: RepositoryInput;
  /** Who is told of the troubles of what belongs to no environment: the controller itself, the platform, add-ons. @default - nobody */
  readonly alerts?: readonly AlertInput[];
  /** Whether monitors, alert rules and dashboards for the controller, the apps it delivers and their canaries are rendered; they need the Prometheus operator. @default false */
  readonly monitoring?: boolean | MonitoringOptions;
}

/** Describes a cluster. Checked when the fleet is loaded, together with everything else. */
export function defineCluster(input: ClusterInput): ClusterInput {
  return input;
}
