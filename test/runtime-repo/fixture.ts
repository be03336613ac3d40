import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PublishOptions } from '../../lib/runtime-repo/options.ts';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';

/** Git's environment in tests: no configuration but what a test gives. */
export const cleanEnv: Record<string, string> = {
  PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C',
};

/** Runs Git and gives its output without the last line break. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Pat', '-c', 'user.email=pat@example.com', '-c', 'protocol.file.allow=always', ...args], {
    cwd: folder, env: cleanEnv, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'],
  }).replace(/\n$/, '');
}

/** A new folder, removed after the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A config repo with one commit. */
export function configRepo(folder: string = tempFolder()): string {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commitFile(folder, 'apps/shop.ts', 'one');
  return folder;
}

/** Commits one file; gives the commit. */
export function commitFile(folder: string, path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', `Change ${path}`);
  return git(folder, 'rev-parse', 'HEAD');
}

/** An empty bare repository. */
export function bareRepo(): string {
  const folder = join(tempFolder(), 'runtime.git');
  git('/', 'init', '--quiet', '--bare', '--initial-branch=main', folder);
  git(folder, 'config', 'uploadpack.allowFilter', 'true');
  return folder;
}

/** A person's commit to a branch of a bare repository: files by path, `null` deletes. */
export function foreignCommit(bare: string, files: Readonly<Record<string, string | null>>, branch = 'main', message = 'By hand'): string {
  const work = mkdtempSync(join(tmpdir(), 'slipway-hand-'));
  try {
    git(work, 'init', '--quiet', `--initial-branch=${branch}`);
    if (git(bare, 'branch', '--list', branch) !== '') {
      git(work, 'fetch', '--quiet', bare, branch);
      git(work, 'reset', '--quiet', '--hard', 'FETCH_HEAD');
    }
    for (const [path, text] of Object.entries(files)) {
      rmSync(join(work, path), { force: true });
      if (text === null) continue;
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    git(work, 'add', '--all', '--force');
    git(work, 'commit', '--quiet', '--allow-empty', '--message', message);
    git(work, 'push', '--quiet', bare, `HEAD:refs/heads/${branch}`);
    return git(work, 'rev-parse', 'HEAD');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Every file of a commit with its text, records of Slipway left out unless asked for. */
export function filesOf(repository: string, revision = 'main', records = false): Record<string, string> {
  const rows = git(repository, 'ls-tree', '-r', '-z', revision).split('\0').flatMap((row) => {
    const [, blob, path] = /^\d+ blob (\w+)\t([^]*)$/.exec(row) ?? [];
    return blob === undefined || path === undefined || (!records && /(^|\/)\.slipway\//.test(path)) ? [] : [{ blob, path }];
  });
  const output = execFileSync('git', ['cat-file', '--batch'], { cwd: repository, env: cleanEnv, input: rows.map(({ blob }) => `${blob}\n`).join(''), maxBuffer: 1 << 28 });
  let at = 0;
  return Object.fromEntries(rows.map(({ path }) => {
    const start = output.indexOf(10, at) + 1;
    const end = start + Number(output.subarray(at, start).toString('utf8').split(' ')[2]);
    at = end + 1;
    return [path, output.subarray(start, end).toString('utf8')];
  }));
}

/** A unit of an app: its files by name below its folder. */
export function appUnit(app: string, environment: string, files: Readonly<Record<string, string>>, tag = '1.0.0'): PublishUnit {
  const id = `apps/${environment}/${app}`;
  return { id, app, environment, images: [{ name: `ghcr.io/acme/${app}`, tag }], files: Object.entries(files).map(([name, text]) => ({ path: `${id}/${name}`, text })) };
}

/** Options of a publish to the embedded repo, at a fixed date. */
export function publishOptions(folder: string, units: readonly PublishUnit[], more: Partial<PublishOptions> = {}): PublishOptions {
  return { folder, units, now: new Date('2026-03-01T12:00:00Z'), random: () => 0.5, git: { env: cleanEnv }, ...more };
}
