import type { Problem } from '../values/errors.ts';
import type { GitOptions } from './git.ts';
import type { CommitMessage } from './message.ts';
import type { AllowedRemoval, Plan } from './plan-types.ts';
import type { PublishTarget } from './repository.ts';
import type { PublishScope } from './scope.ts';
import type { PublishUnit } from './unit.ts';

/** What a publish is given. Nothing else decides what it does: no clock, no argument line, no console. */
export interface PublishOptions {
  /** The config repo's folder; its HEAD is the source that is recorded. */
  readonly folder: string;
  /** Everything that is rendered in the scope. */
  readonly units: readonly PublishUnit[];
  /** What the units speak for: one of its units that isn't given any more is removed. @default - everything */
  readonly scope?: PublishScope;
  /** @default - the embedded runtime repo */
  readonly target?: PublishTarget;
  /** The date of the commit. */
  readonly now: Date;
  /** A paragraph of the commit message, such as why a freeze was overridden. @default - none */
  readonly note?: string;
  /** Commit to a branch and propose it. The embedded repo is always written directly, since nobody could approve there. @default - write the target's branch */
  readonly pullRequest?: {
    /** @default - slipway/<environment>, or slipway/publish where the scope isn't one environment */
    readonly branch?: string;
  };
  /** Files that are taken over although somebody else wrote or edited them, by path below the target's folder. @default - none */
  readonly adopt?: readonly string[];
  /** @default - 20 % of the scope's files, at least 20, no guarded object */
  readonly allowRemoval?: AllowedRemoval;
  /** Recorded source commits (at least 7 digits) that count as older although they are no ancestors. @default - none */
  readonly acceptSources?: readonly string[];
  /** @default - `git` on PATH in this process's environment */
  readonly git?: GitOptions;
  /** Numbers from 0 to 1 that spread the retries of concurrent publishers, such as Math.random. */
  readonly random: () => number;
  /** How often to try before giving up on a branch that others keep moving. @default 50 */
  readonly tries?: number;
}

/** What every result says. */
export interface PublishReport {
  /** The runtime repo: its URL without credentials, or the embedded one's folder. */
  readonly repository: string;
  /** The commit of the config repo that was rendered. */
  readonly source: string;
  readonly plan: Plan;
}

/** What a publish came to. */
export type PublishResult =
  /** The branch holds the new commit. */
  | PublishReport & { readonly outcome: 'published'; readonly branch: string; readonly commit: string; readonly before: string | undefined; readonly message: CommitMessage }
  /** Nothing that is deployed changes; `commit` where the source was recorded nevertheless. */
  | PublishReport & { readonly outcome: 'unchanged'; readonly branch: string; readonly commit: string | undefined }
  /** A newer commit of the config repo was published already; nothing was written. */
  | PublishReport & { readonly outcome: 'superseded' }
  /** The pull request's branch holds the new commit. */
  | PublishReport & {
    readonly outcome: 'pull-request'; readonly branch: string; readonly into: string; readonly commit: string; readonly message: CommitMessage;
    /** The page on which a person opens it, or the open pull request. `undefined` where the host isn't known. */
    readonly url: string | undefined;
    /** Whether `gh` or `glab` opened it or brought it up to date. */
    readonly opened: boolean;
    /** Why `gh` or `glab` failed; the push stands. @default - it didn't */
    readonly problem?: Problem | undefined;
  };

/** What a publish would do. */
export interface PublishPlan extends PublishReport {
  /** The branch's commit on which the plan was made. `undefined` where there is none yet. */
  readonly base: string | undefined;
  readonly branch: string;
  /** Texts before and after of every file that changes, by path. */
  readonly texts: ReadonlyMap<string, { readonly before: string | undefined; readonly after: string | undefined }>;
}
