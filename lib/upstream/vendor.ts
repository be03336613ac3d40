import { writeFileSync, existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { UpstreamReference } from '../model/upstream.ts';
import { compareText, SlipwayError, type Problem } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';
import { knownUpstreams, publishedAt } from './catalogue.ts';
import { withPinned } from './lock-edit.ts';
import { lockedEntry, lockPath, type LockEntry } from './lock.ts';
import { obtain, type Obtained, type ObtainOptions } from './obtain.ts';
import { originProblem } from './origin.ts';
import { readStored, writeStored } from './store.ts';
import { readLock } from './units.ts';

/** What was done for one upstream. */
export interface VendorOutcome {
  readonly reference: UpstreamReference;
  /** `vendored` now, `there` already, or `pinned` now (and vendored). */
  readonly outcome: 'vendored' | 'there' | 'pinned';
  readonly sha256: string;
  /** Where the bytes were had. @default - they were there */
  readonly place?: string;
}

/** What came of all: what failed doesn't undo what didn't. */
export interface VendorReport {
  /** Sorted by name and version. */
  readonly outcomes: readonly VendorOutcome[];
  readonly problems: readonly Problem[];
}

/**
 * Fetches every upstream that a fleet needs into the workspace's store. What isn't pinned, can't be had or has another hash is told together;
 * what could be had rightly is stored nevertheless. Throws when the lock or the origin is wrong.
 */
export async function vendor(root: string, needs: readonly UpstreamReference[], options: ObtainOptions): Promise<VendorReport> {
  refuseOrigin(options, false);
  const entries = readLock(root);
  return each(needs, async (reference) => {
    const entry = lockedEntry(entries, reference);
    if (entry?.sha256 === undefined) throw SlipwayError.of(`${lockPath}: ${reference.name} ${reference.version}`, 'is unpinned: nobody has had its bytes, so that nobody could tell wrong ones', 'slipway pins update');
    if (readStored(root, reference, entry.sha256).state === 'stored') return { reference, outcome: 'there', sha256: entry.sha256 };
    const { bytes, index, place } = await obtain(reference, entry, options);
    writeStored(root, reference, bytes, index);
    return { reference, outcome: 'vendored', sha256: entry.sha256, place };
  });
}

/**
 * Pins what a fleet needs and the lock has no hash for: gets the bytes, records their hash and where they were had, and stores them. Every other byte of the
 * lock stays. Upstreams that are pinned already are left alone. Throws when the lock or the origin is wrong.
 */
export async function updatePins(root: string, needs: readonly UpstreamReference[], options: ObtainOptions): Promise<VendorReport> {
  refuseOrigin(options, true);
  const before = readLock(root);
  const unpinned = needs.filter((reference) => lockedEntry(before, reference)?.sha256 === undefined);
  return each(unpinned, async (reference) => {
    const entry = lockedEntry(readLock(root), reference) ?? newEntry(reference);
    const obtained = await obtain(reference, entry, options);
    refuseOtherChart(readLock(root), entry, obtained);
    writeStored(root, reference, obtained.bytes, obtained.index);
    const path = join(root, lockPath);
    const { sha256, place, chart } = obtained;
    writeFileSync(path, withPinned(lockPath, existsSync(path) ? readFileSync(path, 'utf8') : undefined, { ...entry, sha256, source: noted(place, reference), ...(chart !== undefined && { chart }) }));
    return { reference, outcome: 'pinned', sha256, place };
  });
}

/** Where bytes were had, as the lock notes it; of an absolute path only what lies in the folder: the lock is shared, the path is one machine's. */
function noted(place: string, { name, version }: UpstreamReference): string {
  if (!isAbsolute(place)) return place;
  const parts = place.split(/[\\/]/);
  const at = parts.lastIndexOf(`${name}-${version}`);
  return `${parts.slice(at < 0 ? -1 : at).join('/')} in a folder`;
}

function newEntry(reference: UpstreamReference): LockEntry {
  const url = publishedAt(reference);
  if (url === undefined) throw SlipwayError.of(lockPath, `expected the URL of ${reference.name} ${reference.version}, which Slipway doesn't know.`, `add an entry with name, version and url.${didYouMean(reference.name, Object.keys(knownUpstreams))}`);
  return { name: reference.name, version: reference.version, url };
}

/** One version of a chart is one archive, however many renders of it the lock has. */
function refuseOtherChart(entries: readonly LockEntry[], entry: LockEntry, { chart, place }: Obtained): void {
  const other = entries.find((each) => each.url === entry.url && each.chart !== undefined);
  if (chart === undefined || other?.chart === undefined || other.chart.sha256 === chart.sha256) return;
  throw SlipwayError.of(`${entry.name} ${entry.version} (its chart)`, `expected sha256 ${other.chart.sha256}, as ${other.name} ${other.version} has it from the same URL, got ${chart.sha256} from ${place}`, 'nothing was stored: find out why the archive has changed before you trust it');
}

function refuseOrigin(options: ObtainOptions, pinning: boolean): void {
  const problem = originProblem(options, pinning);
  if (problem !== undefined) throw problem;
}

/** One after the other, so that a lock is written by one; what fails doesn't keep the others from being had. */
async function each(needs: readonly UpstreamReference[], work: (reference: UpstreamReference) => Promise<VendorOutcome>): Promise<VendorReport> {
  const sorted = [...new Map(needs.map((reference) => [`${reference.name}-${reference.version}`, reference])).entries()].sort(([a], [b]) => compareText(a, b));
  const outcomes: VendorOutcome[] = [];
  const problems: Problem[] = [];
  for (const [, reference] of sorted) {
    try {
      outcomes.push(await work(reference));
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { outcomes, problems };
}
