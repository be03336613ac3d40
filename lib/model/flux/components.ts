import { z } from 'zod';
import { placementSchema, type TolerationInput } from '../argo-cd/components.ts';
import { resourcesSchema, type ResourcesInput } from '../sizes.ts';

const single = { ...placementSchema.shape, resources: resourcesSchema.optional(), concurrent: z.int().positive().max(1000).optional() };
const replicated = { ...single, replicas: z.int().positive().max(10).optional() };

export const fluxPlacementSchema = placementSchema;

export const fluxComponentsSchema = z.strictObject({
  helm: z.union([z.literal(false), z.strictObject(replicated)]).default({}),
  imageAutomation: z.strictObject(replicated).default({}),
  imageReflector: z.strictObject(single).default({}),
  kustomize: z.strictObject(replicated).default({}),
  notifications: z.union([z.literal(false), z.strictObject(replicated)]).default({}),
  source: z.strictObject(single).default({}),
}).prefault({});

/** Flux's controllers, checked and with their defaults. */
export type FluxComponents = z.output<typeof fluxComponentsSchema>;

/** Where pods run and before which others. */
export interface FluxPlacementOptions {
  /** Labels that nodes must have, beside `kubernetes.io/os: linux` (`nodeSelector`). @default {} */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints that pods tolerate (`tolerations`). @default [] */
  readonly tolerations?: readonly TolerationInput[];
  /** Name of a PriorityClass (`priorityClassName`). @default - upstream's: system-cluster-critical */
  readonly priorityClass?: string;
}

/** One of Flux's controllers, which runs as one pod: it keeps files that others read. Its placement adds to the one for all, and goes before it. */
export interface FluxComponentOptions extends FluxPlacementOptions {
  /** Requests and limits of its container (`resources`). @default - upstream's: up to one CPU and 1Gi */
  readonly resources?: ResourcesInput;
  /** How many objects it works on at once (`--concurrent`). @default - upstream's: 4, of the source controller 2 */
  readonly concurrent?: number;
}

/** One of Flux's controllers that may have pods in reserve: one leads, the others wait to take over. */
export interface FluxReplicatedOptions extends FluxComponentOptions {
  /** Number of pods (`replicas`). @default 1 */
  readonly replicas?: number;
}

/** Flux's controllers. `false` removes one with everything that belongs to it. */
export interface FluxComponentsOptions {
  /** Installs the charts of external apps. @default {} */
  readonly helm?: FluxReplicatedOptions | false;
  /** Writes image pins; there with `imageAutomation` alone. @default {} */
  readonly imageAutomation?: FluxReplicatedOptions;
  /** Looks for image versions; there with `imageAutomation` alone. @default {} */
  readonly imageReflector?: FluxComponentOptions;
  /** Builds, applies, heals and prunes. More work at once is `concurrent` or `shards`, not `replicas`. @default {} */
  readonly kustomize?: FluxReplicatedOptions;
  /** Sends alerts and takes webhooks; needed by `alerts` and `receivers`. @default {} */
  readonly notifications?: FluxReplicatedOptions | false;
  /** Fetches Git repositories and charts. @default {} */
  readonly source?: FluxComponentOptions;
}
