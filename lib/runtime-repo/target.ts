import { throwProblems, type Problem } from '../values/errors.ts';
import type { PublishTarget } from './repository.ts';
import { pathProblem } from './unit.ts';
import { isSameRepository, repositoryUrlProblem, rewrittenUrlProblem, type GitSetting } from './url.ts';

/** A target with its defaults. */
export interface ResolvedTarget {
  /** `undefined` for the embedded runtime repo. */
  readonly url: string | undefined;
  readonly branch: string;
  readonly path: string;
  readonly sharedWithConfig: boolean;
}

/** Fills in a target's defaults. Fails on credentials in its URL, a name that is no branch, and a path that leaves the repository. */
export function resolveTarget(target: PublishTarget, pullRequestBranch: string | undefined, settings: readonly GitSetting[]): ResolvedTarget {
  const { url, branch = 'main', path = '' } = target;
  const sharedWithConfig = target.sharedWithConfig ?? (url !== undefined && settings.some(({ key, value }) => /^remote\..+\.url$/.test(key) && isSameRepository(value, url)));
  const reason = path === '' ? undefined : pathProblem(path);
  throwProblems([
    (url === undefined ? undefined : repositoryUrlProblem(url) ?? rewrittenUrlProblem(url, settings)),
    branchProblem(branch),
    (pullRequestBranch === undefined ? undefined : branchProblem(pullRequestBranch)),
    (pullRequestBranch === branch ? { where: '--branch', message: `expected a branch for the pull request other than the one that clusters follow (${branch})` } : undefined),
    (reason === undefined ? undefined : { where: 'path of the runtime repo', message: `expected a folder inside the repository, but ${JSON.stringify(path)} ${reason}` }),
  ].filter((problem): problem is Problem => problem !== undefined));
  return { url, branch, path, sharedWithConfig };
}

function branchProblem(name: string): Problem | undefined {
  const bad = /^$|^[-/]|[/.]$|\.\.|\/\/|@\{|[\s~^:?*[\\\x00-\x1f\x7f]|\.lock(\/|$)|(^|\/)\.|^HEAD$|^@$/.test(name);
  return bad ? { where: '--branch', message: `expected a Git branch name, got ${JSON.stringify(name)}` } : undefined;
}
