import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockPath, parseLock } from '../../lib/upstream/lock.ts';
import { storedFolder } from '../../lib/upstream/store.ts';
import { upstreamUnits } from '../../lib/upstream/units.ts';
import { updatePins, vendor, type VendorReport } from '../../lib/upstream/vendor.ts';
import { serve } from './server.ts';
import { folderOf, lockOf, manifest, manifestSha, rollouts, rolloutsEntry } from './workspace.ts';

const quick = { tries: 2, pause: 1 };
const told = ({ problems }: VendorReport): string[] => problems.map((problem) => `${problem.where}: ${problem.message} | ${problem.fix ?? ''}`);

describe('vendoring', () => {
  it('takes the bytes from a folder, and synth renders them as they are', async () => {
    const root = folderOf({ [lockPath]: lockOf(rolloutsEntry) });
    const from = folderOf({ 'argo-rollouts-1.10.1/install.yaml': manifest });
    expect(upstreamUnits(root, [rollouts]).missing).toEqual([expect.objectContaining({ reason: 'absent', fix: 'slipway vendor' })]);
    expect((await vendor(root, [rollouts, rollouts], { cwd: root, from })).outcomes).toEqual([{ reference: rollouts, outcome: 'vendored', sha256: manifestSha, place: `${from}/argo-rollouts-1.10.1/install.yaml` }]);
    const { units, missing } = upstreamUnits(root, [rollouts, rollouts]);
    expect(missing).toEqual([]);
    expect(units.map((unit) => [unit.id, unit.clusters, unit.files.map((file) => [file.path, file.verbatim ?? file.objects[0]?.value])])).toEqual([['upstream/argo-rollouts-1.10.1', [], [
      ['upstream/argo-rollouts-1.10.1/install.yaml', manifest],
      ['upstream/argo-rollouts-1.10.1/kustomization.yaml', { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['install.yaml'] }],
    ]]]);
    expect(units[0]?.upstream).toEqual({
      objects: [
        { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'rollouts.argoproj.io' },
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'argo-rollouts', namespace: 'argo-rollouts', containers: { 'argo-rollouts': 'quay.io/argoproj/argo-rollouts:latest' } },
        { apiVersion: 'v1', kind: 'ServiceAccount', name: 'one' },
      ],
      definitions: [{ group: 'argoproj.io', kind: 'Rollout', namespaced: true, versions: ['v1alpha1'] }],
    });
  });

  it('takes a relative folder from where the command runs', async () => {
    const root = folderOf({ [lockPath]: lockOf(rolloutsEntry), 'mirror/argo-rollouts-1.10.1/install.yaml': manifest });
    expect((await vendor(root, [rollouts], { cwd: root, from: 'mirror/' })).outcomes[0]?.place).toBe('mirror/argo-rollouts-1.10.1/install.yaml');
  });

  it('takes the bytes from a mirror of the upstream URLs, or from a URL that has them by name', async () => {
    const { url, asked } = await serve({ '/m/up.example/rollouts/v1.10.1/install.yaml': manifest, '/f/argo-rollouts-1.10.1/install.yaml': manifest });
    for (const origin of [{ mirror: `${url}/m/` }, { from: `${url}/f` }]) {
      const root = folderOf({ [lockPath]: lockOf(rolloutsEntry) });
      expect((await vendor(root, [rollouts], { cwd: root, ...origin })).outcomes).toHaveLength(1);
    }
    expect(asked).toEqual(['/m/up.example/rollouts/v1.10.1/install.yaml', '/f/argo-rollouts-1.10.1/install.yaml']);
  });

  it('asks for nothing that is there already', async () => {
    const root = folderOf({ [lockPath]: lockOf(rolloutsEntry) });
    const { url, asked } = await serve({ '/argo-rollouts-1.10.1/install.yaml': manifest });
    await vendor(root, [rollouts], { cwd: root, from: url });
    expect((await vendor(root, [rollouts], { cwd: root, from: url })).outcomes).toEqual([{ reference: rollouts, outcome: 'there', sha256: manifestSha }]);
    expect(asked).toHaveLength(1);
  });

  it('stores nothing that has another hash, and names the expected, the one that came and the source', async () => {
    const root = folderOf({ [lockPath]: lockOf(rolloutsEntry) });
    const { url } = await serve({ '/argo-rollouts-1.10.1/install.yaml': `${manifest}# moved tag\n` });
    const report = await vendor(root, [rollouts], { cwd: root, from: url });
    expect(told(report)).toEqual([expect.stringMatching(new RegExp(`^argo-rollouts 1\\.10\\.1: expected sha256 ${manifestSha}, got [0-9a-f]{64} from ${url}/argo-rollouts-1\\.10\\.1/install\\.yaml \\| nothing was stored`))]);
    expect(existsSync(storedFolder(root, rollouts))).toBe(false);
  });

  it('refuses what is unpinned, and vendors the rest nevertheless', async () => {
    const root = folderOf({ [lockPath]: lockOf({ name: 'flux', version: '2.9.4', url: 'https://up.example/flux.yaml' }, rolloutsEntry) });
    const from = folderOf({ 'argo-rollouts-1.10.1/install.yaml': manifest, 'flux-2.9.4/install.yaml': manifest });
    const report = await vendor(root, [{ name: 'flux', version: '2.9.4' }, rollouts, { name: 'flux', version: '3.0.0' }], { cwd: root, from });
    expect(report.outcomes.map(({ reference }) => reference.name)).toEqual(['argo-rollouts']);
    expect(told(report)).toEqual([
      expect.stringMatching(/^environments\/upstream\.lock\.yaml: flux 2\.9\.4: is unpinned.*\| slipway pins update$/),
      expect.stringMatching(/^environments\/upstream\.lock\.yaml: flux 3\.0\.0: is unpinned.*\| slipway pins update$/),
    ]);
  });

  it('names every place at which it looked in vain', async () => {
    const root = folderOf({ [lockPath]: lockOf({ name: 'argo-cd-ha', version: '3.2.11', url: 'https://up.example/ha/install.yaml', sha256: manifestSha }) });
    const report = await vendor(root, [{ name: 'argo-cd-ha', version: '3.2.11' }], { cwd: root, from: 'mirror' });
    expect(told(report)).toEqual([expect.stringContaining('argo-cd-ha 3.2.11: expected its file at mirror/argo-cd-ha-3.2.11/install.yaml or mirror/argo-cd-3.2.11/ha-install.yaml or mirror/up.example/ha/install.yaml, found none')]);
  });

  it('tells a server that gives up, by its URL', async () => {
    const root = folderOf({ [lockPath]: lockOf(rolloutsEntry) });
    const { url } = await serve({ '/up.example/rollouts/v1.10.1/install.yaml': (_, response) => response.writeHead(502).end() });
    expect(told(await vendor(root, [rollouts], { cwd: root, mirror: url, download: quick }))).toEqual([expect.stringContaining(`${url}/up.example/rollouts/v1.10.1/install.yaml: expected a file, got none in 2 tries: the server answered 502`)]);
  });

  it.each([
    [{ from: 'ftp://x.example/y' }, '--from'], [{ mirror: 'x.example' }, '--mirror'], [{ mirror: 'https://user@x.example' }, '--mirror'], [{ from: 'a', mirror: 'https://x.example' }, '--mirror'],
  ])('refuses the origin %j', async (origin, option) => {
    await expect(vendor(folderOf(), [], { cwd: '/', ...origin })).rejects.toThrow(`${option}: expected`);
  });

  it('mends a store that somebody damaged', async () => {
    const root = folderOf({ [lockPath]: lockOf(rolloutsEntry) });
    const from = folderOf({ 'argo-rollouts-1.10.1/install.yaml': manifest });
    for (const damage of [
      () => writeFileSync(join(storedFolder(root, rollouts), 'install.yaml'), 'evil: true\n'),
      () => rmSync(join(storedFolder(root, rollouts), 'index.json')),
      () => writeFileSync(join(storedFolder(root, rollouts), 'index.json'), '{'),
      () => writeFileSync(join(storedFolder(root, rollouts), 'index.json'), readFileSync(join(storedFolder(root, rollouts), 'index.json'), 'utf8').replace('"definitions"', '"others"')),
    ]) {
      await vendor(root, [rollouts], { cwd: root, from });
      damage();
      expect(upstreamUnits(root, [rollouts])).toEqual({ units: [], missing: [expect.objectContaining({ reason: 'damaged', fix: 'slipway vendor' })] });
      await vendor(root, [rollouts], { cwd: root, from });
      expect(upstreamUnits(root, [rollouts]).missing).toEqual([]);
    }
  });

  it('leaves nothing half written behind', async () => {
    const root = folderOf({ [lockPath]: lockOf(rolloutsEntry) });
    const from = folderOf({ 'argo-rollouts-1.10.1/install.yaml': manifest });
    await vendor(root, [rollouts], { cwd: root, from });
    expect(readdirSync(join(root, '.slipway/upstream'))).toEqual(['argo-rollouts-1.10.1']);
  });
});

describe('updating pins', () => {
  it('records the hash of what was had and from where, stores it, and keeps every other byte', async () => {
    const before = `# mine\nupstream: # list\n  - name: argo-rollouts   # keep\n    version: 1.10.1\n    url: https://up.example/rollouts/v1.10.1/install.yaml # and this\n\n  # tail\n`;
    const root = folderOf({ [lockPath]: before, 'm/argo-rollouts-1.10.1/install.yaml': manifest });
    expect((await updatePins(root, [rollouts], { cwd: root, from: 'm' })).outcomes).toEqual([{ reference: rollouts, outcome: 'pinned', sha256: manifestSha, place: 'm/argo-rollouts-1.10.1/install.yaml' }]);
    expect(readFileSync(join(root, lockPath), 'utf8')).toBe(before.replace('# and this\n', `# and this\n    sha256: ${manifestSha}\n    source: m/argo-rollouts-1.10.1/install.yaml\n`));
    expect(upstreamUnits(root, [rollouts]).missing).toEqual([]);
  });

  it('adds what the lock doesn\'t have, at the URL where it is published', async () => {
    const root = folderOf({ 'm/argo-rollouts-1.10.1/install.yaml': manifest, 'environments/index.ts': '' });
    await updatePins(root, [rollouts], { cwd: root, from: 'm' });
    expect(parseLock(lockPath, readFileSync(join(root, lockPath), 'utf8'))).toEqual([{ ...rollouts, url: 'https://raw.githubusercontent.com/argoproj/argo-rollouts/v1.10.1/manifests/install.yaml', sha256: manifestSha, source: 'm/argo-rollouts-1.10.1/install.yaml' }]);
  });

  it('notes of an absolute path only what lies in the folder: the lock is shared', async () => {
    const root = folderOf({ [lockPath]: lockOf({ ...rollouts, url: rolloutsEntry.url }) });
    const from = folderOf({ 'argo-rollouts-1.10.1/install.yaml': manifest });
    await updatePins(root, [rollouts], { cwd: root, from });
    expect(parseLock(lockPath, readFileSync(join(root, lockPath), 'utf8'))).toMatchObject([{ source: 'argo-rollouts-1.10.1/install.yaml in a folder' }]);
    expect(readFileSync(join(root, lockPath), 'utf8')).not.toContain(from);
  });

  it('leaves what is pinned alone, although other bytes are to be had', async () => {
    const root = folderOf({ [lockPath]: lockOf(rolloutsEntry), 'm/argo-rollouts-1.10.1/install.yaml': `${manifest}# other\n` });
    expect(await updatePins(root, [rollouts], { cwd: root, from: 'm' })).toEqual({ outcomes: [], problems: [] });
    expect(readFileSync(join(root, lockPath), 'utf8')).toBe(lockOf(rolloutsEntry));
  });

  it.each([['a page', '<html>not found</html>'], ['no object', '# nothing\n'], ['no name', 'apiVersion: v1\nkind: Secret\nmetadata: {}\n'], ['bytes', Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a])], ['broken YAML', 'a: [\n']])('pins nothing that is no manifest: %s', async (_, content) => {
    const before = lockOf({ ...rollouts, url: 'https://up.example/x.yaml' });
    const root = folderOf({ [lockPath]: before, 'm/argo-rollouts-1.10.1/install.yaml': content });
    expect(told(await updatePins(root, [rollouts], { cwd: root, from: 'm' }))[0]).toMatch(/^argo-rollouts 1\.10\.1(: object 1)?: expected /);
    expect(readFileSync(join(root, lockPath), 'utf8')).toBe(before);
    expect(existsSync(storedFolder(root, rollouts))).toBe(false);
  });

  it('takes the first bytes by https or from a folder only', async () => {
    const root = folderOf({ 'environments/index.ts': '' });
    await expect(updatePins(root, [rollouts], { cwd: root, mirror: 'http://mirror.example' })).rejects.toThrow('--mirror: expected https');
    const { url } = await serve({ '/argo-rollouts-1.10.1/install.yaml': manifest });
    expect((await updatePins(root, [rollouts], { cwd: root, from: url })).outcomes).toHaveLength(1);
  });

  it('names the upstreams that it knows when one isn\'t among them', async () => {
    const root = folderOf({ 'environments/index.ts': '' });
    expect(told(await updatePins(root, [{ name: 'argo-rollout', version: '1.0.0' }], { cwd: root, from: 'm' }))).toEqual([expect.stringContaining('Did you mean "argo-rollouts"? Known: argo-cd, argo-cd-ha, argo-rollouts,')]);
  });
});
