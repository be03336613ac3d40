import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rollout } from './rules/rollout-objects.ts';

const root = resolve(import.meta.dirname, '../..');
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A cdk8s project of one Service, as a user would write it. */
function project(service: object, properties: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-cdk8s-'));
  folders.push(folder);
  writeFileSync(join(folder, 'app.cjs'), `
    const { App, Chart, ApiObject } = require(${JSON.stringify(join(root, 'node_modules/cdk8s'))});
    const app = new App();
    new ApiObject(new Chart(app, 'shop'), 'web', ${JSON.stringify(service)});
    app.synth();
  `);
  writeFileSync(join(folder, 'cdk8s.yaml'), JSON.stringify({
    language: 'typescript',
    app: 'node app.cjs',
    validations: [{ package: join(root, 'lib/validate/cdk8s-plugin.cjs'), version: '0.1.0', class: 'SlipwayValidation', properties }],
  }));
  return folder;
}

function synth(folder: string): Promise<{ readonly code: number; readonly output: string }> {
  const cli = join(root, 'node_modules/cdk8s-cli/bin/cdk8s');
  return new Promise((done) => {
    execFile(process.execPath, [cli, 'synth', '--validate', '--check-upgrade=false', '--validation-reports-output-file', 'report.json'], { cwd: folder, env: { ...process.env, HOME: folder } }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
    });
  });
}

const service = (spec: object): object => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec });

describe('the plugin of the cdk8s CLI', () => {
  it('lets good manifests pass', async () => {
    const { code, output } = await synth(project(service({ type: 'ExternalName', externalName: 'example.com' }), { kubernetes: ['1.35'] }));
    expect(output).toContain('slipway: 0 errors, 0 warnings');
    expect(code).toBe(0);
  });

  it('fails the synth of a bad one, with the rule, the field, the construct and the fix in its report', async () => {
    const folder = project(service({ typ: 'ExternalName', ports: [{ port: 80 }] }), { kubernetes: ['1.35'] });
    const { code, output } = await synth(folder);
    expect(code).toBe(2);
    expect(output).toContain('Did you mean "type"?');
    const { reports } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as { reports: { violations: object[]; summary: object }[] };
    expect(reports[0]?.summary).toMatchObject({ status: 'failure', metadata: { errors: '1', warnings: '0' } });
    expect(reports[0]?.violations).toMatchObject([{ ruleName: 'unknown-field (error)', violatingConstructs: [{ constructPath: 'shop/web', resourceName: 'web', locations: ['spec.typ'] }] }]);
  });

  it('lets no rollout wait for a person where nobody is', async () => {
    const waiting = rollout({ canary: { steps: [{ setWeight: 20 }, { pause: {} }] } });
    const { code, output } = await synth(project(waiting, { kubernetes: ['1.35'], unattended: true }));
    expect(code).toBe(2);
    expect(output).toContain('endless-pause');
  });

  it('names what is wrong with its own properties', async () => {
    const { code, output } = await synth(project(service({}), { kubernets: '1.35' }));
    expect(code).not.toBe(0);
    expect(output).toMatch(/cdk8s\.yaml: validations properties.*kubernet/s);
  });
});
