import type { SchemaNode } from '../../../lib/validate/schemas/node.ts';
import type { Loose, LooseValue } from '../healthy-app.ts';

/** The steps to a field or an item, from the object on. */
export type Path = readonly (string | number)[];

/** A place in an object, with its schema. */
export interface Place {
  readonly path: Path;
  readonly node: SchemaNode;
  readonly value: LooseValue;
}

/** All places of a value for which its schema has something to say, the value itself first. */
export function placesOf(node: SchemaNode, value: LooseValue, path: Path = []): Place[] {
  const here: Place = { path, node, value };
  if (node.type === 'list' && Array.isArray(value)) return [here, ...value.flatMap((item, index) => placesOf(node.items, item, [...path, index]))];
  if (node.type !== 'object' || typeof value !== 'object' || value === null || Array.isArray(value)) return [here];
  return [here, ...Object.entries(value).flatMap(([key, item]) => {
    const child = node.properties.get(key) ?? node.additional;
    return child === undefined ? [] : placesOf(child, item, [...path, key]);
  })];
}

/** A copy of an object, changed at one place. */
export function changed(object: Loose, path: Path, change: (parent: Record<string | number, LooseValue>, key: string | number) => void): Loose {
  const copy = structuredClone(object);
  let parent = copy as Record<string | number, LooseValue>;
  for (const step of path.slice(0, -1)) parent = parent[step] as Record<string | number, LooseValue>;
  change(parent, path.at(-1) ?? '');
  return copy;
}
