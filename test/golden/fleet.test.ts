import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../source-files.ts';

// The sample fleet as it is rendered. After a change that is meant: npx vitest run test/golden -u, and review the difference.
const golden = join(root, 'test/golden/fleet');
let folder: string;

function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).sort();
}

/** Renders in a process of its own, with other settings of the machine. */
function synth(to: string, env: Record<string, string> = {}): void {
  execFileSync(process.execPath, [join(root, 'bin/slipway.js'), 'synth', '--output', join(folder, to)], { cwd: root, env: { PATH: process.env['PATH'], HOME: folder, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-golden-'));
  synth('here');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the sample fleet', () => {
  it('is rendered as the golden files have it', async () => {
    const rendered = filesIn(join(folder, 'here'));
    expect(rendered.length).toBeGreaterThan(100);
    for (const path of rendered) await expect(readFileSync(join(folder, 'here', path), 'utf8')).toMatchFileSnapshot(join(golden, path));
    expect(filesIn(golden).filter((path) => !rendered.includes(path)), 'golden files that nothing renders any more: remove them').toEqual([]);
  });

  it('is rendered to the same bytes in any time zone and locale', () => {
    synth('there', { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr', USER: 'somebody', NODE_ENV: 'production' });
    expect(filesIn(join(folder, 'there'))).toEqual(filesIn(join(folder, 'here')));
    for (const path of filesIn(join(folder, 'here'))) expect(readFileSync(join(folder, 'there', path), 'utf8'), path).toBe(readFileSync(join(folder, 'here', path), 'utf8'));
  });

  it('leaves nothing of an earlier render behind, and nothing else alone', () => {
    synth('again');
    execFileSync('sh', ['-c', 'mkdir -p apps/dev/gone && touch apps/dev/gone/old.yaml notes.txt'], { cwd: join(folder, 'again') });
    synth('again');
    expect(filesIn(join(folder, 'again'))).toEqual([...filesIn(join(folder, 'here')), 'notes.txt'].sort());
  });
});
