import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../source-files.ts';
import { kindText, keyOf } from '../../lib/status/live.ts';
import { recorded, set, tracker, type Json } from '../status/recorded.ts';

let folder: string;

const files: Readonly<Record<string, string>> = {
  'environments/clusters/eu.ts': `import { argoCd, defineCluster } from '../../lib/index.ts';\nexport default defineCluster({ name: 'eu', provider: 'existing', kubernetes: '1.35', controller: argoCd() });\n`,
  'environments/clusters/on.ts': `import { defineCluster, flux } from '../../lib/index.ts';\nexport default defineCluster({ name: 'on', provider: 'existing', kubernetes: '1.35', controller: flux() });\n`,
  'environments/prod.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport eu from './clusters/eu.ts';\nimport on from './clusters/on.ts';\nexport default defineEnvironment({ name: 'prod', clusters: [eu, on], registry: 'ghcr.io/acme', domain: 'example.org', images: { digests: 'optional' } });\n`,
  'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport prod from './prod.ts';\nexport default defineFleet({ environments: [prod] });\n`,
  'environments/images/prod/kustomization.yaml': 'images:\n  - name: web\n    newTag: v3\n',
  'apps/web.ts': `import { defineApp, ingress, PythonApp, uvicorn } from '../lib/index.ts';\nexport default defineApp('web', { team: 'web', source: 'https://git.example/web', environments: ['prod'], clusters: { prod: ['eu'] },\n  build(chart, { images }) { new PythonApp(chart, 'web', { image: images.main, server: uvicorn('web:app'), port: 8000, expose: ingress({ host: 'web', className: 'nginx' }) }); } });\n`,
  'package.json': '{ "type": "module" }\n',
};

/** Writes what the stand-in of kubectl answers: the recorded clusters `eu` and `on`, as contexts. */
function answer(edit: (eu: ReturnType<typeof recorded>) => void = () => undefined): void {
  const eu = recorded('argo-cd');
  edit(eu);
  const on = recorded('flux');
  const list = (objects: readonly unknown[]): string => JSON.stringify({ items: objects });
  writeFileSync(join(folder, 'eu-applications.json'), list(eu.tracking));
  writeFileSync(join(folder, 'on-kustomizations.json'), list(on.tracking));
  for (const [name, { live }] of [['eu', eu], ['on', on]] as const) writeFileSync(join(folder, `${name}-live.json`), list(live.filter((object) => kindText(keyOf(object)) !== 'ServiceAccount.v1.')));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-status-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const name of ['lib', 'node_modules']) symlinkSync(join(root, name), join(folder, name));
  mkdirSync(join(folder, 'tools'));
  writeFileSync(join(folder, 'tools/kubectl'), `#!/bin/sh
case "$*" in
  *"config get-contexts"*) printf 'eu\\non\\n' ;;
  *"config view"*) printf 'eu' ;;
  *"get applications"*) cat "${folder}/eu-applications.json" ;;
  *"get kustomizations"*) cat "${folder}/on-kustomizations.json" ;;
  *"--context eu"*" get "*) cat "${folder}/eu-live.json" ;;
  *"--context on"*" get "*) cat "${folder}/on-live.json" ;;
esac
`);
  chmodSync(join(folder, 'tools/kubectl'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = (): Record<string, string> => ({ PATH: `${join(folder, 'tools')}:${process.env['PATH'] ?? ''}`, HOME: folder });

function slipway(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/slipway.js'), ...args], { cwd: folder, encoding: 'utf8', env: env() });
  return { code: status, out: stdout, err: stderr };
}

describe('slipway status', () => {
  it('exits 0 when all is well, with a row for each that is tracked', () => {
    answer();
    const { code, out, err } = slipway('status');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("commits aren't told") as string });
    expect(out).toMatch(/^eu \(Argo CD\)\n {2}NAME +ENVIRONMENT +HEALTH +SYNC +REVISION[^]*\n\non \(Flux\)\n {2}NAME +ENVIRONMENT +HEALTH +SYNC +REVISION/);
    expect(out).not.toContain('\u001b');
  });

  it('exits 1 when something isn\'t, and has all of it as data', () => {
    answer((eu) => set(tracker(eu, 'argo-cd'), ['status', 'health', 'status'], 'Degraded'));
    const { code, out } = slipway('status', 'web', '--cluster', 'eu', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ rows: [{ cluster: 'eu', app: 'web', health: 'Degraded', addresses: ['http://web.example.org'] }], problems: [] });
  });

  it('exits 1 on an app that is to run there and that no controller tracks yet, as right after a publish', () => {
    answer((eu) => (eu.tracking as Json[]).splice(eu.tracking.indexOf(tracker(eu, 'argo-cd')), 1));
    const { code, out } = slipway('status', 'web', '--cluster', 'eu');
    expect(code).toBe(1);
    expect(out).toMatch(/web +prod +Missing +OutOfSync[^]*Argo CD doesn't track it: publish it/);
  });

  it('exits 2 on a name that the fleet doesn\'t have, and on a context that the kubeconfig doesn\'t', () => {
    expect(slipway('status', 'wbe', '--cluster', 'us')).toMatchObject({ code: 2, err: expect.stringMatching(/--cluster: expected a cluster of the fleet, got "us"[^]*\[app\]: expected an app of the fleet, got "wbe"\.\n.*Did you mean "web"\?/) as string });
    expect(slipway('status', '--cluster', 'eu', '--context', 'nowhere')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('expected a context "nowhere", found eu, on') as string });
  });

  it('shows every change while it watches, and ends with the last state when it is interrupted', async () => {
    answer();
    const child = spawn(process.execPath, [join(root, 'bin/slipway.js'), 'status', 'web', '--cluster', 'eu', '--watch'], { cwd: folder, env: env() });
    let out = '';
    const seen = (text: string): Promise<void> => new Promise((resolve) => {
      const look = (): void => {
        if (!out.includes(text)) return;
        child.stdout.off('data', look);
        resolve();
      };
      child.stdout.on('data', look);
      look();
    });
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString('utf8'); });
    await seen('Healthy');
    answer((eu) => set(tracker(eu, 'argo-cd'), ['status', 'health', 'status'], 'Degraded'));
    await seen('Degraded');
    const ended = new Promise<number | null>((resolve) => { child.on('exit', resolve); });
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(out.match(/eu \(Argo CD\)/g)).toHaveLength(2);
  });
});

describe('slipway rebuild', () => {
  it('refuses the embedded runtime repo, which no cluster could read, and a cluster that isn\'t one', () => {
    expect(slipway('rebuild', 'eu')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('got the embedded one') as string });
    expect(slipway('rebuild', 'ue')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "eu"?') as string });
    expect(slipway('rebuild', 'eu', '--script', '--format', 'json').code).toBe(2);
  });
});

describe('slipway move', () => {
  it('says the next step of a move, as text and as data', () => {
    const { code, out } = slipway('move', 'web', '-e', 'prod', '--from', 'eu', '--to', 'on');
    expect(code).toBe(0);
    expect(out).toMatch(/^web in prod: from eu to on \(web\.example\.org\)[^]*1\. \[NEXT\] Run it on on too[^]*apps\/web\.ts: clusters: \{ prod: \['eu', 'on'\] \}[^]*2\. \[then\] Change the record by hand[^]*3\. \[then\] Take it from eu[^]*--allow-removal Namespace\/web-prod/);
    const data = JSON.parse(slipway('move', 'web', '-e', 'prod', '--from', 'eu', '--to', 'on', '--format', 'json').out) as unknown;
    expect(data).toMatchObject({ app: 'web', traffic: 'by hand', hosts: ['web.example.org'], steps: [{ name: 'create', state: 'next' }, { name: 'shift', state: 'later' }, { name: 'prune', state: 'later' }] });
  });

  it('refuses clusters that the environment doesn\'t have, and a move to where the app is', () => {
    expect(slipway('move', 'web', '-e', 'prod', '--from', 'eu', '--to', 'us')).toMatchObject({ code: 2, err: expect.stringContaining('--to: expected a cluster of prod, got "us"') as string });
    expect(slipway('move', 'web', '-e', 'prod', '--from', 'eu', '--to', 'eu')).toMatchObject({ code: 2, err: expect.stringContaining('--to: expected another cluster than eu') as string });
  });
});
