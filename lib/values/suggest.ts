import { compareText } from './errors.ts';

/**
 * The end of a message about an unknown name: ` Did you mean "prod"? Known: dev, prod, staging.` The question is asked only when a
 * candidate is near; the list is complete and sorted; ` There are none.` when it is empty.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const known = [...new Set(candidates)].sort(compareText);
  if (known.length === 0) return ' There are none.';
  const near = nearest(word, known);
  return `${near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`} Known: ${known.join(', ')}.`;
}

/** The candidate with the fewest typing errors, the first of equals; undefined when all differ in more than a third of the word. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(Math.min(word.length, 60) / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = word === candidate ? 0 : editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let twoBack: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(previous, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, at(twoBack, column - 2) + 1);
      }
      current.push(least);
    }
    [twoBack, previous] = [previous, current];
  }
  return at(previous, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
