import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SlipwayError } from '../values/errors.ts';
import type { Git, GitRun } from './git.ts';
import type { PushOutcome, RuntimeRepository } from './repository.ts';
import { withoutCredentials } from './url.ts';

const remote = 'slipway-runtime';

/** Options of a remote runtime repo. */
export interface RemoteOptions {
  readonly git: Git;
  /** The config repo's folder: relative paths start there. */
  readonly project: string;
  /** A folder of this run alone. */
  readonly scratch: string;
  readonly url: string;
  /** Variables by which the config repo's own credentials reach Git (see `credentialVariables`). */
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * Opens a remote runtime repo by a bare clone without files that lives as long as the run: commits and folders come at once, the few file contents
 * that a plan needs in one further request. Servers that can't leave file contents out send them.
 */
export async function openRemote({ git, project, scratch, url, credentials }: RemoteOptions): Promise<RuntimeRepository> {
  const gitDir = join(scratch, 'clone.git');
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', gitDir], { cwd: project });
  const run = (args: readonly string[], options: Omit<GitRun, 'cwd' | 'gitDir'> = {}) => git(args, { ...options, cwd: project, gitDir });
  // The clone counts as partial only while it fetches: all other commands then report a missing object instead of fetching it one by one.
  const network = { env: credentials, config: [`remote.${remote}.url=${url}`, `remote.${remote}.promisor=true`, `remote.${remote}.partialclonefilter=blob:none`] };
  const fetch = (args: readonly string[], options: Omit<GitRun, 'cwd' | 'gitDir'> = {}) =>
    run(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none', ...args], { ...options, env: network.env, config: [...network.config, ...(options.config ?? [])] });
  return {
    name: withoutCredentials(url),
    scratch,
    partial: true,
    git: run,
    async head(branch, history) {
      const local = `refs/slipway/${branch}`;
      const { code, stderr } = await fetch([...(history ? [] : ['--depth=1']), remote, `+refs/heads/${branch}:${local}`], { accept: [0, 1, 128] });
      if (code !== 0 && /couldn't find remote ref/.test(stderr)) return undefined;
      if (code !== 0) throw unreachable('fetch', url, code, stderr);
      return (await run(['rev-parse', '--verify', `${local}^{commit}`])).stdout.toString('utf8').trim();
    },
    async bring(ids) {
      if (ids.length === 0) return;
      const check = await run(['cat-file', '--batch-check=%(objectname)'], { input: ids.map((id) => `${id}\n`) });
      const missing = check.stdout.toString('utf8').split('\n').filter((row) => row.endsWith(' missing')).map((row) => row.slice(0, row.indexOf(' ')));
      if (missing.length === 0) return;
      await fetch(['--stdin', remote], { input: missing.map((id) => `${id}\n`), config: ['fetch.negotiationAlgorithm=noop'] });
    },
    async push(branch, commit) {
      const { code, stdout, stderr } = await run(['push', '--porcelain', '--no-verify', remote, `${commit}:refs/heads/${branch}`], { ...network, config: [`remote.${remote}.url=${url}`], accept: [0, 1, 128] });
      return pushOutcome(url, code, withoutCredentials(stdout.toString('utf8')), stderr);
    },
    close: () => rm(scratch, { recursive: true, force: true }),
  };
}

/** Rejections that mean no more than that somebody else was first. */
const lostRace = /fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref|incorrect old value|reference already exists|failed to lock|but expected/i;

function pushOutcome(url: string, code: number, stdout: string, stderr: string): PushOutcome {
  if (code === 0) return { landed: true, said: stderr };
  const rejected = stdout.split('\n').find((row) => row.startsWith('!'));
  if (rejected === undefined) throw unreachable('push', url, code, stderr);
  const reason = rejected.split('\t').slice(2).join(' ').trim() || rejected;
  if (lostRace.test(`${reason}\n${stderr}`)) return { landed: false, reason };
  throw SlipwayError.of(withoutCredentials(url), `refused the push: ${reason}\n    ${said(stderr)}`, 'the branch may be protected: publish by pull request (--pull-request), or let the publishing identity write there.');
}

function unreachable(verb: string, url: string, code: number, stderr: string): SlipwayError {
  return SlipwayError.of(withoutCredentials(url), `git ${verb} failed with exit code ${code}: ${said(stderr)}`,
    'check the URL and that Git reaches it by its own means (credential helper, SSH key or agent, GIT_ASKPASS): `git ls-remote` with this URL has to work.');
}

function said(stderr: string): string {
  return stderr.trim().split('\n').slice(-12).join('\n    ');
}
