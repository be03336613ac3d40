import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../source-files.ts';

let folder: string;
const place = (): string => join(folder, '.slipway/dev');

const files: Readonly<Record<string, string>> = {
  'environments/clusters/one.ts': `import { defineCluster, flux } from '../../lib/index.ts';\nexport default defineCluster({ name: 'one', provider: 'existing', kubernetes: '1.35', controller: flux() });\n`,
  'environments/dev.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport one from './clusters/one.ts';\nexport default defineEnvironment({ name: 'dev', clusters: [one], registry: 'ghcr.io/acme', domain: 'dev.example', images: { digests: 'optional' } });\n`,
  'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport dev from './dev.ts';\nexport default defineFleet({ environments: [dev] });\n`,
  'environments/images/dev/kustomization.yaml': 'images: []\n',
  'package.json': '{ "type": "module" }\n',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-dev-cli-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const name of ['lib', 'node_modules']) symlinkSync(join(root, name), join(folder, name));
  // A search path on which there is nothing but Git.
  mkdirSync(join(folder, 'tools'));
  symlinkSync(spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim(), join(folder, 'tools/git'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => rmSync(place(), { recursive: true, force: true }));

function slipway(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/slipway.js'), ...args], { cwd: folder, encoding: 'utf8', env: { PATH: join(folder, 'tools'), HOME: folder } });
  return { code: status, out: stdout, err: stderr };
}

describe('slipway dev', () => {
  it('says without Go what it needs and how to get it, and leaves nothing', () => {
    const { code, err } = slipway('dev', 'up');
    expect(code).toBe(2);
    expect(err).toContain('go: expected Go 1.26 or newer on PATH, found none');
    expect(err).toContain('fix: install it from https://go.dev/dl/');
    expect(existsSync(place())).toBe(false);
  });

  it('refuses a cluster that the fleet doesn\'t have before it builds anything', () => {
    expect(slipway('dev', 'up', '--cluster', 'onne')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "one"?') as string });
  });

  it('refuses a controller that there is none of', () => {
    expect(slipway('dev', 'up', '--controller', 'fleet')).toMatchObject({ code: 2, err: expect.stringContaining('argo-cd, flux') as string });
  });

  it('says that nothing runs, by the exit code too', () => {
    expect(slipway('dev', 'status')).toMatchObject({ code: 1, out: 'nothing runs here; slipway dev up starts a control plane\n' });
    expect(JSON.parse(slipway('dev', 'status', '--format', 'json').out)).toEqual({ running: false, left: false });
    expect(slipway('dev', 'down')).toMatchObject({ code: 0, err: 'nothing runs here\n' });
  });

  it('says that something is left, and clears it', () => {
    mkdirSync(join(place(), 'run'), { recursive: true });
    expect(slipway('dev', 'status')).toMatchObject({ code: 1, out: expect.stringContaining('slipway dev down clears it') as string });
    expect(slipway('dev', 'down')).toMatchObject({ code: 0, err: 'none ran; what an earlier one had left is cleared\n' });
    expect(existsSync(place())).toBe(false);
  });

  it('is supervised by nobody who calls it by hand', () => {
    expect(slipway('dev', 'supervise', '--folder', place(), '--cluster', 'one', '--controller', 'flux')).toMatchObject({ code: 2, err: expect.stringContaining('is started by `slipway dev up`') as string });
    expect(slipway('dev', '--help').out).not.toContain('supervise');
  });
});

describe('slipway publish --dev', () => {
  it('needs a local control plane that runs', () => {
    expect(slipway('publish', '--dev')).toMatchObject({ code: 2, err: expect.stringContaining('expected a running local control plane, found none') as string });
    expect(slipway('plan', '--dev')).toMatchObject({ code: 2, err: expect.stringContaining('slipway dev up') as string });
  });

  it.each([['--repo', '../elsewhere.git'], ['--branch', 'other'], ['--pull-request']])('goes nowhere else: %s is refused beside it', (...more) => {
    expect(slipway('publish', '--dev', ...more)).toMatchObject({ code: 2, err: expect.stringContaining('cannot be used with option') as string });
  });
});
