import type { GitOutput, GitRun } from './git.ts';

/** Where a publish goes. */
export interface PublishTarget {
  /** Git URL or path of the runtime repo, without credentials. @default - the embedded one: a bare repository in the config repo's `.slipway/runtime.git`, made on first use */
  readonly url?: string;
  /** The branch that clusters follow. @default 'main' */
  readonly branch?: string;
  /** Folder inside the repository below which everything lies. @default - its root */
  readonly path?: string;
  /** Whether the runtime repo is the config repo too: commits then carry a marker that makes CI skip them, and the folder counts as output. @default - whether a remote of the config repo has this URL */
  readonly sharedWithConfig?: boolean;
}

/** What a push came to. */
export type PushOutcome =
  | { readonly landed: true; readonly said: string }
  /** Somebody else was first: plan again on the new head. */
  | { readonly landed: false; readonly reason: string };

/** An opened runtime repo: the embedded one, or a bare clone of a remote that lives as long as the run. */
export interface RuntimeRepository {
  /** How messages name it; without credentials. */
  readonly name: string;
  /** A folder of this run alone. */
  readonly scratch: string;
  /** Whether file contents may be left out here that the branch has. */
  readonly partial: boolean;
  /** Runs Git on it. */
  git(args: readonly string[], run?: Omit<GitRun, 'cwd' | 'gitDir'>): Promise<GitOutput>;
  /** The commit of a branch; `undefined` when there is no such branch. With `history`, its ancestors are here too. */
  head(branch: string, history: boolean): Promise<string | undefined>;
  /** Brings objects here that a partial clone left out, all at once. */
  bring(ids: readonly string[]): Promise<void>;
  /** Moves a branch from one commit to a descendant, or makes it; never by force. */
  push(branch: string, commit: string, before: string | undefined): Promise<PushOutcome>;
  /** Takes care of what a publish left, and removes the run's folder. */
  close(): Promise<void>;
}
