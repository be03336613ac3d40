import { z } from 'zod';
import { repositoryPathProblem, gitUrlProblem } from './repository.ts';
import { checkedText, dnsLabelSchema } from './schema.ts';

export const externalSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('git'),
    url: checkedText(gitUrlProblem),
    revision: z.string().min(1),
    path: checkedText(repositoryPathProblem).default(''),
  }),
  z.strictObject({
    kind: z.literal('helm'),
    repo: z.string().min(1),
    chart: z.string().min(1),
    version: z.string().min(1),
    values: z.record(z.string(), z.unknown()).default({}),
  }),
]);

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
  /** The file that defines it. */
  readonly file: string;
}

export const externalNamespaceSchema = dnsLabelSchema;
