import type { ObjectNode, SchemaNode } from './node.ts';
import { isRecord } from './plain.ts';

const defaulted = new WeakMap<ObjectNode, readonly (readonly [string, SchemaNode])[]>();

/** The fields that the API server fills in where they are absent; looked up once. */
function defaultedFields(node: ObjectNode): readonly (readonly [string, SchemaNode])[] {
  let fields = defaulted.get(node);
  if (fields === undefined) {
    fields = [...node.properties.names()].flatMap((key) => {
      const property = node.properties.get(key);
      return property?.fallback === undefined ? [] : [[key, property] as const];
    });
    defaulted.set(node, fields);
  }
  return fields;
}

/** A value as the API server sees it: absent fields hold their defaults. The value itself stays as it is. */
export function withDefaults(node: SchemaNode, value: unknown): unknown {
  if (node.type === 'list') return Array.isArray(value) ? value.map((item: unknown) => withDefaults(node.items, item)) : value;
  if (node.type !== 'object' || !isRecord(value)) return value;
  const filled = new Map<string, unknown>();
  for (const [key, item] of Object.entries(value)) {
    const property = node.properties.get(key) ?? node.additional;
    if (item === undefined || (item === null && property?.fallback !== undefined)) continue;
    filled.set(key, property === undefined ? item : withDefaults(property, item));
  }
  for (const [key, property] of defaultedFields(node)) if (!filled.has(key)) filled.set(key, withDefaults(property, property.fallback));
  return Object.fromEntries(filled);
}
