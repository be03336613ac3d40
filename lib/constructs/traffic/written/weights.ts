import { at } from '../../../values/fields.ts';

/** A weight in a list of Git: where it is, and by what its item is known. */
export interface Weight {
  /** JSON pointer of the weight itself. */
  readonly pointer: string;
  /** The list, as a path of jq. */
  readonly list: string;
  /** What tells its item from the others, as a condition of jq. */
  readonly item: string;
  /** The item. */
  readonly value: unknown;
}

/** Paths of jq to weights, whatever their value, each once. */
export function everyWeight(weights: readonly Weight[]): string[] {
  return unique(weights.map(({ list, item }) => `${list} | select(${item}) | .weight`));
}

/**
 * Paths of jq to weights where they aren't Git's: nothing while no canary runs. Items that are alike and have several weights in Git are looked for by all
 * of these.
 */
export function changedWeights(weights: readonly Weight[]): string[] {
  return unique(weights.map(({ list, item }) => {
    const values = unique(weights.filter((other) => other.list === list && other.item === item).map(({ value }) => JSON.stringify(at(value, 'weight') ?? null)));
    return `${list} | select(${[item, ...values.map((value) => `.weight != ${value}`)].join(' and ')}) | .weight`;
  }));
}

/** Pointers to items that are added at the end of a list: the last first, because each removal moves the rest. */
export function addedItems(list: string, length: number, most: number): string[] {
  return Array.from({ length: most }, (_, index) => `${list}/${length + most - 1 - index}`);
}

/** A text as jq has it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
