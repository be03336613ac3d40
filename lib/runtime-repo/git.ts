import { spawn } from 'node:child_process';
import { SlipwayError } from '../values/errors.ts';
import { withoutCredentials } from './url.ts';

/** How Git is run; nothing of it is read anywhere else. */
export interface GitOptions {
  /** The program. @default 'git' */
  readonly binary?: string;
  /** The environment from which Git takes its own configuration and credentials. @default - the process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** One run of Git. */
export interface GitRun {
  /** Folder in which it runs. */
  readonly cwd: string;
  /** The repository, given by name rather than found. @default - found from `cwd` */
  readonly gitDir?: string;
  /** What it reads from standard input: lists go this way, never as arguments. @default - nothing */
  readonly input?: string | Iterable<string | Uint8Array>;
  /** Further variables, such as GIT_INDEX_FILE. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Settings passed as `-c key=value`; never a secret. @default - none */
  readonly config?: readonly string[];
  /** Exit codes that are an answer and not a failure. @default [0] */
  readonly accept?: readonly number[];
}

/** What a run of Git left. */
export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  /** Without credentials. */
  readonly stderr: string;
}

/** Runs Git with arguments as a list. */
export type Git = (args: readonly string[], run: GitRun) => Promise<GitOutput>;

/** Variables that name a repository or its parts: an outer Git (a hook, an alias) must not lead ours astray. */
const repositoryVariables = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_COMMON_DIR', 'GIT_CONFIG', 'GIT_DIR', 'GIT_GRAFT_FILE', 'GIT_IMPLICIT_WORK_TREE', 'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX', 'GIT_NAMESPACE', 'GIT_NO_REPLACE_OBJECTS', 'GIT_OBJECT_DIRECTORY', 'GIT_PREFIX', 'GIT_QUARANTINE_PATH',
  'GIT_REPLACE_REF_BASE', 'GIT_SHALLOW_FILE', 'GIT_WORK_TREE', 'GIT_LITERAL_PATHSPECS', 'GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS',
]);

/** Settings of a user that would change what plumbing does: hooks, housekeeping in the background, what a push takes along. */
const isolation = [
  'core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.quotePath=false', 'core.logAllRefUpdates=false', 'core.commitGraph=false', 'gc.auto=0', 'maintenance.auto=false',
  'i18n.commitEncoding=UTF-8', 'fetch.recurseSubmodules=false', 'fetch.writeCommitGraph=false', 'push.recurseSubmodules=no', 'push.followTags=false', 'push.gpgSign=false',
  'protocol.version=2', 'advice.statusHints=false',
];

/** The one door to Git: no shell, no prompt, English messages, no credentials in what it reports. */
export function gitRunner(options: GitOptions = {}): Git {
  const binary = options.binary ?? 'git';
  const inherited = Object.entries(options.env ?? process.env).filter(([name, value]) => value !== undefined && !repositoryVariables.has(name));
  return async (args, run) => {
    const env = {
      ...Object.fromEntries(inherited), LC_ALL: 'C', LANGUAGE: '', GIT_TERMINAL_PROMPT: '0', GCM_INTERACTIVE: 'never', GIT_OPTIONAL_LOCKS: '0', GIT_NO_REPLACE_OBJECTS: '1',
      ...(run.gitDir === undefined ? {} : { GIT_DIR: run.gitDir }), ...run.env,
    };
    const settings = [...isolation, ...(run.config ?? [])].flatMap((setting) => ['-c', setting]);
    const output = await runProgram(binary, [...settings, ...args], { cwd: run.cwd, env, input: run.input });
    if (!(run.accept ?? [0]).includes(output.code)) throw failure(args, output);
    return output;
  };
}

/** What a program is given. */
export interface ProgramRun {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Iterable<string | Uint8Array> | undefined;
}

/** Runs a program without a shell and waits for it; fails only when it can't be started. */
export function runProgram(binary: string, args: readonly string[], run: ProgramRun): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd: run.cwd, env: { ...run.env }, stdio: [run.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], windowsHide: true });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (cause: NodeJS.ErrnoException) => reject(cause.code === 'ENOENT'
      ? new SlipwayError([{ where: binary, message: `expected to run ${binary} in ${run.cwd}, but one of them doesn't exist`, fix: `install ${binary}, or put it on PATH.` }], { cause })
      : cause));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === null ? 1 : 128), stdout: Buffer.concat(out), stderr: withoutCredentials(Buffer.concat(err).toString('utf8')) }));
    if (child.stdin !== null && run.input !== undefined) feed(child.stdin, run.input, reject);
  });
}

/** Writes the input; a program that stops reading says why by its exit code, so a broken pipe is no failure of its own. */
function feed(stdin: NodeJS.WritableStream, input: string | Iterable<string | Uint8Array>, reject: (error: Error) => void): void {
  stdin.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
  });
  for (const part of typeof input === 'string' ? [input] : input) stdin.write(part);
  stdin.end();
}

function failure(args: readonly string[], output: GitOutput): SlipwayError {
  const said = output.stderr.trim().split('\n').slice(-12).join('\n    ');
  return SlipwayError.of(`git ${args[0] ?? ''}`, `failed with exit code ${output.code}${said === '' ? '' : `: ${said}`}`, hint(output.stderr));
}

function hint(stderr: string): string | undefined {
  if (/terminal prompts disabled|could not read Username|Authentication failed|Permission denied \(publickey/i.test(stderr)) {
    return 'give Git the credential by its own means: a credential helper, an SSH key or agent, or GIT_ASKPASS; never in the URL.';
  }
  if (/dubious ownership/.test(stderr)) return 'the folder belongs to another user; see `git help config` on safe.directory.';
  return undefined;
}
