import { z } from 'zod';
import { canonicalJson } from '../values/canonical-json.ts';
import { compareText, type Problem } from '../values/errors.ts';
import { at } from '../values/fields.ts';
import { didYouMean } from '../values/suggest.ts';
import { valueFaults } from './add-on-values.ts';
import type { Cluster } from './cluster.ts';
import { pluginsListedTwice, rolloutsPluginSchema, type RolloutsPlugin, type RolloutsPluginInput } from './rollouts-plugins.ts';
import { checkedText, quantitySchema } from './schema.ts';
import { versionSchema } from './version.ts';

/** The add-ons that Slipway knows how to install, with the version of each that is installed unless another is named. */
export const addOnVersions = {
  'argo-rollouts': '1.10.1',
  'cert-manager': '1.21.1',
  'envoy-gateway': '1.9.0',
  'external-dns': '1.21.1',
  'external-secrets': '2.9.0',
  'kube-prometheus-stack': '88.5.3',
  'metrics-server': '0.9.0',
  'sealed-secrets': '0.38.4',
} as const;

/** An add-on that Slipway knows how to install. */
export type AddOnName = keyof typeof addOnVersions;

/** The names of all add-ons, sorted. */
export const addOnNames: readonly AddOnName[] = Object.keys(addOnVersions).sort(compareText) as AddOnName[];

/** Add-ons that upstream publishes as a Helm chart: `version` is the chart's, and `values` are its own. The others are manifests. */
export const chartAddOns: readonly AddOnName[] = ['cert-manager', 'external-dns', 'external-secrets', 'kube-prometheus-stack'];

const nameSchema = checkedText((text) => isAddOn(text) ? undefined : `expected an add-on that Slipway knows, got ${JSON.stringify(text)}.${didYouMean(text, addOnNames)}`);

export const addOnSchema = z.strictObject({
  name: nameSchema,
  version: versionSchema.optional(),
  values: z.record(z.string(), z.unknown()).optional(),
  resources: z.strictObject({ cpu: quantitySchema, memory: quantitySchema }).optional(),
  plugins: z.array(rolloutsPluginSchema).optional(),
}).superRefine((addOn, context) => {
  const chart = (chartAddOns as readonly string[]).includes(addOn.name);
  if (!isAddOn(addOn.name)) return;
  if (!chart && addOn.values !== undefined) context.addIssue({ code: 'custom', path: ['values'], message: `expected none, because ${addOn.name} is installed from upstream's manifest and not from a chart; what it takes is version and resources` });
  if (chart && addOn.resources !== undefined) context.addIssue({ code: 'custom', path: ['resources'], message: `expected none, because ${addOn.name} is installed from a chart: write them into values as the chart has them` });
  if (addOn.name === 'external-dns' && typeof at(addOn.values, 'provider', 'name') !== 'string') context.addIssue({ code: 'custom', path: ['values', 'provider', 'name'], message: 'expected the DNS provider, such as addOn(\'external-dns\', { values: { provider: { name: \'aws\' } } }), got nothing' });
  if (addOn.name !== 'argo-rollouts' && addOn.plugins !== undefined) context.addIssue({ code: 'custom', path: ['plugins'], message: `expected none, because only argo-rollouts starts plugins, and this is ${addOn.name}` });
  for (const { index, name } of pluginsListedTwice(addOn.plugins ?? [])) context.addIssue({ code: 'custom', path: ['plugins', index], message: `expected each plugin once, got ${JSON.stringify(name)} again` });
  for (const { path, message } of chart ? valueFaults(addOn.values ?? {}) : []) context.addIssue({ code: 'custom', path: ['values', ...path], message });
}).transform(({ name, version, values, resources, plugins }): AddOn => ({
  name: name as AddOnName,
  version: version ?? (isAddOn(name) ? addOnVersions[name] : ''),
  values: values ?? {},
  ...(resources !== undefined && { resources }),
  ...(plugins !== undefined && { plugins }),
}));

/** An add-on of a cluster, checked and with its defaults. */
export interface AddOn {
  readonly name: AddOnName;
  /** The version of upstream's manifest, or of its chart. */
  readonly version: string;
  /** Values of its chart beyond those that Slipway sets; empty where it is no chart. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What its controller requests. @default - what Slipway or upstream sets */
  readonly resources?: AddOnResources;
  /** What Argo Rollouts starts for what it can't do itself. @default - none */
  readonly plugins?: readonly RolloutsPlugin[];
}

/** What the controller of an add-on requests; the memory is its limit too. */
export interface AddOnResources {
  /** CPU that is requested, such as `100m`. */
  readonly cpu: string;
  /** Memory that is requested and never exceeded, such as `256Mi`. */
  readonly memory: string;
}

/** How an add-on differs from what Slipway installs by default. */
export interface AddOnOptions {
  /** Exact version of upstream's manifest or chart, without a leading "v". @default - the one that this version of Slipway names */
  readonly version?: string;
  /** Values of its Helm chart, merged into those that Slipway sets; an error for an add-on that is no chart. @default {} */
  readonly values?: Readonly<Record<string, unknown>>;
  /** What its controller requests; an error for an add-on that is a chart, whose values say it. @default - what Slipway or upstream sets */
  readonly resources?: AddOnResources;
  /** Plugins of `argo-rollouts`, such as `gatewayApiPlugin()`; an error for any other add-on. @default - none */
  readonly plugins?: readonly RolloutsPluginInput[];
}

/** An add-on with options of its own: what `addOn()` gives. */
export interface AddOnInput extends AddOnOptions {
  readonly name: AddOnName;
}

/** An add-on in a version, with values or resources of its own. */
export function addOn(name: AddOnName, options: AddOnOptions = {}): AddOnInput {
  return { name, ...options };
}

/** An add-on by name alone is one without options. */
export function namedAddOns(input: unknown): unknown {
  return Array.isArray(input) ? input.map((item: unknown) => typeof item === 'string' ? { name: item } : item) : input;
}

/** What decides the add-ons of a cluster: its environments. */
export interface AddOnHolder {
  readonly name: string;
  readonly clusters: readonly Pick<Cluster, 'name'>[];
  readonly addOns: readonly AddOn[];
}

/** The add-ons of a cluster, sorted by name: those of all environments that run on it, each once. */
export function addOnsOf(fleet: { readonly environments: readonly AddOnHolder[] }, cluster: Pick<Cluster, 'name'>): AddOn[] {
  const found = new Map<AddOnName, AddOn>();
  for (const environment of fleet.environments) {
    if (!environment.clusters.some((each) => each.name === cluster.name)) continue;
    for (const each of environment.addOns) if (!found.has(each.name)) found.set(each.name, each);
  }
  return [...found.values()].sort((a, b) => compareText(a.name, b.name));
}

/** Add-ons that one environment lists twice, or that two environments want differently on a cluster that they share. */
export function addOnProblems(environments: readonly AddOnHolder[], fileOf: (environment: string) => string): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, { readonly environment: string; readonly addOn: AddOn }>();
  for (const environment of environments) {
    const where = `${fileOf(environment.name)}: addOns`;
    const names = environment.addOns.map((each) => each.name);
    for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) problems.push({ where, message: `add-on ${JSON.stringify(name)} is listed twice`, fix: 'keep one of them' });
    const told = new Set<string>();
    for (const each of environment.addOns) {
      for (const cluster of environment.clusters) {
        const key = `${cluster.name} ${each.name}`;
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, { environment: environment.name, addOn: each });
        else if (owner.environment !== environment.name && !told.has(each.name) && canonicalJson(owner.addOn) !== canonicalJson(each)) {
          told.add(each.name);
          problems.push({ where, message: `expected ${each.name} as ${owner.environment} has it on cluster ${cluster.name}, which both share, got ${difference(each, owner.addOn)}`, fix: 'a cluster has one of each add-on: list the same in both, or give one environment another cluster' });
        }
      }
    }
  }
  return problems;
}

function difference(mine: AddOn, other: AddOn): string {
  if (mine.version !== other.version) return `version ${mine.version} instead of ${other.version}`;
  return `other ${(['values', 'plugins'] as const).find((field) => canonicalJson(mine[field] ?? null) !== canonicalJson(other[field] ?? null)) ?? 'resources'}`;
}

function isAddOn(name: string): name is AddOnName {
  return Object.hasOwn(addOnVersions, name);
}
