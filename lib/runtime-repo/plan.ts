import { layout } from '../manifests/layout.ts';
import { compareText, throwProblems, type Problem } from '../values/errors.ts';
import { blobId } from './blob.ts';
import { ledgerPath, ledgerText, type Ledger } from './ledger.ts';
import { placementProblems } from './move-guard.ts';
import type { FileChange, Plan, PlanInput, PlannedWrite, UnitSummary } from './plan-types.ts';
import { removalProblems } from './removals.ts';
import { coverOf, inScope } from './scope.ts';
import { candidatesOfCover, isWritten, markFor, type SourceMark } from './source-marks.ts';
import { recordsOf, SourceJudge } from './source-order.ts';
import { sourceRecordPath, sourceRecordText } from './source-record.ts';
import { treeConflicts } from './tree-conflicts.ts';
import { takeoverProblems, takeoverSubject, type TakeoverSubject } from './takeover-guard.ts';
import { diffUnit, type UnitDiff, type UnitPair } from './unit-diff.ts';
import { isChanged, summarize } from './unit-summary.ts';
import { planUpstream } from './upstream.ts';
import { isUpstream, unitProblems } from './unit.ts';

/** A plan that may still need to know whether an undone change is on its way. */
export interface PlanDraft {
  /** Recorded commits about which `finishPlan` has to be told. */
  readonly questions: readonly string[];
  readonly input: PlanInput;
  readonly units: readonly DraftUnit[];
  readonly covers: readonly SourceMark[];
}

interface DraftUnit {
  readonly pair: UnitPair;
  /** @default - superseded */
  readonly diff?: UnitDiff;
  readonly changed: boolean;
  readonly cover: string | undefined;
  /** Upstream manifests without which it can't be published. @default - none is missing */
  readonly missing?: readonly string[];
  /** Set where no cover of this publish holds the unit. */
  readonly mark?: SourceMark;
}

/** Plans a publish from data alone. Fails with every refusal at once: hostile paths, foreign and edited files, removals, diverged sources. */
export function draftPlan(input: PlanInput): PlanDraft {
  throwProblems(unitProblems(input.units));
  const judge = new SourceJudge(input.source, input.order, input.acceptSources);
  const own = pairUp(input);
  const isSuperseded = (pair: UnitPair): boolean => judge.isSuperseded(pair.id, recordsOf(pair.unit ?? pair.ledger ?? {}, pair.ledger, input.state));
  const superseded = new Set(own.filter(isSuperseded).map(({ id }) => id));
  const upstream = planUpstream(input, own, superseded);
  // An upstream manifest that isn't there can't be newer than ours.
  for (const pair of upstream.pairs) if (input.state.files.has(layout.kustomization(pair.id)) && isSuperseded(pair)) superseded.add(pair.id);
  const pairs = [...own, ...upstream.pairs].sort((a, b) => compareText(a.id, b.id));
  throwProblems(judge.problems());
  const active = pairs.filter(({ id }) => !superseded.has(id) && !upstream.leftOut.has(id));
  const owners = new Map(active.flatMap(({ id: unit, ledger }) => Object.entries(ledger?.files ?? {}).map(([path, blob]) => [path, { unit, blob }] as const)));
  const rendered = new Map(active.flatMap(({ id, unit }) => (unit?.files ?? []).map(({ path }) => [path, id] as const)));
  const context = { files: input.state.files, adopt: new Set(input.adopt), now: input.now, owners, rendered, source: input.source };
  const units = pairs.map((pair): DraftUnit => {
    const cover = coverOf(pair.unit ?? pair.ledger ?? {}, input.scope);
    if (superseded.has(pair.id)) return { pair, changed: false, cover };
    const missing = upstream.leftOut.get(pair.id);
    if (missing !== undefined) return { pair, changed: false, cover, missing };
    const diff = withTombstone(pair, diffUnit(pair, context), cover, input.source);
    const changed = isChanged(pair, diff);
    if (isUpstream(pair.id)) return { pair, diff, changed, cover };
    const mark = markFor(pair.id, changed, recordsOf(pair.unit ?? pair.ledger ?? {}, pair.ledger, input.state), judge);
    return cover === undefined || judge.orderOf(pair.ledger?.source ?? input.source) === 'accepted' ? { pair, diff, changed, cover, mark } : { pair, diff, changed, cover };
  });
  throwProblems(refusals(units, input));
  const covers = coverMarks(units, input, judge);
  const marks = [...covers, ...units.flatMap(({ mark }) => mark ?? [])];
  return { input, units, covers, questions: [...new Set(marks.filter(({ state }) => state === 'maybe').flatMap(({ candidates }) => candidates))].sort(compareText) };
}

/** Every unit that is rendered, and every one that the scope speaks for and a ledger knows, upstream manifests left out; sorted by id. */
function pairUp({ units, scope, state }: PlanInput): UnitPair[] {
  const pairs = new Map<string, UnitPair>();
  for (const unit of units) {
    if (unit.files.length > 0 && !isUpstream(unit.id)) pairs.set(unit.id, { id: unit.id, unit, ledger: state.ledgers.get(unit.id) });
  }
  for (const ledger of state.ledgers.values()) {
    if (!pairs.has(ledger.unit) && !isUpstream(ledger.unit) && inScope(ledger, scope)) pairs.set(ledger.unit, { id: ledger.unit, ledger });
  }
  return [...pairs.values()].sort((a, b) => compareText(a.id, b.id));
}

/** A unit that goes leaves an empty ledger where no source record covers it: a late run of an earlier commit must not bring it back. */
function withTombstone(pair: UnitPair, diff: UnitDiff, cover: string | undefined, source: string): UnitDiff {
  if (pair.ledger === undefined || pair.unit !== undefined || cover !== undefined || isUpstream(pair.id)) return diff;
  const ledger: Ledger = { ...pair.ledger, source, images: [], needs: [], files: {}, hashed: {}, guarded: {} };
  return { ...diff, ledger };
}

function refusals(units: readonly DraftUnit[], input: PlanInput): Problem[] {
  const written = units.flatMap(({ diff }) => diff?.writes ?? []).map(({ path }) => path);
  const deleted = new Set(units.flatMap(({ diff }) => diff?.deletes ?? []));
  const subjects = units.filter(({ diff }) => diff !== undefined).map(({ pair, diff }) => ({
    before: pair.ledger, after: diff?.ledger, removed: (diff?.deletes.length ?? 0) - (diff?.expired ?? 0),
  }));
  return [...units.flatMap(({ diff }) => diff?.problems ?? []), ...treeConflicts(input.state.files, written, deleted), ...removalProblems(subjects, input.allowRemoval), ...placementProblems(input), ...takeoverProblems(takeovers(units, input), input.allowRemoval?.objects)];
}

function takeovers(units: readonly DraftUnit[], { state }: PlanInput): TakeoverSubject[] {
  return units.flatMap(({ pair: { id, unit, ledger }, diff }) => (unit === undefined || ledger === undefined || diff?.ledger === undefined ? [] : takeoverSubject({ id, unit, before: ledger, after: diff.ledger, workloads: state.workloads })));
}

function coverMarks(units: readonly DraftUnit[], input: PlanInput, judge: SourceJudge): SourceMark[] {
  const covers = new Map<string, boolean>();
  for (const { diff, cover, changed } of units) {
    if (diff !== undefined && cover !== undefined) covers.set(cover, (covers.get(cover) ?? false) || changed);
  }
  return [...covers].map(([cover, changed]) => markFor(cover, changed, candidatesOfCover(cover, input.state), judge));
}

/** Completes a plan: `inFlight` holds those of its questions since which a change was made and undone. */
export function finishPlan(draft: PlanDraft, inFlight: ReadonlySet<string>): Plan {
  const { state, source } = draft.input;
  const writes = new Map<string, PlannedWrite>();
  const deletes = new Set<string>();
  const files: FileChange[] = [];
  const summaries: UnitSummary[] = [];
  const put = (path: string, text: string): unknown => state.files.get(path)?.blob === blobId(text) ? undefined : writes.set(path, { path, blob: blobId(text), text });
  for (const { pair, diff, changed, mark, missing } of draft.units) {
    const summary = summarize(pair, diff, missing);
    const marked = !changed && mark !== undefined && isWritten(mark, inFlight);
    summaries.push(marked ? { ...summary, change: 'recorded' } : summary);
    for (const write of diff?.writes ?? []) {
      writes.set(write.path, write);
      files.push({ path: write.path, unit: pair.id, change: state.files.has(write.path) ? 'changed' : 'added' });
    }
    for (const path of diff?.deletes ?? []) {
      deletes.add(path);
      files.push({ path, unit: pair.id, change: 'removed' });
    }
    if (diff === undefined || (!changed && !marked)) continue;
    if (diff.ledger !== undefined) put(ledgerPath(pair.id), ledgerText({ ...diff.ledger, source }));
    else if (state.files.has(ledgerPath(pair.id))) deletes.add(ledgerPath(pair.id));
  }
  for (const cover of draft.covers) {
    if (isWritten(cover, inFlight)) put(sourceRecordPath(cover.name), sourceRecordText(source));
  }
  return {
    kind: kindOf(summaries, writes.size + deletes.size),
    writes: [...writes.values()].sort((a, b) => compareText(a.path, b.path)),
    deletes: [...deletes].sort(compareText),
    files: files.sort((a, b) => compareText(a.path, b.path)),
    units: summaries,
  };
}

function kindOf(units: readonly UnitSummary[], changes: number): Plan['kind'] {
  if (changes > 0) return units.some(({ change }) => change === 'added' || change === 'changed' || change === 'removed') ? 'changes' : 'record';
  return units.some(({ change }) => change === 'superseded') ? 'superseded' : 'unchanged';
}
