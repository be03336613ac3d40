import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runFolder } from '../../../../lib/control-plane/plane.ts';
import { runOk } from '../../../../lib/control-plane/run-program.ts';

/** A bare repository with a checkout, for tests that commit by hand. */
export interface GitRepository {
  /** The folder that a Git server serves. */
  readonly folder: string;
  /** The name of the bare repository in it. */
  readonly name: string;
  /** The path of the bare repository. */
  readonly path: string;
  /** Writes files (undefined removes one), commits and pushes; the answer is the commit. */
  commit(message: string, files: Readonly<Record<string, string | undefined>>): Promise<string>;
  /** Takes back the last commit by another one. */
  revert(): Promise<string>;
  /** The newest commit of the branch, whoever made it. */
  head(): Promise<string>;
}

const who = ['-c', 'user.name=slipway-e2e', '-c', 'user.email=e2e@slipway.test', '-c', 'commit.gpgsign=false'];

/** Makes an empty bare repository with the branch `main`. */
export async function createRepository(name = 'runtime.git'): Promise<GitRepository> {
  const folder = await mkdtemp(join(await runFolder(), 'git-'));
  const path = join(folder, name);
  const checkout = join(folder, 'checkout');
  await runOk('git', ['init', '--quiet', '--bare', '-b', 'main', path]);
  const git = (...args: readonly string[]): Promise<string> => runOk('git', [...who, ...args], { cwd: checkout }).then(({ stdout }) => stdout.trim());
  await runOk('git', ['clone', '--quiet', path, checkout]);
  /** Others push too: what they pushed is the base of the next commit. */
  const update = async (): Promise<void> => {
    if ((await git('ls-remote', 'origin', 'main')) !== '') await git('fetch', '--quiet', 'origin', 'main').then(() => git('reset', '--quiet', '--hard', 'FETCH_HEAD'));
  };
  const push = async (): Promise<string> => {
    await git('push', '--quiet', 'origin', 'HEAD:main');
    return git('rev-parse', 'HEAD');
  };
  return {
    folder,
    name,
    path,
    async commit(message, files) {
      await update();
      for (const [file, text] of Object.entries(files)) {
        const target = join(checkout, file);
        if (text === undefined) await rm(target);
        else {
          await mkdir(dirname(target), { recursive: true });
          await writeFile(target, text);
        }
      }
      await git('add', '--all');
      await git('commit', '--quiet', '-m', message);
      return push();
    },
    async revert() {
      await update();
      await git('revert', '--no-edit', 'HEAD');
      return push();
    },
    head: async () => (await runOk('git', ['rev-parse', 'main'], { cwd: path })).stdout.trim(),
  };
}
