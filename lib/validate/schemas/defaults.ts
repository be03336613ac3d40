import type { SchemaNode } from './node.ts';
import { isRecord } from './plain.ts';

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
  for (const key of node.properties.names()) {
    const property = filled.has(key) ? undefined : node.properties.get(key);
    if (property?.fallback !== undefined) filled.set(key, withDefaults(property, property.fallback));
  }
  return Object.fromEntries(filled);
}
