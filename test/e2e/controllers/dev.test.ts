import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKubectl } from '../../../lib/control-plane/kubectl.ts';
import { runFolder } from '../../../lib/control-plane/plane.ts';
import { processesWith } from '../../../lib/control-plane/processes.ts';
import { run, runOk, type Output } from '../../../lib/control-plane/run-program.ts';
import type { DevState } from '../../../lib/dev/state.ts';
import { sample } from '../harness/controllers/fleet-files.ts';
import { named, whyWithout } from '../harness/need.ts';
import { root } from '../harness/sample-fleet.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'argo-rollouts', 'gatewayapi', 'kustomize-controller', 'sourceignore');
/** Generous: a busy machine is no failure. */
const minutes = (count: number): number => count * 2 * 60_000;

const pins = (tag: string): string => `images:\n  - name: hello-tornado\n    newTag: ${tag}\n`;
const files: Readonly<Record<string, string>> = {
  'environments/clusters/laptop.ts': `import { argoCd, defineCluster } from '../../lib/index.ts';\nexport default defineCluster({ name: 'laptop', provider: 'existing', kubernetes: '1.35', existingDefinitions: ['gateway.networking.k8s.io', 'monitoring.coreos.com'], controller: argoCd() });\n`,
  'environments/dev.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport laptop from './clusters/laptop.ts';\nexport default defineEnvironment({ name: 'dev', clusters: [laptop], registry: 'ghcr.io/acme', domain: 'dev.example', images: { digests: 'optional' } });\n`,
  'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport dev from './dev.ts';\nexport default defineFleet({ environments: [dev], runtimeRepo: { url: 'git@git.invalid:acme/runtime.git' } });\n`,
  'environments/images/dev/kustomization.yaml': pins('v1'),
  'package.json': '{ "type": "module" }\n',
  '.gitignore': '.slipway/\nnode_modules\nlib\n',
};
const who = { GIT_AUTHOR_NAME: 'e2e', GIT_AUTHOR_EMAIL: 'e2e@slipway.test', GIT_COMMITTER_NAME: 'e2e', GIT_COMMITTER_EMAIL: 'e2e@slipway.test' };

describe.skipIf(reason)(named('slipway dev', reason), () => {
  let folder: string;
  let place: string;
  let home: string;
  // The run's folder is the tests' own: what a person starts makes everything below its workspace.
  const env = (): NodeJS.ProcessEnv => {
    const { SLIPWAY_RUN_FOLDER: _, ...rest } = process.env;
    return { ...rest, ...who };
  };
  const slipway = (...args: readonly string[]): Promise<Output> => run(process.execPath, [join(root, 'bin/slipway.js'), ...args], { cwd: folder, env: env() });
  const git = (...args: readonly string[]): Promise<Output> => runOk('git', args, { cwd: folder, env: env() });
  const state = async (): Promise<DevState> => JSON.parse(await readFile(join(place, 'state.json'), 'utf8')) as DevState;
  /** What still runs of it: the supervisor and whatever names the folder, and the watchdogs of its programs. */
  const left = async (programs: DevState['programs']): Promise<readonly string[]> => {
    const watchdogs = (await processesWith('/supervise ')).filter(({ pid }) => programs.some((program) => program.pid === pid));
    return [...await processesWith(place), ...watchdogs].map(({ line }) => line);
  };
  const images = async (): Promise<string> => {
    const kubectl = await createKubectl(join(place, 'kubeconfig'), home);
    return (await kubectl(['get', 'deployments', '--namespace', 'hello-tornado-dev', '--output', 'jsonpath={.items[*].spec.template.spec.containers[*].image}'])).stdout;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(await runFolder(), 'dev-'));
    place = join(folder, '.slipway/dev');
    home = await mkdtemp(join(await runFolder(), 'home-'));
    for (const [path, text] of Object.entries({ ...files, 'apps/hello-tornado.ts': await sample('hello-tornado', ['dev']) })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    for (const name of ['lib', 'node_modules']) await symlink(join(root, name), join(folder, name));
    await git('init', '--quiet', '-b', 'main');
    await git('add', '--all');
    await git('commit', '--quiet', '-m', 'Start');
  });
  afterAll(async () => {
    await slipway('dev', 'down');
  }, minutes(2));

  it('brings a workspace up under the controller of one\'s choice, and stays', { timeout: minutes(8) }, async () => {
    const { code, stdout, stderr } = await slipway('dev', 'up', '--controller', 'flux');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(`export KUBECONFIG=${place}/kubeconfig`);
    expect(stdout).toContain('slipway publish --dev');
    expect((await state()).programs.map(({ name }) => name)).toEqual(expect.arrayContaining(['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok', 'kustomize-controller', 'rollouts-controller']));
    expect(await images()).toBe('ghcr.io/acme/hello-tornado:v1');
  });

  it('says how it is doing', { timeout: minutes(4) }, async () => {
    await expect.poll(async () => (await slipway('dev', 'status')).code, { timeout: minutes(2), interval: 1000 }).toBe(0);
    const { stdout } = await slipway('dev', 'status', '--format', 'json');
    const { running, ended, rows } = JSON.parse(stdout) as { running: boolean; ended: unknown[]; rows: { readonly name: string; readonly health: string; readonly sync: string }[] };
    expect({ running, ended }).toEqual({ running: true, ended: [] });
    expect(rows.find(({ name }) => name === 'hello-tornado-dev')).toMatchObject({ health: 'Healthy', sync: 'Synced' });
  });

  it('says what is up when it is started again, and refuses to be another', { timeout: minutes(2) }, async () => {
    const { pid } = await state();
    expect(await slipway('dev', 'up')).toMatchObject({ code: 0, stdout: expect.stringContaining('It is up already') as string });
    expect((await state()).pid).toBe(pid);
    expect(await slipway('dev', 'up', '--controller', 'argo-cd')).toMatchObject({ code: 2, stderr: expect.stringContaining('slipway dev down') as string });
  });

  it('takes a change of the workspace with publish --dev', { timeout: minutes(4) }, async () => {
    await writeFile(join(folder, 'environments/images/dev/kustomization.yaml'), pins('v2'));
    await git('commit', '--quiet', '--all', '-m', 'Version 2');
    const { code, stdout, stderr } = await slipway('publish', '--dev');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('~ apps/dev/hello-tornado  hello-tornado v1 -> v2');
    await expect.poll(images, { timeout: minutes(2), interval: 500 }).toBe('ghcr.io/acme/hello-tornado:v2');
  });

  it('ends with everything that belongs to it', { timeout: minutes(2) }, async () => {
    const { programs } = await state();
    expect(await left(programs)).not.toEqual([]);
    expect(await slipway('dev', 'down')).toMatchObject({ code: 0, stderr: 'ended; nothing of it is left\n' });
    expect(await left(programs)).toEqual([]);
    expect(existsSync(place)).toBe(false);
    expect(await slipway('dev', 'status')).toMatchObject({ code: 1, stdout: expect.stringContaining('nothing runs here') as string });
  });

  it('leaves no process when its start is killed midway, and down clears the rest', { timeout: minutes(4) }, async () => {
    const up = spawn(process.execPath, [join(root, 'bin/slipway.js'), 'dev', 'up', '--controller', 'flux'], { cwd: folder, env: env(), stdio: ['ignore', 'ignore', 'pipe'] });
    const told = (async (): Promise<boolean> => {
      for await (const chunk of up.stderr) if (String(chunk).includes('the API server answers')) return true;
      return false;
    })();
    expect(await told).toBe(true);
    const { programs } = await state();
    expect(await left(programs)).not.toEqual([]);
    const gone = once(up, 'exit');
    up.kill('SIGKILL');
    await gone;
    await expect.poll(() => left(programs), { timeout: minutes(1) }).toEqual([]);
    expect(await slipway('dev', 'status')).toMatchObject({ code: 1, stdout: expect.stringContaining('slipway dev down clears it') as string });
    expect((await slipway('dev', 'down')).stderr).toBe('none ran; what an earlier one had left is cleared\n');
    expect(existsSync(place)).toBe(false);
  });

  it('ends what it has begun when it is interrupted, and leaves nothing', { timeout: minutes(4) }, async () => {
    const up = spawn(process.execPath, [join(root, 'bin/slipway.js'), 'dev', 'up', '--controller', 'flux'], { cwd: folder, env: env(), stdio: ['ignore', 'ignore', 'pipe'] });
    const gone = once(up, 'exit') as Promise<[number | null, string | null]>;
    let said = '';
    for await (const chunk of up.stderr) {
      said += String(chunk);
      if (String(chunk).includes('the API server answers')) up.kill('SIGINT');
    }
    expect(await gone).toEqual([2, null]);
    expect(said).toContain('was interrupted (SIGINT); nothing of it is left');
    expect(await processesWith(place)).toEqual([]);
    expect(existsSync(place)).toBe(false);
  });
});
