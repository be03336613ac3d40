import type { RuntimeState } from './plan-types.ts';
import type { SourceJudge } from './source-order.ts';

/** Something that this publish could record its source for: a cover, or a unit that no cover of the publish holds. */
export interface SourceMark {
  /** Name of a cover, or id of a unit. */
  readonly name: string;
  /** The commits that protect it now. One of them is enough. */
  readonly candidates: readonly string[];
  /** `needed`: written in any case. `maybe`: only when an undone change between a candidate and ours may still be on its way. */
  readonly state: 'needed' | 'maybe' | 'none';
}

/**
 * Whether the source has to be recorded anew. Where something changed, always. Where nothing did, a change and its revert may have come between
 * the record and ours: the revert's run (ours) finds nothing to do, and a late run of the change would land after it. Only a newer record stops that one.
 */
export function markFor(name: string, changed: boolean, candidates: readonly string[], judge: SourceJudge): SourceMark {
  const orders = candidates.map((commit) => judge.orderOf(commit));
  if (changed || orders.includes('accepted')) return { name, candidates, state: 'needed' };
  if (orders.includes('same')) return { name, candidates, state: 'none' };
  return { name, candidates, state: candidates.length === 0 ? 'needed' : 'maybe' };
}

/** Whether a mark is to be written, once it is known since which commits an undone change may be on its way. */
export function isWritten(mark: SourceMark, inFlight: ReadonlySet<string>): boolean {
  return mark.state === 'needed' || (mark.state === 'maybe' && mark.candidates.every((commit) => inFlight.has(commit)));
}

/** The commits that protect a cover: its own record, and that of everything. */
export function candidatesOfCover(cover: string, state: RuntimeState): string[] {
  return [...new Set([cover, 'all'].flatMap((name) => state.records.get(name) ?? []))];
}

