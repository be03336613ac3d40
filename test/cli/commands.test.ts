import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../source-files.ts';

let folder: string;
let project: string;

/** A small workspace of its own: one app, two environments, one of them frozen for ever. */
const files: Readonly<Record<string, string>> = {
  'environments/clusters/one.ts': `import { defineCluster, flux } from '../../lib/index.ts';\nexport default defineCluster({ name: 'one', provider: 'existing', kubernetes: '1.35', controller: flux() });\n`,
  'environments/dev.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport one from './clusters/one.ts';\nexport default defineEnvironment({ name: 'dev', clusters: [one], registry: 'ghcr.io/acme', domain: 'dev.example', images: { digests: 'optional' } });\n`,
  'environments/prod.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport one from './clusters/one.ts';\nexport default defineEnvironment({ name: 'prod', clusters: [one], registry: 'ghcr.io/acme', domain: 'example.org', images: { digests: 'optional' }, promotion: { freeze: [{ name: 'for good', from: '2020-01-01T00:00:00Z', until: '2120-01-01T00:00:00Z' }] } });\n`,
  'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport dev from './dev.ts';\nimport prod from './prod.ts';\nexport default defineFleet({ environments: [dev, prod] });\n`,
  'environments/images/dev/kustomization.yaml': 'images:\n  - name: web\n    newTag: v1\n',
  'environments/images/prod/kustomization.yaml': 'images:\n  - name: web\n    newTag: v1\n',
  'apps/web.ts': `import { defineApp, PythonApp, uvicorn } from '../lib/index.ts';\nexport default defineApp('web', { team: 'web', source: 'https://git.example/web', environments: ['dev', 'prod'],\n  build(chart, { images }) { new PythonApp(chart, 'web', { image: images.main, server: uvicorn('web:app'), port: 8000 }); } });\n`,
  'package.json': '{ "type": "module" }\n',
  '.gitignore': '.slipway/\ndist/\nnode_modules\nlib\nbin\n',
};

function put(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', ...args], { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function slipway(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const env = { PATH: process.env['PATH'], HOME: folder, GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.invalid', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.invalid' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/slipway.js'), ...args], { cwd: project, encoding: 'utf8', env });
  return { code: status, out: stdout, err: stderr };
}

const published = (path: string): string => git('--git-dir', '.slipway/runtime.git', 'show', `main:${path}`);

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'slipway-cli-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  project = mkdtempSync(join(folder, 'project-'));
  for (const [path, text] of Object.entries(files)) put(path, text);
  symlinkSync(join(root, 'lib'), join(project, 'lib'));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'Start');
});

describe('slipway', () => {
  it('says what it can do, and refuses what it can\'t', () => {
    expect(slipway('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes: 0') as string });
    expect(slipway('publsh')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean publish?') as string });
    expect(slipway('--version')).toMatchObject({ code: 0, out: '0.1.0\n' });
    expect(slipway('validate', '--format', 'xml')).toMatchObject({ code: 2, err: expect.stringContaining('text, json, sarif') as string });
  });

  it('tells a folder without a fleet what is missing, without a stack trace', () => {
    rmSync(join(project, 'environments'), { recursive: true });
    const { code, err } = slipway('synth');
    expect(code).toBe(2);
    expect(err).toContain('environments/index.ts: expected the fleet\'s definition');
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('reports every file that can\'t be loaded at once, with its line', () => {
    put('apps/broken.ts', 'export default defineApp(;\n');
    put('apps/empty.ts', 'export const nothing = 1;\n');
    put('apps/throws.ts', '\nthrow new Error("no luck");\n');
    put('apps/number.ts', 'export default 5;\n');
    const { code, err } = slipway('synth');
    expect(code).toBe(2);
    for (const place of ['apps/broken.ts: can\'t be loaded: at 1:', 'apps/empty.ts: expected a default export', 'apps/number.ts: expected a default export of what defineApp makes, got 5', 'apps/throws.ts:2: can\'t be loaded: no luck']) expect(err).toContain(place);
    expect(err).toContain('4 problems');
  });
});

describe('a file that can\'t be loaded', () => {
  it('hides nothing that is wrong with other apps, environments and clusters, and lays nothing at their door', () => {
    rmSync(join(project, 'apps/web.ts'));
    put('apps/broken.ts', 'export default defineApp(;\n');
    put('apps/other.ts', (files['apps/web.ts'] ?? '').replace("'web', {", "'other', {").replace("environments: ['dev', 'prod']", "environments: ['dev', 'produ']"));
    put('environments/clusters/one.ts', (files['environments/clusters/one.ts'] ?? '').replace("'1.35'", "'1.3'"));
    const { code, err } = slipway('synth');
    expect(code).toBe(2);
    for (const place of ['apps/broken.ts: can\'t be loaded', 'apps/other.ts: environments', 'environments/clusters/one.ts: kubernetes']) expect(err).toContain(place);
    expect(err).toContain('3 problems');
  });

  it('is told alone where it is an environment or the fleet: nothing fits together without', () => {
    put('environments/dev.ts', 'export default defineEnvironment(;\n');
    put('apps/web.ts', (files['apps/web.ts'] ?? '').replace("environments: ['dev', 'prod']", "environments: ['produ']"));
    const { code, err } = slipway('synth');
    expect(code).toBe(2);
    expect(err).toContain("environments/dev.ts: can't be loaded");
    expect(err).not.toContain('apps/web.ts');
  });
});

describe('slipway synth', () => {
  it('never empties the folder of the app files', () => {
    expect(slipway('synth', '--output', '.')).toMatchObject({ code: 2, err: expect.stringContaining('apps/web.ts: expected a folder of earlier renders') as string });
    expect(readFileSync(join(project, 'apps/web.ts'), 'utf8')).toBe(files['apps/web.ts']);
  });

  it('writes nothing while anything is wrong', () => {
    expect(slipway('synth').code).toBe(0);
    const before = readFileSync(join(project, 'dist/apps/dev/web/deployment-web.yaml'), 'utf8');
    put('apps/web.ts', (files['apps/web.ts'] ?? '').replace('port: 8000', 'port: 80000, replicas: -1'));
    const { code, err } = slipway('synth');
    expect(code).toBe(2);
    expect(err).toContain('replicas');
    expect(err).toContain('2 problems');
    expect(readFileSync(join(project, 'dist/apps/dev/web/deployment-web.yaml'), 'utf8')).toBe(before);
  });
});

describe('slipway validate', () => {
  const broken = (files['apps/web.ts'] ?? '').replace('port: 8000 });', 'port: 8000 }).patch(\'Service\', (service) => { service.spec!.selector = { app: \'other\' }; });');

  it('exits 1 with a finding and 0 when it is waived, and lists the waiver with its reason', () => {
    put('apps/web.ts', broken);
    const { code, out } = slipway('validate');
    expect(code).toBe(1);
    expect(out).toContain('service-selects-nothing');
    put('apps/web.ts', broken.replace('; });', '; }).object(\'Service\').waive(\'service-selects-nothing\', \'pods come later\');'));
    const waived = slipway('validate');
    expect(waived.out).toContain('pods come later');
    expect(waived.code).toBe(0);
  });

  it('knows the custom resources of environments/crds, field by field', () => {
    const widget = (spec: string): string => (files['apps/web.ts'] ?? '').replace('PythonApp,', 'Manifest, PythonApp,').replace('port: 8000 });', `port: 8000 }); new Manifest(chart, 'w', { apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'web-dev' }, spec: ${spec} } as never);`).replace(/'dev', 'prod'/, "'dev'");
    put('environments/index.ts', (files['environments/index.ts'] ?? '').replace('environments: [dev, prod]', "environments: [dev, prod], teams: { web: { kinds: ['acme.example/Widget'] } }"));
    put('apps/web.ts', widget('{ size: 1 }'));
    expect(slipway('validate').out).toContain('environments/crds/');
    put('environments/crds/widget.yaml', `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: widgets.acme.example }\nspec:\n  group: acme.example\n  scope: Namespaced\n  names: { kind: Widget, plural: widgets }\n  versions:\n    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: integer } } } } } } }\n`);
    expect(slipway('validate')).toMatchObject({ code: 0, out: expect.stringContaining('0 errors') as string });
    put('apps/web.ts', widget('{ sise: 1 }'));
    expect(slipway('validate')).toMatchObject({ code: 1, out: expect.stringContaining('Did you mean "size"?') as string });
  });

  it('prints JSON and SARIF that parse', () => {
    put('apps/web.ts', broken);
    expect(JSON.parse(slipway('validate', '--format', 'json').out)).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ rule: 'service-selects-nothing' })]) as unknown });
    expect(JSON.parse(slipway('validate', '--format', 'sarif').out)).toMatchObject({ version: '2.1.0' });
  });
});

describe('slipway plan and publish', () => {
  it('plan exits 1 while something would change and 0 after the publish', () => {
    expect(slipway('plan', '--environment', 'dev')).toMatchObject({ code: 1, out: expect.stringContaining('+ apps/dev/web') as string });
    expect(slipway('publish', '--environment', 'dev').code).toBe(0);
    expect(slipway('plan', '--environment', 'dev')).toMatchObject({ code: 0, out: expect.stringContaining('nothing would change') as string });
    expect(JSON.parse(slipway('plan', '--environment', 'dev', '--format', 'json').out)).toEqual([expect.objectContaining({ kind: 'unchanged', files: [] })]);
  });

  it('publish renders afresh and never trusts what lies in dist', () => {
    slipway('synth');
    put('dist/apps/dev/web/deployment-web.yaml', 'kind: Evil\n');
    put('dist/apps/dev/web/extra.yaml', 'kind: Evil\n');
    expect(slipway('publish', '-e', 'dev').code).toBe(0);
    expect(published('apps/dev/web/deployment-web.yaml')).toContain('kind: Deployment');
    expect(git('--git-dir', '.slipway/runtime.git', 'ls-tree', '-r', '--name-only', 'main')).not.toContain('extra.yaml');
  });

  it('publish refuses a work tree that differs from its commit', () => {
    put('environments/images/dev/kustomization.yaml', 'images:\n  - name: web\n    newTag: v2\n');
    const { code, err } = slipway('publish', '-e', 'dev');
    expect(code).toBe(2);
    expect(err).toContain('environments/images/dev/kustomization.yaml');
  });

  it('publish leaves a frozen environment out, refuses it when named, and keeps the reason of an override in the commit', () => {
    const all = slipway('publish');
    expect(all.code).toBe(0);
    expect(all.err).toContain('prod is frozen (for good');
    expect(all.out).not.toContain('apps/prod');
    expect(slipway('publish', '-e', 'prod')).toMatchObject({ code: 2, err: expect.stringContaining('--override-freeze') as string });
    expect(slipway('publish', '-e', 'prod', '--override-freeze', 'the shop is down').code).toBe(0);
    expect(git('--git-dir', '.slipway/runtime.git', 'log', '-1', '--format=%B', 'main')).toContain('Published although frozen: the shop is down');
  });

  it('publish refuses a share that is none, an override without a reason and a URL with a password, at once and without printing it', () => {
    const { code, err } = slipway('publish', '--max-removal', '150%', '--repo', 'https://me:hunter2@git.example/r.git', '--allow-removal', 'shop-prod', '--allow-removal', 'PersistentVolumeClaim/shop-prod/data', '--accept-source', 'main', '--override-freeze', ' ');
    expect(code).toBe(2);
    expect(err).toContain('--allow-removal: expected <kind>/<name> or <kind>/<namespace>/<name>, got "shop-prod"');
    expect(err).not.toContain('PersistentVolumeClaim/');
    expect(err).toContain('--accept-source: expected a commit in hexadecimal digits, got "main"');
    expect(err).toContain('--max-removal');
    expect(err).toContain('--override-freeze: expected a reason');
    expect(err).toContain('--repo');
    expect(err).not.toContain('hunter2');
  });

  it('publish refuses a pull request on the embedded repository, where nobody could approve', () => {
    expect(slipway('publish', '-e', 'dev', '--pull-request')).toMatchObject({ code: 2, err: expect.stringContaining('--repo') as string });
  });
});

describe('slipway pin', () => {
  it('changes pins of the named environment, whatever is wrong with them', () => {
    put('environments/images/dev/kustomization.yaml', '# ours\nimages:\n  - name: web\n    newTag: latest # moves\n');
    expect(slipway('validate').code).toBe(2);
    expect(slipway('pin', 'dev', 'web=v2').code).toBe(0);
    expect(readFileSync(join(project, 'environments/images/dev/kustomization.yaml'), 'utf8')).toBe('# ours\nimages:\n  - name: web\n    newTag: v2 # moves\n');
    expect(slipway('pin', 'dve', 'web=v2')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "dev"?') as string });
    put('environments/prod.ts', (files['environments/prod.ts'] ?? '').replace('optional', 'required'));
    expect(slipway('pin', 'prod', 'web=v3')).toMatchObject({ code: 2, err: expect.stringContaining('web: expected a digest') as string });
    expect(readFileSync(join(project, 'environments/images/prod/kustomization.yaml'), 'utf8')).toBe(files['environments/images/prod/kustomization.yaml']);
    expect(slipway('pin', 'dev', 'wbe=v3')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "web"?') as string });
    expect(slipway('pin', 'dev', 'web', 'web=latest')).toMatchObject({ code: 2, err: expect.stringContaining('2 problems') as string });
  });
});
