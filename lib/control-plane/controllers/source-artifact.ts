import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { binary, build } from '../build.ts';
import { runOk } from '../run-program.ts';

/** What a GitRepository asks for, as far as the stand-in honours it. */
export interface GitSourceSpec {
  readonly url: string;
  readonly branch: string;
  /** Directories; nothing else is in the artifact. @default - everything */
  readonly sparseCheckout?: readonly string[];
  /** Patterns of what is left out, read by Flux's own matcher. @default - only what Flux always leaves out, such as pictures and archives */
  readonly ignore?: string;
}

/** A packed revision. */
export interface Artifact {
  /** `main@sha1:<commit>`. */
  readonly revision: string;
  /** `sha256:<hexadecimal>` of the file. */
  readonly digest: string;
  /** The tar.gz on this machine. */
  readonly file: string;
  /** Its size in bytes. */
  readonly size: number;
}

/** Git without anybody's settings, and never asking for a password. */
const env = { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0' };

/** The commit of a branch at a server. @throws with what Git said when the server or the branch is away */
export async function remoteCommit({ url, branch }: GitSourceSpec): Promise<string> {
  const { stdout } = await runOk('git', ['ls-remote', url, `refs/heads/${branch}`], { env });
  const [commit] = stdout.split('\t');
  if (commit === undefined || commit === '') throw new Error(`couldn't find remote ref "refs/heads/${branch}"`);
  return commit;
}

/** Fetches a commit and packs what is wanted of it as tar.gz; the same commit and wishes give the same bytes. */
export async function packArtifact(work: string, name: string, commit: string, spec: GitSourceSpec): Promise<Artifact> {
  const repository = join(work, `${name}.git`);
  const index = join(work, `${name}.index`);
  // Stays empty: some commands want one.
  const tree = join(work, `${name}.tree`);
  await mkdir(tree, { recursive: true });
  const git = async (args: readonly string[], input?: string, more: NodeJS.ProcessEnv = {}): Promise<string> =>
    (await runOk('git', args, { cwd: tree, env: { ...env, GIT_DIR: repository, GIT_WORK_TREE: tree, GIT_INDEX_FILE: index, ...more }, ...(input === undefined ? {} : { input }) })).stdout;
  if (!existsSync(repository)) await runOk('git', ['init', '--quiet', '--bare', repository], { env });
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', spec.url, `refs/heads/${spec.branch}`]);
  await rm(index, { force: true });
  await git(['read-tree', commit]);
  const paths = async (...within: readonly string[]): Promise<string[]> => (await git(['ls-files', '-z', ...within])).split('\0').filter((path) => path !== '');
  const wanted = await paths(...(spec.sparseCheckout ?? []).map((directory) => `:(literal,top)${directory.replace(/^\.?\//, '')}`));
  const patterns = join(work, `${name}.ignore`);
  await writeFile(patterns, spec.ignore ?? '');
  const matcher = binary(await build('sourceignore'), 'sourceignore');
  const left = new Set((await runOk(matcher, [patterns], { input: wanted.map((path) => `${path}\n`).join('') })).stdout.split('\n'));
  const away = (await paths()).filter((path) => !left.has(path));
  // Mode 0 takes a path out of the index.
  if (away.length > 0) await git(['update-index', '-z', '--index-info'], away.map((path) => `0 ${'0'.repeat(40)}\t${path}\0`).join(''));
  const filtered = (await git(['write-tree'])).trim();
  // The files of an archive have the time of its commit: a fixed one, so that equal trees give equal bytes.
  const fixed = { GIT_AUTHOR_NAME: 'source', GIT_AUTHOR_EMAIL: 'source@slipway.test', GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z' };
  const committer = { GIT_COMMITTER_NAME: 'source', GIT_COMMITTER_EMAIL: 'source@slipway.test', GIT_COMMITTER_DATE: '2000-01-01T00:00:00Z' };
  const packed = (await git(['commit-tree', filtered, '-m', 'packed'], undefined, { ...fixed, ...committer })).trim();
  const file = join(work, `${name}-${commit}.tar.gz`);
  // Whole at any instant: it may be asked for right now.
  await git(['archive', '--format=tar.gz', `--output=${file}.new`, packed]);
  await rename(`${file}.new`, file);
  const bytes = await readFile(file);
  return { revision: `${spec.branch}@sha1:${commit}`, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, file, size: bytes.length };
}
