import { SlipwayError, type Problem } from '../values/errors.ts';
import type { Forge } from './forge.ts';
import { runProgram, type GitOutput } from './git.ts';
import type { CommitMessage } from './message.ts';

/** A pull request to open or bring up to date. */
export interface PullRequestOptions {
  readonly forge: Forge;
  readonly from: string;
  readonly to: string;
  readonly message: CommitMessage;
  /** Folder in which the program runs. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What `gh` or `glab` did. The push stands whatever they say. */
export interface PullRequestOutcome {
  /** @default - none is known */
  readonly url?: string | undefined;
  /** Why there is none. @default - all went well, or the program isn't installed */
  readonly problem?: Problem | undefined;
}

/** Opens a pull request by `gh` or `glab`, or brings the open one up to date; does nothing where the program isn't installed. */
export async function openPullRequest(options: PullRequestOptions): Promise<PullRequestOutcome> {
  const program = options.forge.kind === 'github' ? 'gh' : options.forge.kind === 'gitlab' ? 'glab' : undefined;
  if (program === undefined) return {};
  try {
    return { url: program === 'gh' ? await byGh(options) : await byGlab(options) };
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT' ? {} : { problem: error.problems[0] };
  }
}

async function byGh({ forge, from, to, message, cwd, env }: PullRequestOptions): Promise<string | undefined> {
  const run = (args: readonly string[], input?: string) => program('gh', args, { cwd, env: { ...env, GH_PROMPT_DISABLED: '1', GH_NO_UPDATE_NOTIFIER: '1' }, input });
  const repository = ['--repo', `${forge.host}/${forge.repository}`];
  const open = firstUrl(await run(['pr', 'list', ...repository, '--head', from, '--base', to, '--state', 'open', '--json', 'url', '--limit', '1']));
  const text = ['--title', message.subject, '--body-file', '-'];
  if (open === undefined) return firstUrl(await run(['pr', 'create', ...repository, '--head', from, '--base', to, ...text], message.body));
  await run(['pr', 'edit', open, ...text], message.body);
  return open;
}

async function byGlab({ forge, from, to, message, cwd, env }: PullRequestOptions): Promise<string | undefined> {
  const run = (args: readonly string[]) => program('glab', args, { cwd, env: { ...env, NO_PROMPT: '1', GLAB_CHECK_UPDATE: 'false' } });
  const repository = ['--repo', `https://${forge.host}/${forge.repository}`];
  const list = (await run(['mr', 'list', ...repository, '--source-branch', from, '--target-branch', to, '--output', 'json'])).stdout.toString('utf8');
  const url = /"web_url"\s*:\s*"(https?:[^"]*\/merge_requests\/(\d+))"/.exec(list);
  const text = ['--title', message.subject, '--description', message.body];
  if (url === null) return firstUrl(await run(['mr', 'create', ...repository, '--source-branch', from, '--target-branch', to, ...text, '--yes']));
  await run(['mr', 'update', url[2] ?? '', ...repository, ...text]);
  return url[1];
}

async function program(name: string, args: readonly string[], run: Parameters<typeof runProgram>[2]): Promise<GitOutput> {
  const output = await runProgram(name, args, { ...run, input: run.input ?? '' });
  if (output.code !== 0) {
    throw SlipwayError.of(`${name} ${args.slice(0, 2).join(' ')}`, `failed with exit code ${output.code}: ${output.stderr.trim().split('\n').slice(-5).join('\n    ')}`, 'the branch is pushed: open the pull request by the address given, or run the program by hand to see why.');
  }
  return output;
}

function firstUrl(output: GitOutput): string | undefined {
  return /https?:\/\/[^\s"]+/.exec(output.stdout.toString('utf8'))?.[0];
}
