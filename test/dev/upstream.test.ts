import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { devPlace, type DevPlace } from '../../lib/dev/place.ts';
import { shareUpstream } from '../../lib/dev/upstream.ts';
import { indexManifest } from '../../lib/upstream/manifest-index.ts';
import { sha256Of, storeFolder, writeStored } from '../../lib/upstream/store.ts';
import { readLock, upstreamUnits } from '../../lib/upstream/units.ts';

let workspace: string;
let place: DevPlace;

const manifest = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

function put(root: string, entries: readonly { readonly name: string; readonly version: string; readonly text: string; readonly url: string; readonly stored?: boolean }[]): void {
  const path = join(root, 'environments/upstream.lock.yaml');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ upstream: entries.map(({ name, version, text, url }) => ({ name, version, url, sha256: sha256Of(Buffer.from(text)) })) }));
  for (const { name, version, text, stored = true } of entries) if (stored) writeStored(root, { name, version }, Buffer.from(text), indexManifest(name, text));
}

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'slipway-dev-'));
  place = devPlace(workspace);
  put(place.upstream, [{ name: 'flux', version: '2.9.4', text: manifest('local'), url: 'https://upstream.invalid/flux-2.9.4' }]);
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const text = (name: string, version: string): string | undefined => upstreamUnits(place.upstream, [{ name, version }]).units[0]?.files.find(({ verbatim }) => verbatim !== undefined)?.verbatim;

describe('the upstream manifests of a local control plane', () => {
  it('are its own where it has them, and else those that the workspace has vendored', () => {
    put(workspace, [
      { name: 'flux', version: '2.9.4', text: manifest('released'), url: 'https://example.org/flux' },
      { name: 'sealed-secrets', version: '0.38.4', text: manifest('sealed'), url: 'https://example.org/sealed' },
    ]);
    shareUpstream(place, workspace);
    expect(text('flux', '2.9.4')).toContain('name: local');
    expect(text('sealed-secrets', '0.38.4')).toContain('name: sealed');
  });

  it('follow what is vendored later, and what leaves the lock again', () => {
    shareUpstream(place, workspace);
    expect(text('sealed-secrets', '0.38.4')).toBeUndefined();
    put(workspace, [{ name: 'sealed-secrets', version: '0.38.4', text: manifest('sealed'), url: 'https://example.org/sealed' }]);
    shareUpstream(place, workspace);
    shareUpstream(place, workspace);
    expect(text('sealed-secrets', '0.38.4')).toContain('name: sealed');
    put(workspace, []);
    shareUpstream(place, workspace);
    expect(readLock(place.upstream).map(({ name }) => name)).toEqual(['flux']);
  });

  it('leave the workspace\'s own as they are', () => {
    put(workspace, [{ name: 'sealed-secrets', version: '0.38.4', text: manifest('sealed'), url: 'https://example.org/sealed' }]);
    const before = [readFileSync(join(workspace, 'environments/upstream.lock.yaml'), 'utf8'), readdirSync(join(workspace, storeFolder))];
    shareUpstream(place, workspace);
    expect([readFileSync(join(workspace, 'environments/upstream.lock.yaml'), 'utf8'), readdirSync(join(workspace, storeFolder))]).toEqual(before);
  });
});
