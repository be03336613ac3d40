import { z } from 'zod';
import { checkedText } from '../schema.ts';
import { luaProblem } from './lua.ts';

const kindKey = checkedText((text) => (/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Z][A-Za-z0-9]*$/.test(text)
  ? undefined
  : `expected a kind such as apps/Deployment or ConfigMap, without version or wildcard, got ${JSON.stringify(text)}`));
const pointer = checkedText((text) => (/^(\/([^~/]|~[01])*)+$/.test(text) ? undefined : `expected a JSON pointer such as /spec/replicas ("/" in a key is ~1), got ${JSON.stringify(text)}`));
const jq = checkedText((text) => (text.trim().startsWith('.') ? undefined : `expected a jq path that starts with ".", got ${JSON.stringify(text)}`));
const lua = checkedText(luaProblem);
const name = z.string().min(1);

const fields = { jsonPointers: z.array(pointer).default([]), jqPathExpressions: z.array(jq).default([]) };
const updatesSchema = z.strictObject(fields).superRefine((value, context) => {
  if (value.jsonPointers.length + value.jqPathExpressions.length === 0) context.addIssue({ code: 'custom', message: 'expected at least one field, in jsonPointers or jqPathExpressions' });
});
const differencesSchema = z.strictObject({ ...fields, managedFieldsManagers: z.array(name).default([]) }).superRefine((value, context) => {
  if (value.jsonPointers.length + value.jqPathExpressions.length + value.managedFieldsManagers.length === 0) context.addIssue({ code: 'custom', message: 'expected at least one field, in jsonPointers, jqPathExpressions or managedFieldsManagers' });
});

const customizationSchema = z.strictObject({
  health: lua.optional(),
  openLibs: z.boolean().optional(),
  actions: z.strictObject({ discovery: lua, definitions: z.record(name, lua) }).optional(),
  ignoreDifferences: differencesSchema.optional(),
  ignoreResourceUpdates: updatesSchema.optional(),
  knownTypeFields: z.array(z.strictObject({ field: name, type: name })).min(1).optional(),
});

const filterSchema = z.strictObject({ apiGroups: z.array(z.string()).min(1), kinds: z.array(name).min(1), clusters: z.array(name).default([]) });

export const resourceTrackingMethods = ['annotation', 'annotation+label'] as const;

export const resourcesOfArgoCdSchema = z.strictObject({
  tracking: z.enum(resourceTrackingMethods).default('annotation'),
  kinds: z.record(kindKey, customizationSchema).default({}),
  everyKind: z.strictObject({ ignoreDifferences: differencesSchema.optional(), ignoreResourceUpdates: updatesSchema.optional() }).prefault({}),
  exclusions: z.array(filterSchema).default([]),
  inclusions: z.array(filterSchema).default([]),
}).prefault({});

/** What Argo CD knows of kinds, checked and with its defaults. */
export type ArgoCdResources = z.output<typeof resourcesOfArgoCdSchema>;

/** Fields of objects. */
export interface ArgoCdFieldsInput {
  /** JSON pointers (RFC 6901), such as `/spec/replicas`. @default [] */
  readonly jsonPointers?: readonly string[];
  /** jq paths, such as `.spec.template.spec.initContainers[] | select(.name == "istio-init")`. @default [] */
  readonly jqPathExpressions?: readonly string[];
}

/** Fields of objects, or whatever a field manager has set. */
export interface ArgoCdDifferencesInput extends ArgoCdFieldsInput {
  /** Field managers whose fields aren't compared, such as `kube-controller-manager`. @default [] */
  readonly managedFieldsManagers?: readonly string[];
}

/** What Argo CD knows of a kind beyond what is built in. */
export interface ArgoCdCustomizationInput {
  /** Lua that returns `status` and `message` of `obj` (`resource.customizations.health`). @default - what is built in */
  readonly health?: string;
  /** Whether the Lua may use the standard libraries (`resource.customizations.useOpenLibs`). @default false */
  readonly openLibs?: boolean;
  /** Actions that people may start: Lua that says which there are, and Lua of each (`resource.customizations.actions`). @default - what is built in */
  readonly actions?: { readonly discovery: string; readonly definitions: Readonly<Record<string, string>> };
  /** Fields that aren't compared (`resource.customizations.ignoreDifferences`). @default - all are */
  readonly ignoreDifferences?: ArgoCdDifferencesInput;
  /** Fields whose change causes no new comparison; adds to those of upstream (`resource.customizations.ignoreResourceUpdates`). @default - upstream's */
  readonly ignoreResourceUpdates?: ArgoCdFieldsInput;
  /** Fields of custom resources that have a type of Kubernetes, such as `core/v1/PodSpec` (`resource.customizations.knownTypeFields`). @default - none */
  readonly knownTypeFields?: readonly { readonly field: string; readonly type: string }[];
}

/** Kinds on some clusters. */
export interface ArgoCdKindFilterInput {
  /** API groups, `''` for the core group, by glob. */
  readonly apiGroups: readonly string[];
  /** Kinds, by glob. */
  readonly kinds: readonly string[];
  /** URLs of API servers, by glob. @default - every cluster */
  readonly clusters?: readonly string[];
}

/** What Argo CD watches and how it judges it. */
export interface ArgoCdResourcesOptions {
  /** How an object knows its Application (`application.resourceTrackingMethod`). @default 'annotation' */
  readonly tracking?: (typeof resourceTrackingMethods)[number];
  /** Customisations by kind, such as `apps/Deployment`; core kinds without a group. The health of Applications is restored unless said otherwise here. @default {} */
  readonly kinds?: Readonly<Record<string, ArgoCdCustomizationInput>>;
  /** Fields of every kind. `/status` never causes a comparison, as upstream has it. @default {} */
  readonly everyKind?: { readonly ignoreDifferences?: ArgoCdDifferencesInput; readonly ignoreResourceUpdates?: ArgoCdFieldsInput };
  /** Kinds that aren't watched, beside upstream's (`resource.exclusions`). @default [] */
  readonly exclusions?: readonly ArgoCdKindFilterInput[];
  /** The only kinds that are watched (`resource.inclusions`). @default - all */
  readonly inclusions?: readonly ArgoCdKindFilterInput[];
}
