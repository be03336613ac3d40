import { seededRandom } from '../../lib/rollouts/simulate/random.ts';

/** Numbers that are the same for the same seed. */
export interface Seeded {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number;
  /** One of a list. */
  pick<T>(items: readonly T[]): T;
  /** A text of characters from an alphabet. */
  text(alphabet: string, length: number): string;
}

export function seeded(seed: number): Seeded {
  const next = seededRandom((seed * 2654435761) >>> 0);
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    text: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
  };
}
