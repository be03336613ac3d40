import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-reporter-'));
  const config = `
    import { ClosingLineReporter } from ${JSON.stringify(pathToFileURL(join(root, 'test/reporter.ts')).href)};
    export default { test: { globals: true, reporters: ['default', new ClosingLineReporter('nested', 'look here')] } };`;
  await writeFile(join(folder, 'vitest.config.ts'), config);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs vitest on files of tests and gives the lines of its standard output. */
async function linesOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const stdout = await new Promise<string>((resolve) => {
    execFile(process.execPath, [vitest, 'run', '--root', folder], (_, text) => resolve(text));
  });
  return stdout.trimEnd().split('\n');
}

it('ends the output of a good run with what passed and what was skipped', async () => {
  const lines = await linesOf({ 'a.test.ts': `it('a', () => {}); it('b', () => {}); it.skip('c', () => {});` });
  expect(lines.at(-1)).toBe('nested: 2 passed, 0 failed, 1 skipped');
  expect(lines).not.toContain('look here');
});

it('counts a failed test, a file that cannot be loaded, a failed hook and an error outside any test', async () => {
  const lines = await linesOf({
    'test.test.ts': `it('a', () => { throw new Error('a'); }); it('b', () => {});`,
    'load.test.ts': `throw new Error('no file');`,
    'hook.test.ts': `describe('suite', () => { beforeAll(() => { throw new Error('no hook'); }); it('c', () => {}); });`,
    'stray.test.ts': `it('d', async () => { setTimeout(() => { throw new Error('stray'); }, 0); await new Promise((done) => setTimeout(done, 50)); });`,
  });
  expect(lines.slice(-2)).toEqual(['look here', 'nested: 2 passed, 4 failed, 1 skipped']);
});
