import { z } from 'zod';
import { shown } from '../../values/shown.ts';
import { dnsLabelProblem } from '../../values/names.ts';
import { chartRepositoryProblem, chartValuesSchema, chartVersionProblem, gitRevisionProblem } from '../external-source-text.ts';
import type { ExternalSourceInput } from '../external-app.ts';
import { gitUrlProblem, repositoryPathProblem } from '../repository.ts';
import { checkedText, dnsLabelSchema } from '../schema.ts';
import { generatorSchema, type GeneratorInput } from './generators.ts';

/** A Go template leaves its check to the controller; a text without one is checked now. */
function templated(problem: (text: string) => string | undefined) {
  return checkedText((text) => (text.includes('{{') ? bracesProblem(text) : problem(text)));
}

function bracesProblem(text: string): string | undefined {
  const opened = text.split('{{').length;
  return opened === text.split('}}').length ? undefined : `expected a Go template whose braces are closed, got ${shown(text)}`;
}

function anyText(text: string): string | undefined {
  return text === '' ? 'expected some text, got ""' : undefined;
}

/** The controller takes over whatever Application has a name that a generator gives: it has to begin with what nobody else's begins with. */
function nameProblem(text: string): string | undefined {
  if (!text.includes('{{')) return `expected a Go template that makes the names differ, such as preview-{{ .path.basename }}, got ${shown(text)}`;
  return /^[a-z0-9][a-z0-9-]*-\{\{/.test(text) ? undefined : `expected a name that begins with text of its own, such as preview-{{ .path.basename }}, so that no parameter can name somebody else's Application, got ${shown(text)}`;
}

/** What every Application of a set begins its name with, such as `preview-`. */
export function namePrefixOf({ application }: Pick<ApplicationSetDefinition, 'application'>): string {
  return application.name.slice(0, application.name.indexOf('{{'));
}

/** A namespace, or the beginning of namespaces: `preview-*`. */
function namespacePatternProblem(text: string): string | undefined {
  return dnsLabelProblem(text.replace(/-\*$/, '')) === undefined ? undefined : `expected a namespace, or the beginning of some, such as preview-*, got ${shown(text)}`;
}

const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('git'), url: checkedText(gitUrlProblem), revision: templated(gitRevisionProblem), path: templated(repositoryPathProblem).default(''), helm: z.strictObject({ values: chartValuesSchema }).optional() }),
  z.strictObject({ kind: z.literal('helm'), repo: checkedText(chartRepositoryProblem), chart: templated(anyText), version: templated(chartVersionProblem), values: chartValuesSchema }),
]);

export const applicationSetSchema = z.strictObject({
  name: dnsLabelSchema,
  team: dnsLabelSchema,
  generators: z.array(generatorSchema).min(1),
  application: z.strictObject({
    name: checkedText((text) => nameProblem(text) ?? bracesProblem(text)),
    source: sourceSchema,
    to: z.strictObject({ cluster: templated(dnsLabelProblem), namespace: templated(dnsLabelProblem) }),
    sync: z.enum(['automated', 'none']).default('automated'),
  }),
  clusters: z.array(dnsLabelSchema).min(1).optional(),
  namespaces: z.array(checkedText(namespacePatternProblem)).min(1),
});

/** Applications made by a generator, checked and with their defaults. */
export type ApplicationSetDefinition = z.output<typeof applicationSetSchema>;

/** What every generated Application looks like; text may hold Go templates. */
export interface GeneratedApplicationInput {
  /** Its name: a template that makes the names differ, after text that no other Application's name begins with: Argo CD would take that one over. */
  readonly name: string;
  /** Where it comes from: `git({…})` or `helm({…})`. The repository is named outright: the team's project allows no other. */
  readonly source: ExternalSourceInput;
  /** Where it lands: a cluster by name, and a namespace that exists. */
  readonly to: { readonly cluster: string; readonly namespace: string };
  /** Whether changes are applied, pruned and healed without being asked. @default 'automated' */
  readonly sync?: 'automated' | 'none';
}

/** What `applicationSet` takes beside the name. */
export interface ApplicationSetInput {
  /** The team in whose project the Applications lie. */
  readonly team: string;
  /** Where the parameters come from. */
  readonly generators: readonly GeneratorInput[];
  /** The template of every Application. */
  readonly application: GeneratedApplicationInput;
  /** The clusters to which they may go. @default - the one that runs Argo CD */
  readonly clusters?: readonly string[];
  /** The namespaces to which they may go; `preview-*` for all that begin so. The team's project allows these. */
  readonly namespaces: readonly string[];
}

/**
 * Argo CD Applications made by a generator on the cluster, for what isn't known when Slipway renders. It never deletes: a generator that
 * comes up empty (an outage, a renamed cluster) leaves every Application, and removing the set leaves them and their objects.
 */
export function applicationSet(name: string, input: ApplicationSetInput): ApplicationSetInput & { readonly name: string } {
  return { name, ...input };
}
