import { z } from 'zod';
import { checkedText } from './schema.ts';

/** A Git URL that carries no credential: https, ssh (both spellings), file, or an absolute path. */
export function gitUrlProblem(text: string): string | undefined {
  const shape = /^(https?:\/\/|ssh:\/\/|git:\/\/|file:\/\/|\/|[\w.-]+@[\w.-]+:(?!\/\/))\S+$/;
  if (!shape.test(text)) {
    return `expected a Git URL (https://…, ssh://…, git@host:path, file://… or an absolute path), got ${JSON.stringify(text.replace(/\/\/[^/@]*@/, '//…@'))}`;
  }
  if (/^(https?|git|file):\/\/[^/]*@/.test(text) || /^ssh:\/\/[^/@]*:[^/@]*@/.test(text)) {
    return 'expected a URL without user name and password; name the credential in `credential` instead';
  }
  return undefined;
}

/** A path inside a repository: relative, `/` between folders, no `..`. */
export function repositoryPathProblem(text: string): string | undefined {
  const bad = text.startsWith('/') || text.includes('\\') || text.includes('\0') || text.split('/').some((part) => part === '..' || part === '' || part.toLowerCase() === '.git');
  return bad && text !== '' ? `expected a relative path without "..", ".git" or empty parts, got ${JSON.stringify(text)}` : undefined;
}

function branchProblem(text: string): string | undefined {
  const bad = /^$|^[-/]|[/.]$|\.\.|\/\/|@\{|[\s~^:?*[\\\x00-\x1f\x7f]|\.lock(\/|$)|(^|\/)\./.test(text);
  return bad ? `expected a Git branch name, got ${JSON.stringify(text)}` : undefined;
}

/** A credential, named and never written: where the controller or the publisher finds it. */
export const credentialSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deploy-key') }),
  z.strictObject({ kind: z.literal('secret'), name: z.string().min(1) }),
  z.strictObject({ kind: z.literal('github-app'), appId: z.int().positive(), installationId: z.int().positive(), privateKeySecret: z.string().min(1) }),
  z.strictObject({ kind: z.literal('codecommit'), role: z.string().min(1).optional() }),
]);

export const repositorySchema = z.strictObject({
  url: checkedText(gitUrlProblem),
  branch: checkedText(branchProblem).default('main'),
  path: checkedText(repositoryPathProblem).default(''),
  credential: credentialSchema.optional(),
});

/** A Git repository as Slipway uses it. */
export type Repository = z.output<typeof repositorySchema>;

/** What `defineRepository` takes. */
export interface RepositoryInput {
  /** Git URL without credentials: https, ssh, file, or an absolute path. */
  readonly url: string;
  /** Branch that is written and followed. @default 'main' */
  readonly branch?: string;
  /** Folder inside the repository. @default - its root */
  readonly path?: string;
  /** The credential, by reference. @default - none: a public repository, or what Git itself is configured with */
  readonly credential?: z.input<typeof credentialSchema>;
}

/** Describes a Git repository. Checked when the fleet is loaded, together with everything else. */
export function defineRepository(input: RepositoryInput): RepositoryInput {
  return input;
}
