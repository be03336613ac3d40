import { layout } from '../manifests/layout.ts';
import { compareText } from '../values/errors.ts';
import type { Ledger } from './ledger.ts';
import type { PlanInput } from './plan-types.ts';
import type { UnitPair } from './unit-diff.ts';
import { isUpstream } from './unit.ts';

/** What the units of a publish say about upstream manifests, which clusters share. */
export interface UpstreamPlan {
  /** Units whose folders can't be built, because what they stand on is neither rendered nor in the runtime repo: what is missing, by unit. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
  /** Upstream manifests to write or to remove, sorted by id. One that isn't rendered stays as long as anything refers to it. */
  readonly pairs: readonly UnitPair[];
}

/**
 * Decides which units have to wait for upstream manifests, and which manifests come and go. A publisher that has none of them at hand changes none:
 * they are removed only when nothing refers to them after the publish, be it in its scope or out of it.
 */
export function planUpstream(input: PlanInput, pairs: readonly UnitPair[], superseded: ReadonlySet<string>): UpstreamPlan {
  const rendered = new Map(input.units.filter(({ id }) => isUpstream(id)).map((unit) => [unit.id, unit]));
  const there = (id: string): boolean => rendered.has(id) || input.state.files.has(layout.kustomization(id));
  const leftOut = new Map<string, readonly string[]>();
  for (const { id, unit } of pairs) {
    const missing = superseded.has(id) ? [] : (unit?.needs ?? []).filter((need) => !there(need));
    if (missing.length > 0) leftOut.set(id, [...missing].sort(compareText));
  }
  const referred = referredAfter(input, pairs, (id) => superseded.has(id) || leftOut.has(id));
  const found: UnitPair[] = [];
  for (const [id, unit] of rendered) {
    if (referred.has(id)) found.push({ id, unit, ledger: input.state.ledgers.get(id) });
  }
  for (const ledger of input.state.ledgers.values()) {
    // A publish of some apps alone says nothing about what clusters share.
    if (isUpstream(ledger.unit) && !referred.has(ledger.unit) && input.scope.apps === undefined) found.push({ id: ledger.unit, ledger });
  }
  return { leftOut, pairs: found.sort((a, b) => compareText(a.id, b.id)) };
}

/** Everything that units refer to once the publish is done. */
function referredAfter(input: PlanInput, pairs: readonly UnitPair[], stays: (id: string) => boolean): Set<string> {
  const after = new Map<string, readonly string[]>([...input.state.ledgers.values()].map((ledger: Ledger) => [ledger.unit, ledger.needs ?? []]));
  for (const { id, unit } of pairs) {
    if (stays(id)) continue;
    if (unit === undefined) after.delete(id);
    else after.set(id, unit.needs ?? []);
  }
  return new Set([...after.values()].flat());
}
