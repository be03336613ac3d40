import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../source-files.ts';

let project: string;

const app = `import { defineApp, Manifest } from '../lib/index.ts';
const template = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: { name: 'rate' }, spec: { metrics: [{ name: 'success-rate', interval: '1m', count: 5, failureLimit: 1, successCondition: 'result[0] >= 0.95', provider: { prometheus: { address: 'http://prometheus:9090', query: 'x' } } }] } };
const steps = [{ setWeight: 20 }, { analysis: { templates: [{ templateName: 'rate' }] } }, { setWeight: 80 }, { pause: { duration: '5m' } }];
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec: { replicas: 5, strategy: { canary: { steps } } } };
export default defineApp('web', { team: 'web', source: 'https://git.example/web', environments: ['dev'], build(chart) { new Manifest(chart, 'rate', template); new Manifest(chart, 'web', rollout); } });
`;

const files: Readonly<Record<string, string>> = {
  'environments/clusters/one.ts': `import { defineCluster, flux } from '../../lib/index.ts';\nexport default defineCluster({ name: 'one', provider: 'existing', kubernetes: '1.35', controller: flux() });\n`,
  'environments/dev.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport one from './clusters/one.ts';\nexport default defineEnvironment({ name: 'dev', clusters: [one], registry: 'ghcr.io/acme', domain: 'dev.example', images: { digests: 'optional' } });\n`,
  'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport dev from './dev.ts';\nexport default defineFleet({ environments: [dev] });\n`,
  'environments/images/dev/kustomization.yaml': 'images:\n  - name: web\n    newTag: v1\n',
  'apps/web.ts': app,
  'package.json': '{ "type": "module" }\n',
  'good.csv': 'seconds,success-rate\n0,0.99\n',
  'bad.csv': 'seconds,success-rate\n0,0.99\n90,0.4\n',
  'wrong.csv': 'seconds,sucess-rate\n0,0.99\n',
};

function simulate(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/slipway.js'), 'rollout', 'simulate', 'web', '--environment', 'dev', ...args], { cwd: project, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'slipway-simulate-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  symlinkSync(join(root, 'lib'), join(project, 'lib'));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('slipway rollout simulate', () => {
  it('plays a healthy version through to the end', () => {
    const { code, out } = simulate();
    expect(code).toBe(0);
    expect(out).toMatch(/^10:30 +100 % +PROMOTED +Completed all 4 canary steps$/m);
  });

  it('plays what was recorded, and exits with 1 where it is stopped', () => {
    expect(simulate('--trace', 'good.csv').code).toBe(0);
    const { code, out } = simulate('--trace', 'bad.csv', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ rollout: 'web', verdict: 'aborted', at: 150_000, step: 1, requestsReached: 2400 });
  });

  it('plays faults, one and many, and draws a picture', () => {
    const { code, out } = simulate('--fault', 'latency-step', '--runs', '50');
    expect(code).toBe(1);
    expect(out).toMatch(/^Healthy versions stopped: \d+ of 50 /m);
    expect(out).toMatch(/^Versions with latency-step let through: \d+ of 50 /m);
    expect(simulate('--format', 'svg').out).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it('plays a first version, and pods that never start', () => {
    const first = simulate('--first', '--format', 'json');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ change: 'first', verdict: 'promoted', at: 30_000, analysisRuns: [], status: { phase: 'Healthy', promoted: true } });
    const { code, out } = simulate('--fault', 'no-start');
    expect(code).toBe(1);
    expect(out).toMatch(/^10:01 +STUCK \(nothing ends it\) +ProgressDeadlineExceeded: /m);
  });

  it('refuses what it can\'t play, all at once', () => {
    const { code, err } = simulate('--fault', 'eror-spike', '--onset', 'soon', '--runs', '-1', '--trace', 'bad.csv');
    expect(code).toBe(2);
    expect(err).toContain('--fault: expected one of error-spike, flapping, latency-step, no-data, no-start, slow-leak, got "eror-spike"');
    expect(err).toContain('Did you mean "error-spike"?');
    expect(err).toContain('--onset: expected a duration such as 90s, got "soon"');
    expect(err).toContain('--runs: expected a whole number from 0 to 100000, got -1');
    expect(simulate('--trace', 'wrong.csv').err).toMatch(/expected a column for the metric "success-rate", got none[\s\S]*Did you mean "sucess-rate"/);
    expect(simulate('--trace', 'missing.csv')).toMatchObject({ code: 2, err: expect.stringContaining('can\'t be read') as string });
  });
});
