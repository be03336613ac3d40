import type { Fields } from '../../values/fields.ts';

/** The kinds of Git hosting services at which a deploy key can be registered; Forgejo, and so Codeberg, talks like Gitea. */
export type ForgeKind = 'github' | 'gitlab' | 'gitea';

/** A deploy key as a forge lists it. */
export interface ListedKey {
  /** The forge's own number of it. */
  readonly id: number;
  /** The public part, one line as authorized_keys has it, with or without a comment. */
  readonly publicKey: string;
  /** Whether it may push. @default - the forge doesn't tell */
  readonly mayWrite?: boolean;
}

/** What is told of a key when it is registered. */
export interface NewKey {
  readonly title: string;
  /** One line, as authorized_keys has it. */
  readonly publicKey: string;
}

/** How one kind of forge is talked to about the deploy keys of a repository. */
export interface Forge {
  readonly kind: ForgeKind;
  /** Its name for people. */
  readonly name: string;
  /** Hosts that are known to be of this kind, as the URL of a repository names them. */
  readonly hosts: readonly string[];
  /** What a token needs to manage deploy keys, in the forge's own words. */
  readonly permission: string;
  /** How many parts the path of a repository has: `owner/name`, or groups as well. */
  readonly parts: { readonly least: number; readonly most?: number };
  /** Base URL of the API of a host, without a slash at the end. */
  apiOf(host: string): string;
  /** Headers of every request. */
  headers(token: string): Readonly<Record<string, string>>;
  /** Path of a repository's deploy keys, below the API. */
  keysPath(repository: string): string;
  /** What is added to that path for one page of the list, counted from 1. */
  pageQuery(page: number): string;
  /** The body of the request that registers a key which may only read. */
  body(key: NewKey): Fields;
  /** A key of the forge's answer; undefined where the answer is something else. */
  keyOf(answer: unknown): ListedKey | undefined;
  /** The page on which a person adds a deploy key. */
  page(host: string, repository: string): string;
}
