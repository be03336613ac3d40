import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runFolder } from '../../../../lib/control-plane/plane.ts';
import { binary } from '../../../../lib/control-plane/build.ts';
import { run, runOk, type Output } from '../../../../lib/control-plane/run-program.ts';
import { build } from '../build.ts';
import { root } from '../sample-fleet.ts';
import type { GitRepository } from './git-repository.ts';

/** A config repo of its own, with this project's library, in which the real command line runs. */
export interface Workspace {
  readonly folder: string;
  /** Runs `slipway` there. @throws with what it printed when it fails */
  slipway(...args: readonly string[]): Promise<Output>;
  /** Runs `slipway` there for its exit code. */
  ask(...args: readonly string[]): Promise<Output>;
  /** Changes files (undefined removes one) and commits. */
  commit(message: string, files: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Changes files, vendors what upstream is used, commits, and publishes to the runtime repo; the answer is its commit there. */
  deliver(message: string, files: Readonly<Record<string, string | undefined>>, ...options: readonly string[]): Promise<string>;
}

const who = { GIT_AUTHOR_NAME: 'e2e', GIT_AUTHOR_EMAIL: 'e2e@slipway.test', GIT_COMMITTER_NAME: 'e2e', GIT_COMMITTER_EMAIL: 'e2e@slipway.test' };

/**
 * Makes a workspace with the given files.
 *
 * @param runtime the runtime repo to which it publishes
 * @param upstream the folder from which upstream manifests are vendored
 */
export async function createWorkspace(runtime: GitRepository, files: Readonly<Record<string, string>>, upstream: string): Promise<Workspace> {
  const folder = await mkdtemp(join(await runFolder(), 'workspace-'));
  const kubectl = dirname(binary(await build('kubernetes'), 'kubectl'));
  const env = { PATH: `${kubectl}:${process.env['PATH'] ?? ''}`, HOME: folder, ...who };
  const git = (...args: readonly string[]): Promise<Output> => runOk('git', args, { cwd: folder, env });
  const program = join(root, 'bin/slipway.js');
  const slipway = (...args: readonly string[]): Promise<Output> => runOk(process.execPath, [program, ...args], { cwd: folder, env });
  const put = async (changes: Readonly<Record<string, string | undefined>>): Promise<void> => {
    for (const [path, text] of Object.entries(changes)) {
      const file = join(folder, path);
      if (text === undefined) await rm(file);
      else await mkdir(dirname(file), { recursive: true }).then(() => writeFile(file, text));
    }
  };
  await put({ 'package.json': '{ "type": "module" }\n', '.gitignore': '.slipway/\ndist/\nnode_modules\nlib\n.npm/\n.cache/\n', ...files });
  await symlink(join(root, 'lib'), join(folder, 'lib'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await git('init', '--quiet', '-b', 'main');
  const commit: Workspace['commit'] = async (message, changes) => {
    await put(changes);
    await git('add', '--all');
    await git('commit', '--quiet', '--allow-empty', '-m', message);
  };
  return {
    folder,
    slipway,
    ask: (...args) => run(process.execPath, [program, ...args], { cwd: folder, env }),
    commit,
    async deliver(message, changes, ...options) {
      await put(changes);
      await slipway('vendor', '--from', upstream);
      await commit(message, {});
      await slipway('publish', '--repo', runtime.path, ...options);
      return runtime.head();
    },
  };
}
