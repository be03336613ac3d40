import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockPath, parseLock } from '../../lib/upstream/lock.ts';
import { sha256Of, storedFolder } from '../../lib/upstream/store.ts';
import { upstreamUnits } from '../../lib/upstream/units.ts';
import { updatePins, vendor, type VendorReport } from '../../lib/upstream/vendor.ts';
import { externalDns, helmStandIn, packedChart, realHelm } from './chart.ts';
import { serve } from './server.ts';
import { folderOf } from './workspace.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: external-dns\n  namespace: external-dns\n';
const told = ({ problems }: VendorReport): string[] => problems.map((problem) => `${problem.message} | ${problem.fix ?? ''}`);

/** Pins a chart whose render is this text. */
async function pin(chart: string, options: { readonly program?: string; readonly root?: string } = {}): Promise<{ readonly report: VendorReport; readonly root: string }> {
  const root = options.root ?? folderOf({ 'environments/index.ts': '', 'm/external-dns-1.21.1.tgz': chart });
  return { root, report: await updatePins(root, [externalDns()], { cwd: root, from: 'm', helm: { program: options.program ?? helmStandIn() } }) };
}

describe('an upstream that is a chart', () => {
  it('is rendered once, with everything that decides the outcome named, and locked as chart and as text', async () => {
    const { root, report } = await pin(deployment);
    const text = readFileSync(join(storedFolder(root, externalDns()), 'rendered.yaml'), 'utf8');
    expect(report.problems).toEqual([]);
    expect(text.split('\n').slice(0, 2)).toEqual([
      '# external-dns <chart> --namespace external-dns --kube-version 1.32.0 --include-crds --skip-tests --api-versions monitoring.coreos.com/v1 --values -',
      '# {"provider":{"name":"aws"}}',
    ]);
    expect(parseLock(lockPath, readFileSync(join(root, lockPath), 'utf8'))).toEqual([{
      name: 'external-dns', version: '1.21.1-0123456789', url: 'https://github.com/kubernetes-sigs/external-dns/releases/download/external-dns-helm-chart-1.21.1/external-dns-1.21.1.tgz',
      sha256: sha256Of(Buffer.from(text)), source: 'm/external-dns-1.21.1.tgz', chart: { sha256: sha256Of(Buffer.from(deployment)), helm: '3.21.0' },
    }]);
    expect(upstreamUnits(root, [externalDns()]).units[0]?.files.map((file) => [file.path, file.verbatim])).toEqual([
      ['upstream/external-dns-1.21.1-0123456789/kustomization.yaml', undefined], ['upstream/external-dns-1.21.1-0123456789/rendered.yaml', text],
    ]);
  });

  it('is rendered again elsewhere from the same archive to the same text', async () => {
    const { root } = await pin(deployment);
    const other = folderOf({ [lockPath]: readFileSync(join(root, lockPath)) });
    const { url } = await serve({ '/github.com/kubernetes-sigs/external-dns/releases/download/external-dns-helm-chart-1.21.1/external-dns-1.21.1.tgz': deployment });
    expect((await vendor(other, [externalDns()], { cwd: other, mirror: url, helm: { program: helmStandIn() } })).problems).toEqual([]);
    expect(upstreamUnits(other, [externalDns()]).units).toEqual(upstreamUnits(root, [externalDns()]).units);
  });

  it('needs no Helm where somebody has its rendered text', async () => {
    const { root } = await pin(deployment);
    const other = folderOf({ [lockPath]: readFileSync(join(root, lockPath)) });
    const report = await vendor(other, [externalDns()], { cwd: other, from: join(root, '.slipway/upstream'), helm: { program: '/nonexistent/helm' } });
    expect(report.outcomes.map(({ outcome }) => outcome)).toEqual(['vendored']);
  });

  it('says what it needs where there is no Helm', async () => {
    expect(told((await pin(deployment, { program: '/nonexistent/helm' })).report)).toEqual([expect.stringMatching(/is published as a Helm chart.*expected helm on PATH, found none \| install Helm .*--from FOLDER\|URL/)]);
  });

  it('that changed at its URL is refused, although it might render the same', async () => {
    const { root } = await pin(deployment);
    const other = folderOf({ [lockPath]: readFileSync(join(root, lockPath)), 'm/external-dns-1.21.1.tgz': `${deployment}# other\n` });
    expect(told(await vendor(other, [externalDns()], { cwd: other, from: 'm', helm: { program: helmStandIn() } }))).toEqual([expect.stringMatching(/^expected sha256 [0-9a-f]{64}, got [0-9a-f]{64} from m\/external-dns-1\.21\.1\.tgz \| nothing was stored/)]);
  });

  it('that another Helm renders otherwise is refused, naming both', async () => {
    const { root } = await pin(deployment);
    const other = folderOf({ [lockPath]: readFileSync(join(root, lockPath), 'utf8').replace(/sha256: [0-9a-f]{64}/, `sha256: ${'f'.repeat(64)}`), 'm/external-dns-1.21.1.tgz': deployment });
    expect(told(await vendor(other, [externalDns()], { cwd: other, from: 'm', helm: { program: helmStandIn('v4.0.1') } }))).toEqual([expect.stringMatching(/^expected the chart to render to the sha256 f{64}, got [0-9a-f]{64} by Helm 4\.0\.1 \(the lock's is of Helm 3\.21\.0\) \| render it with Helm 3\.21\.0/)]);
  });

  it('is one archive, however many renders of it the lock has', async () => {
    const { root } = await pin(deployment);
    const more = { ...externalDns({ provider: { name: 'google' } }), version: '1.21.1-9876543210' };
    const other = folderOf({ [lockPath]: readFileSync(join(root, lockPath)), 'm/external-dns-1.21.1.tgz': `${deployment}# other\n` });
    expect(told(await updatePins(other, [more], { cwd: other, from: 'm', helm: { program: helmStandIn() } }))).toEqual([expect.stringMatching(/^expected sha256 .*, as external-dns 1\.21\.1-0123456789 has it from the same URL/)]);
  });

  it('that makes up a password is refused, with what to set', async () => {
    expect(told((await pin(`${deployment}  annotations: { secret: "@random@" }\n`)).report)).toEqual([expect.stringMatching(/^expected the chart to render the same each time, got other text from external-dns\/templates\/all\.yaml: .* \| .*existingSecret/)]);
  });

  it.each([
    ['a Secret with data', 'apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: external-dns }\ndata: { password: aHVudGVyMg== }\nstringData: { user: me }\n', 'expected no secrets, got Secret external-dns/a with password, user'],
    ['a hook', 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: a, namespace: external-dns, annotations: { helm.sh/hook: pre-install } }\n', 'expected no hooks, which only Helm runs as they are meant, got Job external-dns/a (pre-install)'],
    ['no namespace', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n', 'expected a namespace, got ConfigMap a without one'],
    ['no namespace of a custom resource', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: as.x.io }\nspec: { group: x.io, scope: Namespaced, names: { kind: A, plural: as }, versions: [] }\n---\napiVersion: x.io/v1\nkind: A\nmetadata: { name: a }\n', 'expected a namespace, got A a without one'],
  ])('that renders %s is refused by name', async (_, chart, message) => {
    const [first, ...more] = told((await pin(`${deployment}---\n${chart}`)).report);
    expect(first).toContain(message);
    expect(more).toEqual([]);
    expect(first).not.toContain('aHVudGVyMg');
  });

  it.each(['apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: external-dns }\n', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: a }\n'])('may render %j', async (chart) => {
    expect((await pin(`${deployment}---\n${chart}`)).report.problems).toEqual([]);
  });

  it('that can\'t be rendered says why, in Helm\'s words', async () => {
    expect(told((await pin('fail')).report)).toEqual([expect.stringMatching(/^helm template failed: Error: values say nothing of …\/chart\.tgz \|/)]);
  });

  it.skipIf(realHelm === undefined)('is rendered by Helm itself, custom resources and values included (needs helm on PATH)', async () => {
    const helm = realHelm ?? '';
    const template = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n  namespace: {{ .Release.Namespace }}\nspec:\n  replicas: {{ .Values.replicas }}\n  paused: {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}\n';
    const from = packedChart(helm, { 'a.yaml': template, 'tests.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: t\n  annotations: { helm.sh/hook: test }\n` });
    const root = folderOf({ 'environments/index.ts': '' });
    const reference = externalDns({ replicas: 3 });
    expect((await updatePins(root, [reference], { cwd: root, from, helm: { program: helm } })).problems).toEqual([]);
    const [unit] = upstreamUnits(root, [reference]).units;
    expect(unit?.upstream?.objects.map(({ kind, name, namespace }) => [kind, name, namespace])).toEqual([['CustomResourceDefinition', 'dnsendpoints.externaldns.k8s.io', undefined], ['Deployment', 'external-dns', 'external-dns']]);
    expect(unit?.files[1]?.verbatim).toMatch(/replicas: 3\n {2}paused: true/);
  });

  it.skipIf(realHelm === undefined)('that draws random letters in Helm itself is refused (needs helm on PATH)', async () => {
    const from = packedChart(realHelm ?? '', { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: b }\ndata: { password: {{ randAlphaNum 16 }} }\n' });
    const root = folderOf({ 'environments/index.ts': '' });
    expect(told(await updatePins(root, [externalDns()], { cwd: root, from, helm: { program: realHelm ?? '' } }))).toEqual([expect.stringContaining('got other text from external-dns/templates/a.yaml')]);
  });

  it.skipIf(realHelm === undefined)('whose archive is another chart is refused (needs helm on PATH)', async () => {
    const from = packedChart(realHelm ?? '', {});
    const reference = externalDns();
    const other = { ...reference, ...(reference.chart !== undefined && { chart: { ...reference.chart, version: '1.21.2' } }) };
    const moved = folderOf({ 'environments/index.ts': '', 'm/external-dns-1.21.2.tgz': readFileSync(join(from, 'external-dns-1.21.1.tgz')) });
    expect(told(await updatePins(moved, [other], { cwd: moved, from: 'm', helm: { program: realHelm ?? '' } }))).toEqual([expect.stringContaining('expected the archive of chart external-dns 1.21.2, got that of external-dns 1.21.1')]);
  });
});
