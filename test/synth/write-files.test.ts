import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFiles, type TextFile } from '../../lib/synth/write-files.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'slipway-write-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rendered = (path: string): TextFile => ({ path, text: '# Rendered by Slipway from apps/a.ts. Edit that instead of this file.\n' });

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe('writing a render', () => {
  it('empties what an earlier render wrote, a killed one too', () => {
    writeFiles(folder, [rendered('apps/dev/a/service-a.yaml'), rendered('clusters/one/platform/namespace-a.yaml')]);
    put('apps/dev/killed/service-b.yaml', '');
    writeFiles(folder, [rendered('apps/dev/b/service-b.yaml')]);
    expect(['apps/dev/a', 'apps/dev/killed', 'clusters', 'apps/dev/b/service-b.yaml'].map((path) => existsSync(join(folder, path)))).toEqual([false, false, false, true]);
  });

  it.each(['apps/web.ts', 'apps/dev/notes.md', 'apps/dev/web/main.ts', 'clusters/one.yaml'])('refuses a folder that holds %s, and touches nothing', (path) => {
    put(path, 'export default 1;\n');
    put('apps/dev/old/service-old.yaml', rendered('').text);
    expect(() => writeFiles(folder, [rendered('apps/dev/a/service-a.yaml')])).toThrow(new RegExp(`${path.replaceAll('.', '\\.')}: expected a folder of earlier renders`));
    expect(readFileSync(join(folder, path), 'utf8')).toBe('export default 1;\n');
    expect([existsSync(join(folder, 'apps/dev/a')), existsSync(join(folder, 'apps/dev/old/service-old.yaml'))]).toEqual([false, true]);
  });

  it('leaves what is the same as it is, and mends what somebody changed', () => {
    const [a, b] = [rendered('apps/dev/a/service-a.yaml'), rendered('apps/dev/a/service-b.yaml')];
    writeFiles(folder, [a, b]);
    utimesSync(join(folder, a.path), 1, 1);
    put(b.path, `${b.text}edited: true\n`);
    writeFiles(folder, [a, b]);
    expect(statSync(join(folder, a.path)).mtimeMs).toBe(1000);
    expect(readFileSync(join(folder, b.path), 'utf8')).toBe(b.text);
  });

  it('puts a file where a folder or a link was', () => {
    writeFiles(folder, [rendered('apps/dev/a/x/service-a.yaml'), rendered('apps/dev/a/y.yaml')]);
    rmSync(join(folder, 'apps/dev/a/y.yaml'));
    symlinkSync('x/service-a.yaml', join(folder, 'apps/dev/a/y.yaml'));
    writeFiles(folder, [rendered('apps/dev/a/x'), rendered('apps/dev/a/y.yaml')]);
    expect(['x', 'y.yaml'].map((name) => lstatSync(join(folder, 'apps/dev/a', name)).isFile())).toEqual([true, true]);
  });
});
