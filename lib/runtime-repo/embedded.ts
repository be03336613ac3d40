import { mkdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { SlipwayError } from '../values/errors.ts';
import type { Git, GitRun } from './git.ts';
import type { PushOutcome, RuntimeRepository } from './repository.ts';
import { workFolder } from './run-folder.ts';

/** After how long a lock on a branch counts as left by a killed run, in milliseconds: Git holds it for less than one. */
export const staleLockAfter = 10_000;

/** The folder of the embedded runtime repo. */
export function embeddedFolder(project: string): string {
  return join(project, '.slipway', 'runtime.git');
}

/** Options of the embedded runtime repo. */
export interface EmbeddedOptions {
  readonly git: Git;
  /** The config repo's folder. */
  readonly project: string;
  /** A folder of this run alone. */
  readonly scratch: string;
}

/** Opens the embedded runtime repo, a bare repository; makes it when there is none. Two runs that make it at once end with the same one. */
export async function openEmbedded({ git, project, scratch }: EmbeddedOptions): Promise<RuntimeRepository> {
  await workFolder(project);
  const gitDir = embeddedFolder(project);
  if (!await exists(join(gitDir, 'HEAD'))) await make(git, project, gitDir, scratch);
  // Without `committed`, a power cut could leave a branch that names objects which never reached the disk.
  const durable = ['core.fsync=committed', 'core.fsyncMethod=batch'];
  const run = (args: readonly string[], options: Omit<GitRun, 'cwd' | 'gitDir'> = {}) =>
    git(args, { ...options, cwd: project, gitDir, config: [...durable, ...(options.config ?? [])] });
  return {
    name: gitDir,
    scratch,
    partial: false,
    git: run,
    async head(branch) {
      const { code, stdout } = await run(['rev-parse', '--quiet', '--verify', `refs/heads/${branch}^{commit}`], { accept: [0, 1] });
      return code === 0 ? stdout.toString('utf8').trim() : undefined;
    },
    bring: () => Promise.resolve(),
    push: (branch, commit, before) => swap(run, join(gitDir, 'refs', 'heads', `${branch}.lock`), branch, commit, before),
    async close() {
      // Everything unreferenced that is younger than two weeks stays: another run may be about to name it. Housekeeping that fails costs space, nothing else.
      await run(['gc', '--auto', '--quiet'], { config: ['gc.auto=2000', 'gc.autoDetach=false', 'gc.packRefs=false', 'gc.pruneExpire=2.weeks.ago'], accept: [0, 1, 128, 255] });
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** Makes the repository beside its place and moves it there in one step: a killed run leaves none or a whole one. */
async function make(git: Git, project: string, gitDir: string, scratch: string): Promise<void> {
  const fresh = join(scratch, 'runtime.git');
  await mkdir(fresh, { recursive: true });
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', '--object-format=sha1', fresh], { cwd: project });
  await rename(fresh, gitDir).catch(async (error: NodeJS.ErrnoException) => {
    const lostTheRace = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code ?? '') && await exists(join(gitDir, 'HEAD'));
    if (!lostTheRace) throw new SlipwayError([{ where: gitDir, message: 'expected a bare Git repository or nothing there', fix: 'move what lies there away.' }], { cause: error });
  });
}

type Run = (args: readonly string[], options?: Omit<GitRun, 'cwd' | 'gitDir'>) => ReturnType<Git>;

async function swap(run: Run, lock: string, branch: string, commit: string, before: string | undefined): Promise<PushOutcome> {
  const { code, stderr } = await run(['update-ref', `refs/heads/${branch}`, commit, before ?? '0'.repeat(40)], { accept: [0, 1, 128] });
  if (code === 0) return { landed: true, said: '' };
  if (!/cannot lock ref|unable to create|reference already exists|but expected/i.test(stderr)) throw SlipwayError.of('git update-ref', `failed with exit code ${code}: ${stderr.trim()}`);
  await removeStaleLock(lock);
  return { landed: false, reason: stderr.trim() };
}

/** Removes a lock that a killed run left. A living one is thousands of times younger; what was judged is what is removed. */
async function removeStaleLock(lock: string): Promise<void> {
  const judged = await about(lock);
  if (judged === undefined || Date.now() - judged.mtimeMs < staleLockAfter) return;
  const again = await about(lock);
  if (again?.ino === judged.ino && again.mtimeMs === judged.mtimeMs) await unlink(lock).catch(unlessGone);
}

async function about(path: string) {
  return stat(path).catch(unlessGone);
}

async function exists(path: string): Promise<boolean> {
  return await about(path) !== undefined;
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
