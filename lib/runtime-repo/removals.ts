import { compareText, type Problem } from '../values/errors.ts';
import { isAllowed } from './guarded.ts';
import type { Ledger } from './ledger.ts';
import type { AllowedRemoval } from './plan-types.ts';
import { variantOf } from './unit.ts';

/** The share of the scope's owned files that a publish may remove without being told. */
export const removableShare = 0.2;
/** The number of files that it may always remove: an app of a small fleet goes without asking. */
export const removableFiles = 20;

/** A unit before and after a publish, as removal guards see it. */
export interface RemovalSubject {
  readonly before?: Ledger | undefined;
  readonly after?: Ledger | undefined;
  /** How many of its files go for good: neither moved to another unit nor due by retention. */
  readonly removed: number;
}

/** Refuses to remove too large a share of the files, or an object with data, unless told. */
export function removalProblems(subjects: readonly RemovalSubject[], allowed: AllowedRemoval = {}): Problem[] {
  return [...shareProblems(subjects, allowed.share), ...guardedProblems(subjects, allowed.objects ?? [])];
}

function shareProblems(subjects: readonly RemovalSubject[], share: number | undefined): Problem[] {
  const removed = subjects.reduce((sum, subject) => sum + subject.removed, 0);
  const owned = subjects.reduce((sum, subject) => sum + Object.keys(subject.before?.files ?? {}).length, 0);
  if (removed <= removableFiles || removed <= owned * (share ?? removableShare)) return [];
  const needed = Math.ceil((removed / owned) * 100) / 100;
  const units = subjects.filter((subject) => subject.removed > 0).map((subject) => `${subject.before?.unit ?? ''} (${subject.removed})`).sort(compareText);
  return [{
    where: '--max-removal',
    message: `expected to remove at most ${Math.round((share ?? removableShare) * 100)} % of the ${owned} files of this publish's scope, but ${removed} would go: ${units.join(', ')}`,
    fix: `look whether everything was rendered; if it is meant: --max-removal ${needed}`,
  }];
}

function guardedProblems(subjects: readonly RemovalSubject[], allowed: readonly string[]): Problem[] {
  const remaining = new Set(subjects.flatMap(({ after }) => after === undefined ? [] : guardedPlaces(after).map(({ place, object }) => `${place}\n${object}`)));
  const problems = new Map<string, Problem>();
  for (const { before, after } of subjects) {
    for (const { path, place, shared, variant, object } of before === undefined ? [] : guardedPlaces(before)) {
      const returned = variant !== '' && (after === undefined || !hasVariant(after, variant)) && remaining.has(`${shared}\n${object}`);
      if (remaining.has(`${place}\n${object}`) || returned || isAllowed(object, allowed)) continue;
      problems.set(`${path}\n${object}`, {
        where: path,
        message: `would remove ${object}, and with it the data or the objects that it holds`,
        fix: `if it is meant, say so by name: --allow-removal ${object}`,
      });
    }
  }
  return [...problems.values()];
}

interface GuardedPlace {
  readonly path: string;
  readonly object: string;
  readonly variant: string;
  /** Where objects of one name are one object: a cluster, an environment, or a cluster's variant of an environment. */
  readonly place: string;
  /** The place of the unit's shared folder. */
  readonly shared: string;
}

function guardedPlaces(ledger: Ledger): GuardedPlace[] {
  const shared = ledger.cluster !== undefined ? `cluster ${ledger.cluster}` : ledger.environment !== undefined ? `environment ${ledger.environment}` : ledger.unit;
  return Object.entries(ledger.guarded).flatMap(([path, objects]) => {
    const variant = variantOf(ledger.unit, path) ?? '';
    return objects.map((object) => ({ path, object, variant, shared, place: shared + variant }));
  });
}

function hasVariant(ledger: Ledger, variant: string): boolean {
  return Object.keys(ledger.files).some((path) => variantOf(ledger.unit, path) === variant);
}
