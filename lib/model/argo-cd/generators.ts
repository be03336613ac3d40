import { z } from 'zod';
import { gitRevisionProblem } from '../external-source-text.ts';
import { gitUrlProblem } from '../repository.ts';
import { checkedText } from '../schema.ts';
import { labelKeyProblem, labelValueProblem } from '../../values/names.ts';

const patterns = z.array(z.string().min(1)).min(1);

const plainGenerators = [
  z.strictObject({ kind: z.literal('list'), elements: z.array(z.record(z.string().min(1), z.json())).min(1) }),
  z.strictObject({ kind: z.literal('git-folders'), url: checkedText(gitUrlProblem), revision: checkedText(gitRevisionProblem), folders: patterns, exclude: z.array(z.string().min(1)).default([]) }),
  z.strictObject({ kind: z.literal('git-files'), url: checkedText(gitUrlProblem), revision: checkedText(gitRevisionProblem), files: patterns }),
  z.strictObject({ kind: z.literal('clusters'), labels: z.record(checkedText(labelKeyProblem), checkedText(labelValueProblem)).refine((labels) => Object.keys(labels).length > 0, { error: 'expected at least one label: without any, every registered cluster would be meant, and the own one twice' }) }),
  z.strictObject({ kind: z.literal('pull-requests'), owner: z.string().min(1), repo: z.string().min(1), labels: z.array(z.string().min(1)).min(1), tokenSecret: z.strictObject({ name: z.string().min(1), key: z.string().min(1) }) }),
] as const;

export const generatorSchema = z.discriminatedUnion('kind', [
  ...plainGenerators,
  z.strictObject({ kind: z.literal('matrix'), generators: z.array(z.discriminatedUnion('kind', plainGenerators)).length(2) }),
]);

/** A generator, checked and with its defaults. */
export type Generator = z.output<typeof generatorSchema>;

/** A generator that stands alone or in a matrix. */
export type PlainGeneratorInput =
  /** Fixed elements; their fields are the parameters. */
  | { readonly kind: 'list'; readonly elements: readonly Readonly<Record<string, unknown>>[] }
  /** The folders of a Git repository that match: `.path.path`, `.path.basename`. */
  | { readonly kind: 'git-folders'; readonly url: string; readonly revision: string; readonly folders: readonly string[]; readonly exclude?: readonly string[] }
  /** The YAML or JSON files of a Git repository that match; their fields are the parameters. */
  | { readonly kind: 'git-files'; readonly url: string; readonly revision: string; readonly files: readonly string[] }
  /** The registered clusters with these labels: `.name`, `.server`, `.metadata.labels`. */
  | { readonly kind: 'clusters'; readonly labels: Readonly<Record<string, string>> }
  /** The open pull requests of a GitHub repository with these labels: `.number`, `.branch_slug`, `.head_sha`. The token's Secret lies in Argo CD's namespace. */
  | { readonly kind: 'pull-requests'; readonly owner: string; readonly repo: string; readonly labels: readonly string[]; readonly tokenSecret: { readonly name: string; readonly key: string } };

/** A generator, or every combination of two. */
export type GeneratorInput = PlainGeneratorInput | { readonly kind: 'matrix'; readonly generators: readonly [PlainGeneratorInput, PlainGeneratorInput] };
