import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, textOf } from './source-files.ts';

interface Step {
  readonly command: string;
  /** What it prints; `…` stands for anything. */
  readonly expected: string;
}

/** The commands of the README's `console` blocks, in their order, each with what it prints. */
function steps(): Step[] {
  return [...textOf('README.md').matchAll(/```console\n([\s\S]*?)```/g)].flatMap((block) => {
    const found: { command: string; expected: string[] }[] = [];
    for (const line of (block[1] ?? '').trimEnd().split('\n')) {
      const last = found.at(-1);
      if (line.startsWith('$ ')) found.push({ command: line.slice(2), expected: [] });
      else if (last !== undefined && last.expected.length === 0 && /^>( |$)/.test(line)) last.command += `\n${line.slice(2)}`;
      else last?.expected.push(line);
    }
    return found.map((step) => ({ command: step.command, expected: step.expected.join('\n') }));
  });
}

/** The line that the README's first block says, without what installs packages: the clone gets those that are here. */
function firstLine(): string {
  const line = /```sh\n(npm ci && .*)\n/.exec(textOf('README.md'))?.[1] ?? '';
  expect(line).toBe('npm ci && npx cdk8s synth && npx slipway publish');
  return line.replace('npm ci && ', '');
}

/** A line `…` stands for any lines, `…` in a line for any text. */
function matches(printed: string, expected: string): boolean {
  const fits = (lines: readonly string[], wanted: readonly string[]): boolean => {
    const [first, ...rest] = wanted;
    if (first === undefined) return lines.length === 0;
    if (first === '…') return Array.from({ length: lines.length + 1 }, (_, skipped) => skipped).some((skipped) => fits(lines.slice(skipped), rest));
    return lines[0] !== undefined && lineFits(lines[0], first) && fits(lines.slice(1), rest);
  };
  return fits(printed.trimEnd() === '' ? [] : printed.trimEnd().split('\n'), expected === '' ? [] : expected.split('\n'));
}

function lineFits(line: string, wanted: string): boolean {
  return new RegExp(`^${wanted.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(line);
}

let folder: string;
let clone: string;

/** Runs as a new user would: an empty HOME, a name for commits, nothing else of this machine's settings. */
function run(command: string): { readonly status: number | null; readonly printed: string } {
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), CI: 'true', npm_config_offline: 'true', npm_config_update_notifier: 'false', CDK8S_CHECK_UPGRADE: 'false', GIT_AUTHOR_NAME: 'A Reader', GIT_AUTHOR_EMAIL: 'reader@example.invalid', GIT_COMMITTER_NAME: 'A Reader', GIT_COMMITTER_EMAIL: 'reader@example.invalid' };
  const { status, stdout } = spawnSync('bash', ['-c', `{ ${command}\n} 2>&1`], { cwd: clone, encoding: 'utf8', env });
  return { status, printed: stdout };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-readme-'));
  clone = join(folder, 'fleet');
  // The work tree as it stands, so that an edit is tested before it is committed.
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter((file) => file !== '' && !file.startsWith('test/'));
  for (const file of files) {
    try {
      cpSync(join(root, file), join(clone, file), { recursive: true });
    } catch (error) {
      // A file that is deleted and not yet committed is still in the index.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  mkdirSync(join(folder, 'home'));
  expect(run('git init -q -b main && echo node_modules >> .git/info/exclude && git add -A && git commit -qm "Start"').status).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the README', () => {
  it('has a tutorial whose every command works as it stands and prints what it says', { timeout: 300_000 }, () => {
    const first = run(firstLine());
    expect(first.status, first.printed).toBe(0);
    const all = steps();
    expect(all.length).toBeGreaterThan(12);
    for (const { command, expected } of all) {
      const { status, printed } = run(command);
      expect(status, `$ ${command}\n${printed}`).toBe(0);
      expect(matches(printed, expected) ? expected : printed, `$ ${command}`).toBe(expected);
    }
  });

  it('leaves what was published as a repository that Git finds sound', () => {
    expect(run('git --git-dir .slipway/runtime.git fsck --strict').status).toBe(0);
  });
});
