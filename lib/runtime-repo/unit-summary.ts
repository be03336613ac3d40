import type { ImageVersion } from '../manifests/rendered.ts';
import { compareText } from '../values/errors.ts';
import { ledgerText, type Ledger } from './ledger.ts';
import type { ImageChange, UnitSummary } from './plan-types.ts';
import type { UnitDiff, UnitPair } from './unit-diff.ts';

/** Whether a ledger says the same, leaving aside from which commit it was written. */
export function isSameButSource(a: Ledger, b: Ledger): boolean {
  return ledgerText({ ...a, source: '' }) === ledgerText({ ...b, source: '' });
}

/** Whether a unit's files or what is recorded of them change. */
export function isChanged(pair: UnitPair, diff: UnitDiff): boolean {
  if (diff.writes.length > 0 || diff.deletes.length > 0) return true;
  if (pair.ledger === undefined || diff.ledger === undefined) return pair.ledger !== diff.ledger;
  return !isSameButSource(pair.ledger, diff.ledger);
}

/** The summary of a unit, for people and for the commit message. */
export function summarize(pair: UnitPair, diff: UnitDiff | undefined, missing: readonly string[] | undefined = undefined): UnitSummary {
  const { app, environment, cluster } = pair.unit ?? pair.ledger ?? {};
  const counts = { written: diff?.writes.length ?? 0, deleted: diff?.deletes.length ?? 0, kept: diff?.kept ?? 0 };
  const images = diff === undefined ? [] : imageChanges(pair.ledger?.images ?? [], pair.unit?.images ?? []);
  return { id: pair.id, app, environment, cluster, change: missing === undefined ? changeOf(pair, diff) : 'left-out', images, ...counts, ...(missing !== undefined && { missing }) };
}

function changeOf(pair: UnitPair, diff: UnitDiff | undefined): UnitSummary['change'] {
  if (diff === undefined) return 'superseded';
  if (!isChanged(pair, diff)) return 'unchanged';
  const existed = Object.keys(pair.ledger?.files ?? {}).length > 0;
  if (pair.unit === undefined) return existed ? 'removed' : 'recorded';
  return existed ? 'changed' : 'added';
}

/** The images whose version differs, sorted by name. */
export function imageChanges(before: readonly ImageVersion[], after: readonly ImageVersion[]): ImageChange[] {
  const old = new Map(before.map((image) => [image.name, image]));
  const now = new Map(after.map((image) => [image.name, image]));
  return [...new Set([...old.keys(), ...now.keys()])].sort(compareText).flatMap((name) => {
    const [from, to] = [old.get(name), now.get(name)];
    return from?.tag === to?.tag && from?.digest === to?.digest && (from === undefined) === (to === undefined) ? [] : [{ name, from, to }];
  });
}
