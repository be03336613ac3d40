import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argoCdInstallManifest, argoRolloutsInstallManifest, fluxInstallManifest } from '../control-plane/releases.ts';
import type { Controller } from '../model/cluster.ts';
import { lockedEntry, lockPath, type LockEntry } from '../upstream/lock.ts';
import { indexManifest } from '../upstream/manifest-index.ts';
import { sha256Of, storedFolder, storeFolder, writeStored } from '../upstream/store.ts';
import { readLock } from '../upstream/units.ts';
import { localVersions } from './fleet.ts';
import type { DevPlace } from './place.ts';

/** Puts the manifests of what runs locally, from the Go modules of which it is built, into the local store. */
export async function storeOwnUpstream(place: DevPlace, controller: Controller['kind']): Promise<void> {
  const texts = {
    'argo-rollouts': await argoRolloutsInstallManifest(),
    ...(controller === 'argo-cd' ? { 'argo-cd': await argoCdInstallManifest() } : { flux: await fluxInstallManifest({ within: place.run }) }),
  };
  const entries = Object.entries(texts).map(([name, text]): LockEntry => {
    const reference = { name, version: localVersions[name as keyof typeof localVersions] };
    const bytes = Buffer.from(text, 'utf8');
    writeStored(place.upstream, reference, bytes, indexManifest(`${name} ${reference.version}`, text));
    return { ...reference, url: `https://upstream.invalid/${name}-${reference.version}`, sha256: sha256Of(bytes) };
  });
  writeLock(place, entries);
}

/** Adds to the local lock and store what the workspace itself has locked and vendored. */
export function shareUpstream(place: DevPlace, workspace: string): void {
  const own = readLock(place.upstream).filter((entry) => entry.url.startsWith('https://upstream.invalid/'));
  const shared = readLock(workspace).filter((entry) => lockedEntry(own, entry) === undefined);
  writeLock(place, [...own, ...shared]);
  const store = join(workspace, storeFolder);
  const ours = new Set(own.map((entry) => storedFolder(place.upstream, entry)));
  for (const name of existsSync(store) ? readdirSync(store) : []) {
    const link = join(place.upstream, storeFolder, name);
    if (ours.has(link) || name.startsWith('.')) continue;
    rmSync(link, { force: true });
    symlinkSync(join(store, name), link);
  }
}

function writeLock(place: DevPlace, upstream: readonly LockEntry[]): void {
  const path = join(place.upstream, lockPath);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ upstream }, null, 2)}\n`);
}
