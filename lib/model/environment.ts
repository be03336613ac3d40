import { z } from 'zod';
import { alertsSchema, type AlertInput } from './alerts.ts';
import { addOnSchema, type AddOnInput, type AddOnName } from './add-ons.ts';
import { checkedText, dnsLabelSchema, hostnameSchema } from './schema.ts';
import type { Cluster, ClusterInput } from './cluster.ts';
import { automationSchema, type ImageAutomationInput } from './image-automation.ts';
import { freezeSchema, type FreezeInput } from './freeze.ts';
import { repositoryPathProblem, repositorySchema, type RepositoryInput } from './repository.ts';
import { sizesSchema, type SizesInput } from './sizes.ts';

const namespaceTokens = ['app', 'environment', 'team'] as const;

/** A namespace rule has only known tokens and leaves a DNS label. */
function namespaceRuleProblem(rule: string): string | undefined {
  const unknown = [...rule.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '').filter((token) => !(namespaceTokens as readonly string[]).includes(token));
  if (unknown.length > 0) return `expected only {app}, {environment} and {team} in braces, got ${unknown.map((token) => `{${token}}`).join(', ')}`;
  const sample = rule.replace(/\{[^}]*\}/g, 'a');
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(sample) ? undefined : `expected a rule that gives a DNS label, such as "{app}-{environment}", got ${JSON.stringify(rule)}`;
}

const promotionSchema = z.strictObject({
  from: z.string().min(1).optional(),
  approval: z.enum(['automatic', 'pull-request']).default('automatic'),
  freeze: z.array(freezeSchema).default([]),
  waves: z.array(z.array(z.string()).min(1)).default([]),
});

export const environmentSchema = z.strictObject({
  name: dnsLabelSchema,
  /** By name: each cluster is checked once, however many environments share it. */
  clusters: z.array(z.string()).min(1),
  namespace: checkedText(namespaceRuleProblem).default('{app}-{environment}'),
  registry: checkedText((text) => /^[a-z0-9]+([._:-][a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(text) ? undefined : `expected a registry with an optional path, such as ghcr.io/acme, got ${JSON.stringify(text)}`),
  domain: hostnameSchema,
  sizes: sizesSchema.default({}),
  sync: z.enum(['automated', 'none']).default('automated'),
  unattended: z.boolean().default(false),
  images: z.strictObject({
    file: checkedText(repositoryPathProblem).optional(),
    digests: z.enum(['required', 'optional']).default('required'),
    automation: automationSchema.optional(),
  }).prefault({}),
  runtimeRepo: repositorySchema.optional(),
  addOns: z.array(addOnSchema).default([]),
  alerts: alertsSchema,
  promotion: promotionSchema.prefault({}),
});

/** An environment, checked and with its defaults. */
export interface Environment extends Omit<z.output<typeof environmentSchema>, 'clusters'> {
  readonly clusters: readonly Cluster[];
}

/** What `defineEnvironment` takes. */
export interface EnvironmentInput {
  /** Its name: a DNS label, unique in the fleet; the folder `apps/<name>`. */
  readonly name: string;
  /** The clusters on which it runs, the first of which is the canary of a change; several environments may share one. */
  readonly clusters: readonly ClusterInput[];
  /** Rule for an app's namespace, of `{app}`, `{environment}` and `{team}`. @default '{app}-{environment}' */
  readonly namespace?: string;
  /** Where its images come from, such as `ghcr.io/acme`: the repository of an image whose pin names none. */
  readonly registry: string;
  /** Domain under which its apps are reached: host `shop` becomes `shop.<domain>`. */
  readonly domain: string;
  /** What the named sizes mean here. @default - small, medium and large as Slipway has them */
  readonly sizes?: SizesInput;
  /** Whether the controller applies what it finds by itself. @default 'automated' */
  readonly sync?: 'automated' | 'none';
  /** Nobody watches it: nothing in it may wait for a person, such as a canary's pause without a duration (rule `endless-pause`). @default false */
  readonly unattended?: boolean;
  /** Image pins. @default - environments/images/<name>/kustomization.yaml, every digest required */
  readonly images?: {
    /** The pins' file, from the project's root. @default - environments/images/<name>/kustomization.yaml */
    readonly file?: string;
    /** Whether every pin needs a digest, or a tag is enough. @default 'required' */
    readonly digests?: 'required' | 'optional';
    /** New images get into the pins by themselves: `{}` for the newest build of `main`. One cluster that runs the environment, or its hub, needs `imageAutomation: true`. @default - people and pipelines write the pins */
    readonly automation?: ImageAutomationInput;
  };
  /** A runtime repo of its own. @default - the fleet's */
  readonly runtimeRepo?: RepositoryInput;
  /** What its clusters run beside its apps: an add-on by name, or `addOn(name, options)`. Environments that share a cluster have the same. @default [] */
  readonly addOns?: readonly (AddOnName | AddOnInput)[];
  /** Who is told of its apps' troubles: `slack()`, `webhook()`, `msTeams()`, `email()`, `githubCommitStatus()`. @default - nobody */
  readonly alerts?: readonly AlertInput[];
  /** How a version gets here. The order of environments is the order of `environments/index.ts`. @default - automatic, from the environment before it, never frozen */
  readonly promotion?: {
    /** The environment whose versions are promoted to this one. @default - the one before it */
    readonly from?: string;
    /** Whether a publish commits directly or opens a pull request (on a real remote). @default 'automatic' */
    readonly approval?: 'automatic' | 'pull-request';
    /** When nothing may be published. @default - never */
    readonly freeze?: readonly FreezeInput[];
    /** Names of its clusters, wave by wave, the canaries first: `publish --wave 1` brings a change to the first wave alone, and so on; clusters of no wave come last. @default - all at once */
    readonly waves?: readonly (readonly string[])[];
  };
}

/** Describes an environment. Checked when the fleet is loaded, together with everything else. */
export function defineEnvironment(input: EnvironmentInput): EnvironmentInput {
  return input;
}

/** The namespace of an app, by the environment's rule. */
export function namespaceFor(environment: Pick<Environment, 'name' | 'namespace'>, app: { readonly name: string; readonly team: string }): string {
  return fillNamespace(environment.namespace, { app: app.name, environment: environment.name, team: app.team });
}

/** Puts an app's values into a namespace rule. */
export function fillNamespace(rule: string, values: { readonly app: string; readonly environment: string; readonly team: string }): string {
  return rule.replace(/\{(app|environment|team)\}/g, (_, token: 'app' | 'environment' | 'team') => values[token]);
}
