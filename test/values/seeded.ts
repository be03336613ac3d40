/** Numbers that are the same for the same seed (mulberry32). */
export interface Seeded {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number;
  /** One of a list. */
  pick<T>(items: readonly T[]): T;
  /** A text of characters from an alphabet. */
  text(alphabet: string, length: number): string;
}

export function seeded(seed: number): Seeded {
  let state = (seed * 2654435761) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
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
