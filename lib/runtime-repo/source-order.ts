import { compareText, type Problem } from '../values/errors.ts';
import type { Ledger } from './ledger.ts';
import type { RuntimeState, SourceOrder } from './plan-types.ts';
import { coversOf, type Placement } from './scope.ts';

/** Every recorded commit that says from what a unit was published: the source records that cover it, and its own ledger. */
export function recordsOf(placement: Placement, ledger: Ledger | undefined, state: RuntimeState): string[] {
  const covers = coversOf(placement).flatMap((cover) => state.records.get(cover) ?? []);
  return [...new Set(ledger === undefined ? covers : [...covers, ledger.source])];
}

/** What the recorded commits say about publishing ours: that it is superseded, or why it is refused. */
export class SourceJudge {
  readonly #source: string;
  readonly #order: ReadonlyMap<string, SourceOrder>;
  readonly #accepted: readonly string[];
  readonly #refused = new Map<string, { readonly order: SourceOrder; readonly ids: string[] }>();

  constructor(source: string, order: ReadonlyMap<string, SourceOrder>, accepted: readonly string[] = []) {
    this.#source = source;
    this.#order = order;
    this.#accepted = accepted;
  }

  /** How a recorded commit stands to ours; `accepted` where a person said that it counts as older. */
  orderOf(commit: string): SourceOrder | 'accepted' {
    const order = commit === this.#source ? 'same' : this.#order.get(commit) ?? 'unknown';
    const accepted = this.#accepted.some((prefix) => prefix.length >= 7 && commit.startsWith(prefix.toLowerCase()));
    return accepted && order !== 'same' && order !== 'older' ? 'accepted' : order;
  }

  /** Whether a newer source than ours was published already; remembers what has to be refused. */
  isSuperseded(id: string, commits: readonly string[]): boolean {
    let superseded = false;
    for (const commit of commits) {
      const order = this.orderOf(commit);
      if (order === 'newer') superseded = true;
      if (order === 'diverged' || order === 'unknown' || order === 'beyond-shallow') {
        const entry = this.#refused.get(commit) ?? { order, ids: [] };
        entry.ids.push(id);
        this.#refused.set(commit, entry);
      }
    }
    return superseded;
  }

  /** Every refusal so far: one for each recorded commit that isn't in a line with ours. */
  problems(): Problem[] {
    return [...this.#refused].map(([commit, { order, ids }]) => refusal(commit, this.#source, order, [...new Set(ids)].sort(compareText)));
  }
}

function refusal(commit: string, source: string, order: SourceOrder, ids: readonly string[]): Problem {
  const where = `source commit ${commit}`;
  const what = `(recorded for ${ids.join(', ')})`;
  const anyway = `If its history was rewritten on purpose: --accept-source ${commit}`;
  switch (order) {
    case 'beyond-shallow':
      return {
        where, message: `expected to find how it relates to ${source}, but this clone of the config repo is shallow ${what}`,
        fix: 'fetch the whole history: `git fetch --unshallow`, `fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` on GitLab.',
      };
    case 'unknown':
      return {
        where, message: `expected a commit of this config repo, but it isn't here ${what}`,
        fix: `\`git fetch\` it (somebody published a commit that isn't here yet), or publish from the repository that wrote it. ${anyway}`,
      };
    default:
      return {
        where, message: `expected an ancestor of ${source}, but the two have diverged ${what}`,
        fix: `merge or rebase onto the branch that is published, and publish that. ${anyway}`,
      };
  }
}
