import { z } from 'zod';
import { labelKeyProblem, labelValueProblem, dnsSubdomainProblem } from '../../values/names.ts';
import { checkedText } from '../schema.ts';
import { resourcesSchema, type ResourcesInput } from '../sizes.ts';

const tolerationSchema = z.strictObject({
  key: checkedText(labelKeyProblem).optional(),
  operator: z.enum(['Equal', 'Exists']).optional(),
  value: checkedText(labelValueProblem).optional(),
  effect: z.enum(['NoExecute', 'NoSchedule', 'PreferNoSchedule']).optional(),
  tolerationSeconds: z.int().nonnegative().optional(),
}).superRefine((toleration, context) => {
  const report = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  if (toleration.operator === 'Exists' && toleration.value !== undefined) report('value', 'expected no value with operator Exists, which takes any');
  if (toleration.key === undefined && toleration.operator !== 'Exists') report('key', 'expected a key, or operator Exists, which then takes every taint');
  if (toleration.tolerationSeconds !== undefined && toleration.effect !== 'NoExecute') report('tolerationSeconds', 'expected effect NoExecute beside it: no other effect evicts pods');
});

const placement = {
  nodeSelector: z.record(checkedText(labelKeyProblem), checkedText(labelValueProblem)).optional(),
  tolerations: z.array(tolerationSchema).optional(),
  priorityClass: checkedText(dnsSubdomainProblem).optional(),
};
const replicas = z.int().positive().max(100).optional();
const single = z.strictObject({ ...placement, resources: resourcesSchema.optional() });
const replicated = z.strictObject({ ...placement, resources: resourcesSchema.optional(), replicas });
const removable = z.union([z.literal(false), single]);

export const placementSchema = z.strictObject(placement);

export const componentsSchema = z.strictObject({
  applicationController: single.default({}),
  applicationSet: z.union([z.literal(false), replicated]).default({}),
  dex: removable.default({}),
  notifications: removable.default({}),
  redis: single.default({}),
  redisProxy: single.default({}),
  repoServer: replicated.default({}),
  server: replicated.default({}),
}).prefault({});

/** The parts of Argo CD, checked and with their defaults. */
export type ArgoCdComponents = z.output<typeof componentsSchema>;
/** Where pods run, checked. */
export type ArgoCdPlacement = z.output<typeof placementSchema>;

/** A taint that pods tolerate (`tolerations[]`). */
export interface TolerationInput {
  /** Key of the taint (`key`). @default - every taint, with operator `Exists` */
  readonly key?: string;
  /** How key and value are compared (`operator`). @default 'Equal' */
  readonly operator?: 'Equal' | 'Exists';
  /** Value of the taint (`value`). @default '' */
  readonly value?: string;
  /** Effect of the taint (`effect`). @default - every effect */
  readonly effect?: 'NoExecute' | 'NoSchedule' | 'PreferNoSchedule';
  /** For how long, in seconds (`tolerationSeconds`); with effect `NoExecute` alone. @default - for ever */
  readonly tolerationSeconds?: number;
}

/** Where pods run and before which others. */
export interface ArgoCdPlacementOptions {
  /** Labels that nodes must have, beside `kubernetes.io/os: linux` (`nodeSelector`). @default {} */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints that pods tolerate (`tolerations`). @default [] */
  readonly tolerations?: readonly TolerationInput[];
  /** Name of a PriorityClass (`priorityClassName`). @default - none */
  readonly priorityClass?: string;
}

/** A part of Argo CD that runs as one pod, or in as many as something else says. Its placement adds to the one for all parts, and goes before it. */
export interface ArgoCdComponentOptions extends ArgoCdPlacementOptions {
  /** Requests and limits of its main container (`resources`). @default - upstream's: none */
  readonly resources?: ResourcesInput;
}

/** A part of Argo CD that may run in several pods. */
export interface ArgoCdReplicatedOptions extends ArgoCdComponentOptions {
  /** Number of pods (`replicas`). @default - upstream's: 1; with `highAvailability` 2 of server and repoServer */
  readonly replicas?: number;
}

/** The parts of Argo CD. `false` removes one with everything that belongs to it. */
export interface ArgoCdComponentsOptions {
  /** Compares and applies; its number of pods is `controller.shards`. @default {} */
  readonly applicationController?: ArgoCdComponentOptions;
  /** Makes Applications of ApplicationSets; leader election is switched on with more than one pod. The CRD stays when it is removed: the server needs it. @default {} */
  readonly applicationSet?: ArgoCdReplicatedOptions | false;
  /** Signs people in by Dex; needed by `sso: { dex }` only. @default {} */
  readonly dex?: ArgoCdComponentOptions | false;
  /** Sends notifications; needed by alerts. @default {} */
  readonly notifications?: ArgoCdComponentOptions | false;
  /** The cache; with `highAvailability` three pods of Redis with Sentinel. @default {} */
  readonly redis?: ArgoCdComponentOptions;
  /** The HAProxy before Redis, with `highAvailability` alone. @default {} */
  readonly redisProxy?: ArgoCdComponentOptions;
  /** Renders manifests. @default {} */
  readonly repoServer?: ArgoCdReplicatedOptions;
  /** API and UI. @default {} */
  readonly server?: ArgoCdReplicatedOptions;
}
