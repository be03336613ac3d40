import { compareText, type Problem } from '../values/errors.ts';
import { guardedObjects } from './guarded.ts';
import type { Ledger } from './ledger.ts';
import type { PlannedWrite, TreeFile } from './plan-types.ts';
import { withRetained, type Wanted } from './retention.ts';
import { isUpstream, type PublishUnit } from './unit.ts';

/** One unit: what is rendered and what its ledger says; one of the two may be missing. */
export interface UnitPair {
  readonly id: string;
  /** @default - it isn't rendered any more */
  readonly unit?: PublishUnit | undefined;
  /** @default - it is new */
  readonly ledger?: Ledger | undefined;
}

/** What the difference of a unit depends on beside itself. */
export interface DiffContext {
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly adopt: ReadonlySet<string>;
  readonly now: Date;
  /** Files that units of this publish own by their ledgers: the owner and the recorded blob. */
  readonly owners: ReadonlyMap<string, { readonly unit: string; readonly blob: string }>;
  /** Files that units of this publish render: a file that moves from one unit to another isn't deleted. */
  readonly rendered: ReadonlyMap<string, string>;
  readonly source: string;
}

/** How a unit's files in the runtime repo have to change. */
export interface UnitDiff {
  readonly writes: readonly PlannedWrite[];
  readonly deletes: readonly string[];
  /** Deleted files that don't count as removals: content-hashed ones that are due. */
  readonly expired: number;
  readonly kept: number;
  /** The ledger to record. @default - none: the unit goes */
  readonly ledger?: Ledger | undefined;
  readonly problems: readonly Problem[];
}

/** Compares what a unit shall hold with what the runtime repo holds. Pure; every refusal is a problem. */
export function diffUnit(pair: UnitPair, context: DiffContext): UnitDiff {
  const keep = diffWanted(pair, wanted(pair, context, false), context);
  if (keep.kept === 0 || (keep.writes.length === 0 && keep.deletes.length === 0)) return keep;
  return diffWanted(pair, wanted(pair, context, true), context);
}

function wanted({ unit, ledger }: UnitPair, context: DiffContext, expire: boolean): Wanted {
  if (unit === undefined) return { files: new Map(), hashed: {}, expired: [] };
  const forget = new Set(Object.keys(ledger?.hashed ?? {}).filter((path) => context.adopt.has(path) && !context.files.has(path)));
  return withRetained(unit, ledger, { now: context.now, expire, forget });
}

function diffWanted(pair: UnitPair, wanted: Wanted, context: DiffContext): UnitDiff {
  const owned = pair.ledger?.files ?? {};
  const writes: PlannedWrite[] = [];
  const deletes: string[] = [];
  const problems: Problem[] = [];
  for (const [path, file] of wanted.files) {
    const there = context.files.get(path);
    if (there?.mode === '100644' && there.blob === file.blob) continue;
    const refusal = refusedWrite(path, there, owned, pair.id, context);
    if (refusal === undefined) writes.push({ path, ...file });
    else problems.push(refusal);
  }
  for (const path of Object.keys(owned)) {
    const there = context.files.get(path);
    const moved = (context.rendered.get(path) ?? pair.id) !== pair.id;
    if (wanted.files.has(path) || moved || there === undefined) continue;
    if (isAsRecorded(there, owned[path]) || context.adopt.has(path)) deletes.push(path);
    else problems.push(handEdited(path, there));
  }
  return {
    writes, deletes, problems,
    expired: wanted.expired.filter((path) => context.files.has(path)).length,
    kept: [...wanted.files.values()].filter((file) => file.text === undefined).length,
    ledger: pair.unit === undefined ? undefined : newLedger(pair.unit, wanted, context.source, pair.ledger),
  };
}

function refusedWrite(path: string, there: TreeFile | undefined, owned: Readonly<Record<string, string>>, id: string, context: DiffContext): Problem | undefined {
  if (context.adopt.has(path)) return undefined;
  if (Object.hasOwn(owned, path)) return isAsRecorded(there, owned[path]) ? undefined : handEdited(path, there);
  if (there === undefined) return undefined;
  const owner = context.owners.get(path);
  if (owner !== undefined && owner.unit !== id) return isAsRecorded(there, owner.blob) ? undefined : handEdited(path, there);
  return {
    where: path,
    message: `expected no file there, but the runtime repo has one that Slipway didn't write (needed by ${id})`,
    fix: `move it away, or let Slipway overwrite and own it: --adopt ${path}`,
  };
}

function isAsRecorded(there: TreeFile | undefined, blob: string | undefined): boolean {
  return there !== undefined && there.mode === '100644' && there.blob === blob;
}

function handEdited(path: string, there: TreeFile | undefined): Problem {
  return {
    where: path,
    message: there === undefined
      ? 'expected the file that was published, but somebody deleted it from the runtime repo'
      : `expected the file as it was published, but somebody edited it in the runtime repo (${there.mode === '100644' ? `blob ${there.blob.slice(0, 12)}` : `mode ${there.mode}`})`,
    fix: `bring the change into the config repo and undo it there, or give it up: --adopt ${path}`,
  };
}

function newLedger(unit: PublishUnit, wanted: Wanted, source: string, before: Ledger | undefined): Ledger {
  // An upstream manifest is applied by no one as it lies there: the objects that stand on it are guarded where they are tracked.
  const guarded = isUpstream(unit.id) ? [] : [...wanted.files].map(([path, file]) => [path, file.text === undefined ? before?.guarded[path] ?? [] : guardedObjects(file.text)] as const);
  return {
    unit: unit.id, app: unit.app, environment: unit.environment, cluster: unit.cluster, source,
    images: [...unit.images].sort((a, b) => compareText(a.name, b.name)),
    needs: unit.needs,
    files: Object.fromEntries([...wanted.files].map(([path, file]) => [path, file.blob])),
    hashed: wanted.hashed,
    guarded: Object.fromEntries(guarded.filter(([, objects]) => objects.length > 0)),
  };
}
