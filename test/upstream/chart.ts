import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UpstreamReference } from '../../lib/model/upstream.ts';
import { folderOf } from './workspace.ts';

/** Whether Helm itself can be run here. */
export const realHelm = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'helm')).find((program) => canRun(program));

function canRun(program: string): boolean {
  try {
    execFileSync(program, ['version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** A stand-in for Helm: the archive is the output of `helm template`, and the arguments and values come first, as comments. */
export function helmStandIn(version = 'v3.21.0'): string {
  const program = join(folderOf(), 'helm');
  writeFileSync(program, `#!${process.execPath}
const { readFileSync } = require('node:fs');
const [verb, ...rest] = process.argv.slice(2);
if (verb === 'version') process.stdout.write(${JSON.stringify(version)});
else if (verb === 'show') process.stdout.write('name: external-dns\\nversion: v1.21.1\\n');
else {
  const chart = readFileSync(rest[1], 'utf8');
  if (chart.startsWith('fail')) { process.stderr.write('Error: values say nothing of ' + rest[1]); process.exit(1); }
  const shown = rest.map((each) => each === rest[1] ? '<chart>' : each).join(' ');
  process.stdout.write('# ' + shown + '\\n# ' + readFileSync(0, 'utf8') + '\\n---\\n# Source: external-dns/templates/all.yaml\\n' + chart.replace('@random@', String(process.hrtime.bigint())));
}
`);
  chmodSync(program, 0o755);
  return program;
}

/** The chart of external-dns as the add-on renders it. */
export function externalDns(values: Readonly<Record<string, unknown>> = { provider: { name: 'aws' } }): UpstreamReference {
  return { name: 'external-dns', version: '1.21.1-0123456789', chart: { version: '1.21.1', release: 'external-dns', namespace: 'external-dns', values, kubernetes: '1.32.0', apiVersions: ['monitoring.coreos.com/v1'] } };
}

/** An archive that Helm itself packed of a chart written here. */
export function packedChart(helm: string, templates: Readonly<Record<string, string>>, values = 'replicas: 1\n'): string {
  const folder = folderOf({ 'external-dns/Chart.yaml': 'apiVersion: v2\nname: external-dns\nversion: 1.21.1\n', 'external-dns/values.yaml': values, 'external-dns/crds/one.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: dnsendpoints.externaldns.k8s.io\nspec:\n  group: externaldns.k8s.io\n  names: { kind: DNSEndpoint, plural: dnsendpoints }\n  scope: Namespaced\n  versions: [{ name: v1alpha1, served: true, storage: true }]\n' });
  mkdirSync(join(folder, 'external-dns/templates'));
  for (const [name, text] of Object.entries(templates)) writeFileSync(join(folder, 'external-dns/templates', name), text);
  execFileSync(helm, ['package', 'external-dns', '-d', 'packed'], { cwd: folder, stdio: 'ignore' });
  return join(folder, 'packed');
}
