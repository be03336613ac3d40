import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { buildFolder } from '../../lib/manifests/kustomize/build.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { root } from '../source-files.ts';

const kustomize = process.env['SLIPWAY_KUSTOMIZE'] ?? 'kustomize';
const hasKustomize = spawnSync(kustomize, ['version'], { stdio: 'ignore' }).error === undefined;

let project: string;

const cluster = (name: string, controller: string): string => `import { defineCluster, ${controller} } from '../../lib/index.ts';\nexport default defineCluster({ name: '${name}', provider: 'existing', kubernetes: '1.35', controller: ${controller}() });\n`;
const environment = (name: string, clusters: readonly string[], more: string): string => [
  `import { defineEnvironment } from '../lib/index.ts';`,
  ...clusters.map((each) => `import ${each} from './clusters/${each}.ts';`),
  `export default defineEnvironment({ name: '${name}', clusters: [${clusters.join(', ')}], registry: 'ghcr.io/acme', domain: '${name}.example', images: { digests: 'optional' }, ${more} });\n`,
].join('\n');
const pins = (version: string): string => `images:\n  - name: web\n    newTag: ${version}\n  - name: api\n    newTag: v1\n`;
const app = (name: string, team: string): string => `import { defineApp, PythonApp, uvicorn } from '../lib/index.ts';\nexport default defineApp('${name}', { team: '${team}', source: 'https://git.example/${name}', environments: ['dev', 'prod'],\n  build(chart, { images }) { new PythonApp(chart, '${name}', { image: images.main, server: uvicorn('${name}:app'), port: 8000, config: { MODE: '${name}' } }); } });\n`;

/** Two environments that share a cluster: one is committed directly, the other proposed, canary first. */
const files: Readonly<Record<string, string>> = {
  'environments/clusters/shared.ts': cluster('shared', 'flux'),
  'environments/clusters/canary.ts': cluster('canary', 'argoCd'),
  'environments/clusters/far.ts': cluster('far', 'argoCd'),
  'environments/dev.ts': environment('dev', ['shared'], ''),
  'environments/prod.ts': environment('prod', ['canary', 'far', 'shared'], `promotion: { approval: 'pull-request', waves: [['canary']] }`),
  'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport dev from './dev.ts';\nimport prod from './prod.ts';\nexport default defineFleet({ environments: [dev, prod] });\n`,
  'environments/images/dev/kustomization.yaml': pins('v1'),
  'environments/images/prod/kustomization.yaml': pins('v1'),
  'apps/web.ts': app('web', 'web'),
  'apps/api.ts': app('api', 'shop'),
  'package.json': '{ "type": "module" }\n',
  '.gitignore': '.slipway/\ndist/\nnode_modules\nlib\n*.git\nhead-*\n',
};

function put(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function run(program: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], HOME: project, GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.invalid', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.invalid' };
  const { status, stdout, stderr } = spawnSync(program, [...args], { cwd: project, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status ?? 'a signal'}: ${stdout}${stderr}`);
  return stdout;
}

const git = (...args: string[]): string => run('git', '--git-dir', 'runtime.git', ...args);
const publish = (...args: string[]): string => run(process.execPath, join(root, 'bin/slipway.js'), 'publish', '--repo', 'runtime.git', ...args);
const commit = (message: string): void => { run('git', 'add', '-A'); run('git', 'commit', '-qm', message); };
/** What approving a pull request does. */
const merge = (branch: string): string => git('update-ref', 'refs/heads/main', `refs/heads/${branch}`);
const textAt = (path: string, head = 'main'): string => git('show', `${head}:${path}`);
const pathsAt = (head = 'main'): string[] => git('ls-tree', '-r', '--name-only', head).split('\n').filter((path) => path !== '' && !path.startsWith('.slipway/'));

/** Builds every kustomization of a commit, with our own build and with the real one where it is there. */
function buildAll(head: string): void {
  const out = mkdtempSync(join(project, 'head-'));
  spawnSync('sh', ['-c', `git --git-dir runtime.git archive ${head} | tar -x -C ${out}`], { cwd: project });
  const objects = (path: string): KubeObject[] | undefined => {
    try {
      return parseAllDocuments(readFileSync(join(out, path), 'utf8')).map((document) => document.toJS() as KubeObject);
    } catch (error) {
      if (error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))) return undefined;
      throw error;
    }
  };
  const folders = pathsAt(head).filter((path) => path.endsWith('/kustomization.yaml')).map(dirname);
  expect(folders.length).toBeGreaterThan(4);
  for (const folder of folders) {
    expect(() => buildFolder(folder, objects), `${folder} at ${head}`).not.toThrow();
    if (hasKustomize) expect(spawnSync(kustomize, ['build', join(out, folder)], { encoding: 'utf8' }).stderr, `${folder} at ${head}`).toBe('');
  }
}

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'slipway-trees-'));
  onTestFinished(() => rmSync(project, { recursive: true, force: true, maxRetries: 5 }));
  for (const [path, text] of Object.entries(files)) put(path, text);
  for (const name of ['lib', 'node_modules']) symlinkSync(join(root, name), join(project, name));
  run('git', 'init', '-q', '-b', 'main');
  run('git', 'init', '-q', '--bare', '-b', 'main', 'runtime.git');
  commit('Start');
});

describe(`the runtime repo of two environments that share a cluster${hasKustomize ? '' : ' (without the real kustomize, which is not on PATH)'}`, () => {
  it('can be built at every commit: the proposed environment\'s tracking objects come with its pull request', { timeout: 600_000 }, () => {
    publish();
    expect(pathsAt().filter((path) => path.startsWith('clusters/'))).toEqual(expect.arrayContaining(['clusters/shared/kustomization.yaml', 'clusters/shared/dev/kustomization-web-dev.yaml']) as string[]);
    expect(pathsAt().filter((path) => /^(clusters\/(canary|far|shared\/prod)|apps\/prod)\//.test(path))).toEqual([]);
    expect(textAt('clusters/shared/platform/namespace-web-prod.yaml')).toContain('kind: Namespace');
    buildAll('main');
    buildAll('slipway/prod');
    merge('slipway/prod');
    expect(pathsAt()).toEqual(expect.arrayContaining(['clusters/shared/prod/kustomization-web-prod.yaml', 'clusters/canary/prod/application-web-prod.yaml', 'clusters/far/application-root.yaml', 'apps/prod/web/kustomization.yaml']) as string[]);

    // A new version reaches the canary first: a folder of its own beside the shared one, which stays.
    put('environments/images/prod/kustomization.yaml', pins('v2'));
    commit('Release web v2');
    publish('--wave', '1');
    buildAll('slipway/prod-wave-1');
    const changed = git('diff', '--name-only', 'main', 'slipway/prod-wave-1').split('\n').filter((path) => path !== '' && !path.startsWith('.slipway/'));
    expect(changed.filter((path) => !/^apps\/prod\/(web|api)@next\/|^clusters\/canary\/prod\//.test(path))).toEqual([]);
    merge('slipway/prod-wave-1');
    expect([textAt('apps/prod/web/kustomization.yaml').includes('newTag: v1'), textAt('apps/prod/web@next/kustomization.yaml').includes('newTag: v2')]).toEqual([true, true]);
    expect(textAt('clusters/canary/prod/application-web-prod.yaml')).toContain('apps/prod/web@next');
    expect(textAt('clusters/far/prod/application-web-prod.yaml')).not.toContain('@next');

    publish();
    buildAll('slipway/prod');
    merge('slipway/prod');
    expect(pathsAt().filter((path) => path.includes('@next'))).toEqual([]);
    expect(textAt('apps/prod/web/kustomization.yaml')).toContain('newTag: v2');
    expect(textAt('clusters/canary/prod/application-web-prod.yaml')).not.toContain('@next');
  });
});
