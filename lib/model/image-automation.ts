import { z } from 'zod';
import { replacementProblem, tagPatternProblem } from '../values/tag-pattern.ts';
import { versionRangeProblem } from '../values/version-range.ts';
import { checkedText, dnsLabelSchema, durationSchema } from './schema.ts';

const patternSchema = checkedText(tagPatternProblem);
const tagSchema = z.string().min(1).max(128);
const samplesSchema = z.strictObject({ wins: tagSchema, loses: z.array(tagSchema).default([]), never: z.array(tagSchema).default([]) });

const filterShape = { pattern: patternSchema, extract: z.string().min(1).optional() };

/** A group that the pattern doesn't have would always be empty. */
function checkExtract(value: { readonly pattern?: string | undefined; readonly extract?: string | undefined }, context: z.RefinementCtx): void {
  if (value.extract === undefined) return;
  if (value.pattern === undefined) context.addIssue({ code: 'custom', path: ['extract'], message: 'expected a pattern to extract from, got none' });
  else if (tagPatternProblem(value.pattern) === undefined) {
    const message = replacementProblem(value.pattern, value.extract);
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['extract'], message });
  }
}

export const newestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('build'), branch: checkedText((text) => (/^[\w][\w.-]{0,79}$/.test(text) ? undefined : `expected a branch as it stands in tags (letters, digits, ".", "_", "-"), got ${JSON.stringify(text)}`)) }),
  z.strictObject({ kind: z.literal('version'), range: checkedText(versionRangeProblem), pattern: patternSchema.optional(), extract: z.string().min(1).optional(), samples: samplesSchema.optional() }).superRefine(checkExtract),
  z.strictObject({ kind: z.literal('tag'), order: z.enum(['numerical', 'alphabetical']), descending: z.boolean().default(false), ...filterShape, samples: samplesSchema }).superRefine(checkExtract),
]);

export const automationSchema = z.strictObject({
  newest: newestSchema.default({ kind: 'build', branch: 'main' }),
  images: z.record(z.string().min(1), z.union([z.literal(false), newestSchema])).default({}),
  registry: z.strictObject({ secret: dnsLabelSchema.optional(), provider: z.enum(['aws', 'azure', 'gcp']).optional() })
    .refine(({ secret, provider }) => secret === undefined || provider === undefined, { error: 'expected a secret or a provider, got both; keep one' }).optional(),
  interval: durationSchema.default('5m'),
  author: z.strictObject({ name: z.string().min(1), email: z.string().regex(/^[^\s@]+@[^\s@]+$/, 'expected an e-mail address') }).default({ name: 'image automation', email: 'image-automation@slipway.invalid' }),
  skipCi: z.boolean().default(false),
  branch: z.string().min(1).optional(),
});

/** Which tag of an image is the newest, checked and with its defaults. */
export type Newest = z.output<typeof newestSchema>;
/** What `newest` takes: what `newestBuild()`, `newestVersion()` and `newestTag()` give. */
export type NewestInput = z.input<typeof newestSchema>;
/** How new images get into the pins, checked and with its defaults. */
export type ImageAutomation = z.output<typeof automationSchema>;

/** Tags that show what a pattern does; synth checks them. */
export interface SampleTags {
  /** The tag that has to be chosen among all that are named here. */
  readonly wins: string;
  /** Tags that fit, and are older. @default [] */
  readonly loses?: readonly string[];
  /** Tags that must never be chosen, such as `tmp-4c1f2ab-1763650000`. @default [] */
  readonly never?: readonly string[];
}

/** What `newestVersion()` takes beside the range. */
export interface NewestVersionOptions {
  /** RE2 pattern of the tags that count. @default - every tag that is a version */
  readonly pattern?: string;
  /** What of the tag is the version, such as `$version`. @default - the whole tag */
  readonly extract?: string;
  /** @default - none: nothing is checked but the range */
  readonly samples?: SampleTags;
}

/** What `newestTag()` takes. */
export interface NewestTagOptions {
  /** RE2 pattern of the tags that count; anchor it by `^` and `$`. */
  readonly pattern: string;
  /** What of the tag is compared, such as `$seconds` for a group `(?P<seconds>…)`. @default - the whole tag */
  readonly extract?: string;
  /** How it is compared. */
  readonly order: 'alphabetical' | 'numerical';
  /** Whether the smallest is the newest. @default false */
  readonly descending?: boolean;
  /** Tags that show what it does. */
  readonly samples: SampleTags;
}

/** The newest build of a branch, by tags `<branch>-<sha>-<unix seconds>`, such as `main-4c1f2ab-1763650000`. */
export function newestBuild(branch = 'main'): NewestInput {
  return { kind: 'build', branch };
}

/** The highest version in a range, such as `>=1.2.0 <2.0.0`, `~1.2` or `1.x`; a pre-release only where the range names one. */
export function newestVersion(range: string, options: NewestVersionOptions = {}): NewestInput {
  const { samples, ...rest } = options;
  return { kind: 'version', range, ...rest, ...(samples !== undefined && { samples: copied(samples) }) };
}

/** The highest tag by an order of your own. */
export function newestTag(options: NewestTagOptions): NewestInput {
  return { kind: 'tag', ...options, samples: copied(options.samples) };
}

function copied({ wins, loses = [], never = [] }: SampleTags): { wins: string; loses: string[]; never: string[] } {
  return { wins, loses: [...loses], never: [...never] };
}

/** What `images.automation` of an environment takes. */
export interface ImageAutomationInput {
  /** Which tag is the newest. @default newestBuild() */
  readonly newest?: NewestInput;
  /** Images for which something else holds, by their name in the pins; `false`: nobody but people and pipelines changes it. @default {} */
  readonly images?: Readonly<Record<string, false | NewestInput>>;
  /** How the registry is asked: by a pull secret (`kubernetes.io/dockerconfigjson`) beside the controller, or by a cloud's workload identity. @default - by workload identity on ECR, Azure's ACR and Google's registries, else anonymously */
  readonly registry?: { readonly secret?: string; readonly provider?: 'aws' | 'azure' | 'gcp' };
  /** How often registries are asked, a Go duration. @default '5m' */
  readonly interval?: string;
  /** Author of the commits. @default { name: 'image automation', email: 'image-automation@slipway.invalid' } */
  readonly author?: { readonly name: string; readonly email: string };
  /** Whether the commits say `[skip ci]`: then something else than the config repo's pipeline has to publish. @default false */
  readonly skipCi?: boolean;
  /** The branch that is pushed, for a pull request. @default - the config repo's own branch */
  readonly branch?: string;
}
