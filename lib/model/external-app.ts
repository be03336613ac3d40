import { z } from 'zod';
import { chartRepositoryProblem, chartValuesSchema, chartVersionProblem, gitRevisionProblem } from './external-source-text.ts';
import { repositoryPathProblem, gitUrlProblem } from './repository.ts';
import { checkedText, dnsLabelSchema } from './schema.ts';
import { kindNameSchema } from './team.ts';

export const externalSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('git'),
    url: checkedText(gitUrlProblem),
    revision: checkedText(gitRevisionProblem),
    path: checkedText(repositoryPathProblem).default(''),
    helm: z.strictObject({ values: chartValuesSchema }).optional(),
  }),
  z.strictObject({
    kind: z.literal('helm'),
    repo: checkedText(chartRepositoryProblem),
    chart: checkedText((text) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text) ? undefined : `expected the name of a chart, got ${JSON.stringify(text)}`),
    version: checkedText(chartVersionProblem),
    values: chartValuesSchema,
  }),
]);

export const externalAppSchema = z.strictObject({
  kind: z.literal('external-app'),
  name: dnsLabelSchema,
  team: dnsLabelSchema,
  sync: z.enum(['automated', 'none']).default('automated'),
  source: z.array(externalSourceSchema).min(1),
  to: z.strictObject({ cluster: z.string().optional(), server: z.string().optional(), namespace: dnsLabelSchema }),
  podSecurity: z.enum(['restricted', 'baseline', 'privileged']).default('restricted'),
  kinds: z.array(kindNameSchema).default([]),
});

/** Where an external app comes from, checked and with its defaults. */
export type ExternalSource = z.output<typeof externalSourceSchema>;

/** An app that isn't ours to render, checked. */
export interface ExternalApp {
  readonly name: string;
  readonly team: string;
  readonly sync: 'automated' | 'none';
  readonly sources: readonly ExternalSource[];
  /** Name of the cluster where it lands. */
  readonly cluster: string;
  readonly namespace: string;
  /** Pod Security Standard of its namespace. */
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged';
  /** Kinds that it brings beyond those that every team may deliver: `Secret`-like core kinds, else `<group>/<Kind>`. */
  readonly kinds: readonly string[];
  /** The file that defines it. */
  readonly file: string;
}

/** Options of a `git` source. */
export interface GitSourceOptions {
  /** Git URL without credentials. */
  readonly url: string;
  /** A branch, a tag or a commit. A name such as `v1.4.2` is taken for a tag, 40 hexadecimal digits for a commit, else a branch; `refs/tags/…` and `refs/heads/…` say it outright. */
  readonly revision: string;
  /** The folder that holds a kustomization, a Helm chart or plain YAML. @default - the repository's root */
  readonly path?: string;
  /** Says that the folder holds a Helm chart: Flux has to be told, and only then are there values. @default - a kustomization or plain YAML */
  readonly helm?: GitChartOptions;
}

/** How a Helm chart in a folder of a Git repository is installed. */
export interface GitChartOptions {
  /** Values over the chart's own. No secrets: they are written to Git. @default {} */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Options of a `helm` source. */
export interface HelmSourceOptions {
  /** URL of the chart repository (`https://…`), or of a registry (`oci://…`, without the chart's name). */
  readonly repo: string;
  /** Name of the chart. */
  readonly chart: string;
  /** Its exact version; a range would install what nobody reviewed. */
  readonly version: string;
  /** Values over the chart's own. No secrets: they are written to Git. @default {} */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** What `git` and `helm` give. */
export type ExternalSourceInput = ({ readonly kind: 'git' } & GitSourceOptions) | ({ readonly kind: 'helm' } & HelmSourceOptions);

/** A folder of a Git repository: a kustomization or plain YAML, which the controller sees by itself, or with `helm` a chart. */
export function git(options: GitSourceOptions): ExternalSourceInput {
  return { kind: 'git', ...options };
}

/** A released Helm chart. */
export function helm(options: HelmSourceOptions): ExternalSourceInput {
  return { kind: 'helm', ...options };
}

/** Where an external app lands: a cluster by name or by its server's URL, one of them. */
export type ExternalDestination =
  | { readonly cluster: string; readonly server?: never; readonly namespace: string }
  | { readonly server: string; readonly cluster?: never; readonly namespace: string };

/** What `defineExternalApp` takes beside the name. */
export interface ExternalAppInput {
  /** The team that owns it: a DNS label. */
  readonly team: string;
  /** Where it comes from: `git({…})`, `helm({…})`, or a list of them. */
  readonly source: ExternalSourceInput | readonly ExternalSourceInput[];
  /** Where it lands. The platform makes the namespace. */
  readonly to: ExternalDestination;
  /** Whether the controller applies changes, prunes and heals by itself, or waits to be asked. @default 'automated' */
  readonly sync?: 'automated' | 'none';
  /** Pod Security Standard that its namespace enforces. @default 'restricted' */
  readonly podSecurity?: 'restricted' | 'baseline' | 'privileged';
  /** Kinds that it brings beyond those that every team may deliver, such as `rbac.authorization.k8s.io/Role`: its team may deliver them then. @default - none */
  readonly kinds?: readonly string[];
}

/** An external app, as `defineExternalApp` gives it. */
export interface ExternalAppDefinition extends ExternalAppInput {
  readonly kind: 'external-app';
  readonly name: string;
}

/** Describes an app that isn't ours to render: a chart, a kustomization or a folder of YAML elsewhere. Checked when the fleet is loaded, together with everything else. */
export function defineExternalApp(name: string, input: ExternalAppInput): ExternalAppDefinition {
  return { kind: 'external-app', name, ...input };
}
