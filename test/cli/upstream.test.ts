import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../source-files.ts';
import { manifest, manifestSha } from '../upstream/workspace.ts';

let project: string;

/** A workspace with one cluster under Flux, one app, and Argo Rollouts. */
const files: Readonly<Record<string, string>> = {
  'environments/clusters/one.ts': `import { defineCluster, flux } from '../../lib/index.ts';\nexport default defineCluster({ name: 'one', provider: 'existing', kubernetes: '1.35', controller: flux() });\n`,
  'environments/dev.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport one from './clusters/one.ts';\nexport default defineEnvironment({ name: 'dev', clusters: [one], registry: 'ghcr.io/acme', domain: 'dev.example', images: { digests: 'optional' }, addOns: ['argo-rollouts'] });\n`,
  'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport dev from './dev.ts';\nexport default defineFleet({ environments: [dev] });\n`,
  'environments/images/dev/kustomization.yaml': 'images:\n  - name: web\n    newTag: v1\n',
  'environments/upstream.lock.yaml': `upstream:\n  - name: argo-rollouts # mine\n    version: 1.10.1\n    url: https://up.example/rollouts.yaml\n    sha256: ${manifestSha}\n`,
  'apps/web.ts': `import { defineApp, PythonApp, uvicorn } from '../lib/index.ts';\nexport default defineApp('web', { team: 'web', source: 'https://git.example/web', environments: ['dev'],\n  build(chart, { images }) { new PythonApp(chart, 'web', { image: images.main, server: uvicorn('web:app'), port: 8000 }); } });\n`,
  'package.json': '{ "type": "module" }\n',
  '.gitignore': '.slipway/\ndist/\nmirror/\nnode_modules\nlib\nbin\n',
  'mirror/argo-rollouts-1.10.1/install.yaml': manifest,
};

/** As much of Flux as its install patches and its objects need. */
const fluxManifest = [
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: flux-system }\n',
  ...[['kustomize', 'Kustomization'], ['source', 'GitRepository']].map(([group, kind]) => `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: ${kind ?? ''}.${group ?? ''} }\nspec: { group: ${group ?? ''}.toolkit.fluxcd.io, scope: Namespaced, names: { kind: ${kind ?? ''} }, versions: [{ name: v1, served: true, storage: true }] }\n`),
  ...['source', 'kustomize', 'helm', 'notification'].map((part) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${part}-controller, namespace: flux-system }\nspec: { template: { spec: { containers: [{ name: manager, image: ghcr.io/fluxcd/${part}-controller:v1.0.0, args: [--log-level=info] }] } } }\n`),
].join('---\n');

function put(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function run(program: string, args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const env = { PATH: process.env['PATH'], HOME: project, GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.invalid', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.invalid' };
  const { status, stdout, stderr } = spawnSync(program, [...args], { cwd: project, encoding: 'utf8', env });
  return { code: status, out: stdout, err: stderr };
}

const slipway = (...args: string[]): ReturnType<typeof run> => run(process.execPath, [join(root, 'bin/slipway.js'), ...args]);
const published = (): string[] => run('git', ['--git-dir', '.slipway/runtime.git', 'ls-tree', '-r', '--name-only', 'main']).out.split('\n').filter((path) => /^(upstream|clusters)\//.test(path));

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'slipway-cli-upstream-'));
  onTestFinished(() => rmSync(project, { recursive: true, force: true, maxRetries: 5 }));
  for (const [path, text] of Object.entries(files)) put(path, text);
  symlinkSync(join(root, 'lib'), join(project, 'lib'));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  run('git', ['init', '-q', '-b', 'main']);
  run('git', ['add', '-A']);
  run('git', ['commit', '-qm', 'Start']);
});

describe('a fleet whose upstream manifests aren\'t there yet', () => {
  it('synths and publishes its apps, and says what is missing and what mends it', () => {
    expect(slipway('validate')).toMatchObject({ code: 0, out: expect.stringMatching(/unpinned[^]*flux 2\.9\.4 is unpinned[^]*slipway pins update[^]*0 errors, 1 warning/) as string, err: expect.stringContaining('argo-rollouts 1.10.1') as string });
    const publish = slipway('publish');
    expect(publish.code).toBe(0);
    expect(publish.out).toContain('! clusters/one/add-ons/argo-rollouts  left out: upstream/argo-rollouts-1.10.1 is neither vendored here nor in the runtime repo: slipway vendor');
    expect(publish.out).toContain('! clusters/one/flux  left out: upstream/flux-2.9.4');
    expect(publish.out).toContain('+ apps/dev/web');
    expect(published()).toContain('clusters/one/platform/kustomization.yaml');
    expect(published().filter((path) => /^upstream|\/flux\/|\/argo-rollouts\//.test(path))).toEqual([]);
  });

  it('gets them by vendor and pins update, and publishes what waited for them', () => {
    slipway('publish');
    const vendor = slipway('vendor', '--from', 'mirror');
    expect(vendor.code).toBe(2);
    expect(vendor.err).toContain(`argo-rollouts 1.10.1: vendored from mirror/argo-rollouts-1.10.1/install.yaml (sha256 ${manifestSha})`);
    expect(vendor.err).toContain('flux 2.9.4: is unpinned');
    expect(vendor.err).toContain('fix: slipway pins update');
    put('mirror/flux-2.9.4/install.yaml', fluxManifest);
    expect(slipway('pins', 'update', '--from', 'mirror')).toMatchObject({ code: 0, err: expect.stringContaining('flux 2.9.4: pinned from mirror/flux-2.9.4/install.yaml') as string });
    expect(readFileSync(join(project, 'environments/upstream.lock.yaml'), 'utf8').startsWith(files['environments/upstream.lock.yaml'] ?? '')).toBe(true);
    expect(slipway('vendor', '--from', 'nowhere')).toMatchObject({ code: 0, err: 'argo-rollouts 1.10.1: there already\nflux 2.9.4: there already\n' });
    run('git', ['commit', '-qam', 'Pin Flux']);
    expect(slipway('publish')).toMatchObject({ code: 0, err: '', out: expect.not.stringContaining('left out') as string });
    expect(published().filter((path) => path.startsWith('upstream/'))).toEqual(['upstream/argo-rollouts-1.10.1/install.yaml', 'upstream/argo-rollouts-1.10.1/kustomization.yaml', 'upstream/flux-2.9.4/install.yaml', 'upstream/flux-2.9.4/kustomization.yaml']);
    // Another machine, such as CI, has none of them at hand and needs none.
    rmSync(join(project, '.slipway/upstream'), { recursive: true });
    expect(slipway('plan')).toMatchObject({ code: 0, out: expect.stringContaining('nothing would change') as string });
  });

  it('refuses other bytes than those that were locked', () => {
    put('mirror/argo-rollouts-1.10.1/install.yaml', `${manifest}# moved\n`);
    expect(slipway('vendor', '--from', 'mirror').err).toMatch(new RegExp(`argo-rollouts 1\\.10\\.1: expected sha256 ${manifestSha}, got [0-9a-f]{64} from mirror/argo-rollouts-1\\.10\\.1/install\\.yaml`));
  });

  it('is told every mistake of its lock, by synth too', () => {
    put('environments/upstream.lock.yaml', 'upstream:\n  - name: argo-rollouts\n    version: 1.10.1\n    url: https://up.example/x.yaml\n    sha256: abc\n    shasum: abc\n');
    for (const verb of [['vendor'], ['synth'], ['pins', 'update']]) expect(slipway(...verb)).toMatchObject({ code: 2, err: expect.stringMatching(/upstream\.lock\.yaml:5: upstream\[0\]\.sha256: expected a SHA-256[^]*upstream\.lock\.yaml:6: upstream\[0\]\.shasum: unknown field/) as string });
  });
});

describe('slipway plan', () => {
  it('doesn\'t print the megabytes of an upstream manifest', () => {
    slipway('vendor', '--from', 'mirror');
    const { out } = slipway('plan');
    expect(out).toContain(`upstream/argo-rollouts-1.10.1/install.yaml: nothing -> ${Buffer.byteLength(manifest)} bytes (sha256 ${manifestSha.slice(0, 12)})`);
    expect(out).not.toContain('quay.io/argoproj/argo-rollouts:latest');
  });
});
