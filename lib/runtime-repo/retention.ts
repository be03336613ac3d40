import { keptGenerations } from '../manifests/content-hashed.ts';
import { blobId } from './blob.ts';
import { withResources } from './kustomization-resources.ts';
import type { HashedFile, Ledger } from './ledger.ts';
import { foldersOf, variantOf, type PublishUnit } from './unit.ts';

/** How long one that isn't rendered any more stays at least, in milliseconds of commit time: 7 days. */
export const keptMilliseconds = 7 * 24 * 3600 * 1000;

/** A file that the unit's folder shall hold. */
export interface WantedFile {
  readonly blob: string;
  /** Its text. @default - a kept file: its content is in the runtime repo already */
  readonly text?: string;
}

/** What a unit's folders shall hold: what is rendered, and the content-hashed files that something may still need. */
export interface Wanted {
  readonly files: ReadonlyMap<string, WantedFile>;
  readonly hashed: Readonly<Record<string, HashedFile>>;
  /** Paths that go because enough newer ones exist, and for long enough. */
  readonly expired: readonly string[];
}

/** When to keep and when to drop. */
export interface RetentionOptions {
  /** The date of the commit to be made. */
  readonly now: Date;
  /** Whether what is due goes now: only together with another change, so that publishing the same again changes nothing. */
  readonly expire: boolean;
  /** Kept files that somebody deleted from the runtime repo on purpose. @default - none */
  readonly forget?: ReadonlySet<string>;
}

/**
 * Joins what a unit renders with its earlier content-hashed files (DECISIONS 18). These stay in their folder and in its kustomization until
 * ten newer ones exist and they left the render seven days ago: a paused canary, a stable ReplicaSet or a rollback may still mount them.
 */
export function withRetained(unit: PublishUnit, ledger: Ledger | undefined, options: RetentionOptions): Wanted {
  const texts = new Map(unit.files.map((file) => [file.path, file.text]));
  const hashed = generations(unit, ledger);
  const newest = newestByGroup(hashed, ledger);
  const kept = new Map<string, string>();
  const expired: string[] = [];
  const rendered = new Set(texts.keys());
  for (const { path, blob, entry } of leavers(unit, ledger, rendered)) {
    if (options.forget?.has(path) === true) continue;
    const left = entry.left ?? options.now.toISOString();
    const newer = (newest.get(group(path, entry.base)) ?? entry.generation) - entry.generation;
    const due = newer >= keptGenerations && options.now.getTime() - Date.parse(left) >= keptMilliseconds;
    if (kustomizationOf(unit.id, path, rendered) === undefined) continue;
    if (due && options.expire) {
      expired.push(path);
      continue;
    }
    kept.set(path, blob);
    hashed[path] = { ...entry, left };
  }
  for (const [path, entries] of listedIn(unit.id, kept.keys(), rendered)) texts.set(path, withResources(path, texts.get(path) ?? '', entries));
  const files = new Map<string, WantedFile>([...texts].map(([path, text]) => [path, { blob: blobId(text), text }]));
  for (const [path, blob] of kept) files.set(path, { blob });
  for (const [path, blob] of untouched(unit, ledger, rendered)) {
    files.set(path, { blob });
    const entry = ledger?.hashed[path];
    if (entry !== undefined) hashed[path] = entry;
  }
  return { files, hashed, expired };
}

/** The files of folders of which a partial unit has none: they stay as they are, whatever is rendered. */
function untouched(unit: PublishUnit, ledger: Ledger | undefined, rendered: ReadonlySet<string>): [string, string][] {
  if (unit.partial !== true) return [];
  const variants = new Set([...rendered].map((path) => variantOf(unit.id, path)));
  return Object.entries(ledger?.files ?? {}).filter(([path]) => !variants.has(variantOf(unit.id, path)));
}

/** Numbers the rendered content-hashed files: one that was here keeps its number, a new or returning one gets the next of its group. */
function generations(unit: PublishUnit, ledger: Ledger | undefined): Record<string, HashedFile> {
  const result: Record<string, HashedFile> = {};
  const newest = newestByGroup({}, ledger);
  for (const { path, contentHashed: base } of unit.files) {
    if (base === undefined) continue;
    const before = ledger !== undefined && Object.hasOwn(ledger.hashed, path) ? ledger.hashed[path] : undefined;
    const current = before !== undefined && before.left === undefined && before.base === base ? before.generation : undefined;
    const key = group(path, base);
    const generation = current ?? Math.max(newest.get(key) ?? 0, newest.get(group(baseHome(unit.id, path), base)) ?? 0) + 1;
    if (current === undefined) newest.set(key, generation);
    result[path] = { base, generation };
  }
  return result;
}

function newestByGroup(hashed: Readonly<Record<string, HashedFile>>, ledger: Ledger | undefined): Map<string, number> {
  const newest = new Map<string, number>();
  for (const [path, { base, generation }] of [...Object.entries(ledger?.hashed ?? {}), ...Object.entries(hashed)]) {
    const key = group(path, base);
    newest.set(key, Math.max(newest.get(key) ?? 0, generation));
  }
  return newest;
}

interface Leaver {
  /** Where it is kept. */
  readonly path: string;
  readonly blob: string;
  readonly entry: HashedFile;
}

/** Content-hashed files of the ledger that aren't rendered (any more), at every place where a cluster may still need them. */
function leavers(unit: PublishUnit, ledger: Ledger | undefined, rendered: ReadonlySet<string>): Leaver[] {
  const before = new Set(Object.keys(ledger?.files ?? {}).map((path) => variantOf(unit.id, path)));
  const after = new Set([...rendered].map((path) => variantOf(unit.id, path)));
  const newVariants = [...after].filter((variant): variant is string => variant !== undefined && variant !== '' && !before.has(variant));
  const found = new Map<string, Leaver>();
  for (const [path, entry] of Object.entries(ledger?.hashed ?? {})) {
    const variant = variantOf(unit.id, path);
    const blob = ledger?.files[path];
    if (variant === undefined || blob === undefined) continue;
    // A cluster that gets a folder of its own takes along what its pods mount; one that returns to the shared folder does too.
    const homes = [after.has(variant) ? path : baseHome(unit.id, path)];
    if (variant === '') homes.push(...newVariants.map((name) => `${unit.id}${name}${path.slice(unit.id.length)}`));
    for (const home of homes) {
      if (!rendered.has(home) && !found.has(home)) found.set(home, { path: home, blob, entry });
    }
  }
  return [...found.values()];
}

/** The same place in the unit's shared folder. */
function baseHome(id: string, path: string): string {
  return `${id}${path.slice(id.length + (variantOf(id, path) ?? '').length)}`;
}

function group(path: string, base: string): string {
  return `${path.slice(0, path.lastIndexOf('/'))}\n${base}`;
}

/** The nearest rendered kustomization at or above a file, inside the unit's folder. */
function kustomizationOf(id: string, path: string, rendered: ReadonlySet<string>): string | undefined {
  return foldersOf(path).map((folder) => `${folder}/kustomization.yaml`).find((file) => rendered.has(file) && variantOf(id, file) === variantOf(id, path));
}

function listedIn(id: string, kept: Iterable<string>, rendered: ReadonlySet<string>): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const path of kept) {
    const file = kustomizationOf(id, path, rendered);
    if (file === undefined) continue;
    const list = lists.get(file) ?? [];
    list.push(path.slice(file.lastIndexOf('/') + 1));
    lists.set(file, list);
  }
  return lists;
}
