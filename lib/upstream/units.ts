import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kustomization } from '../manifests/kustomization.ts';
import { byPath, layout } from '../manifests/layout.ts';
import type { RenderedFile, RenderedUnit } from '../manifests/rendered.ts';
import type { UpstreamReference } from '../model/upstream.ts';
import { compareText } from '../values/errors.ts';
import { upstreamFile } from './catalogue.ts';
import { lockedEntry, lockPath, parseLock, type LockEntry } from './lock.ts';
import { readStored, type StoredUpstream } from './store.ts';

/** The upstream that a fleet needs: what can be rendered of it, and what can't yet. */
export interface UpstreamRender {
  /** One for each upstream that is vendored: `upstream/<name>-<version>`, sorted by id. */
  readonly units: readonly RenderedUnit[];
  /** The others, sorted by unit. */
  readonly missing: readonly MissingUpstream[];
}

/** An upstream that can't be rendered yet: what stands on it is rendered, and published as soon as the runtime repo has it. */
export interface MissingUpstream {
  readonly name: string;
  readonly version: string;
  /** The unit that it would be, such as `upstream/argo-cd-3.5.1`: what units' `needs` name. */
  readonly unit: string;
  /** `unpinned`: nobody has had its bytes, so nobody knows their hash. `absent`: locked, but not vendored here. `damaged`: what is vendored isn't what is locked. */
  readonly reason: 'unpinned' | 'absent' | 'damaged';
  /** Where: the lock, or the store. */
  readonly where: string;
  readonly message: string;
  /** The one command that mends it. */
  readonly fix: string;
}

/** Reads the lock of a workspace; none is an empty one. Throws with every mistake in it. */
export function readLock(root: string): LockEntry[] {
  const path = join(root, lockPath);
  return existsSync(path) ? parseLock(lockPath, readFileSync(path, 'utf8')) : [];
}

/**
 * Renders the upstream manifests that a fleet needs, each once, of what was vendored; each may be given several times.
 * What isn't pinned or vendored is no error: it is told with the command that mends it. Throws when the lock itself is wrong.
 */
export function upstreamUnits(root: string, needs: readonly UpstreamReference[]): UpstreamRender {
  const byUnit = new Map(needs.map((reference) => [layout.upstream(reference.name, reference.version), reference]));
  const sorted = [...byUnit].sort(([a], [b]) => compareText(a, b));
  const entries = sorted.length === 0 ? [] : readLock(root);
  const units: RenderedUnit[] = [];
  const missing: MissingUpstream[] = [];
  for (const [unit, reference] of sorted) {
    const entry = lockedEntry(entries, reference);
    const tell = (reason: MissingUpstream['reason'], where: string, message: string, fix: string): unknown => missing.push({ name: reference.name, version: reference.version, unit, reason, where, message, fix });
    if (entry?.sha256 === undefined) {
      tell('unpinned', lockPath, `${reference.name} ${reference.version} is unpinned: ${entry === undefined ? 'it isn\'t in the lock' : 'its sha256 isn\'t known'}`, 'slipway pins update');
      continue;
    }
    const stored = readStored(root, reference, entry.sha256);
    if (stored.state === 'stored') units.push(upstreamUnit(unit, reference, stored.upstream));
    else if (stored.state === 'absent') tell('absent', unit, `${reference.name} ${reference.version} isn't vendored here`, 'slipway vendor');
    else tell('damaged', unit, `expected the bytes of ${reference.name} ${reference.version} that ${lockPath} names (sha256 ${entry.sha256}), got ${stored.got === undefined ? 'an incomplete folder' : `sha256 ${stored.got}`}`, 'slipway vendor');
  }
  return { units, missing };
}

function upstreamUnit(id: string, reference: UpstreamReference, { text, index }: StoredUpstream): RenderedUnit {
  const file = upstreamFile(reference);
  const source = `${lockPath} (${reference.name} ${reference.version})`;
  const files: RenderedFile[] = [
    { path: layout.kustomization(id), source, objects: [{ value: kustomization([file], []), construct: id }] },
    { path: `${id}/${file}`, source, objects: [], verbatim: text },
  ];
  return { id, clusters: [], files: files.sort(byPath), images: [], upstream: index };
}
