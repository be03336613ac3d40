import { createHash } from 'node:crypto';
import type { CompactNode, CompactSchema } from '../../lib/validate/schemas/compact.ts';

/** What stands in several places of some schemas, written once. */
export interface Shared {
  readonly roots: readonly CompactSchema[];
  /** By the first ten digits of the content's hash, sorted. */
  readonly definitions: Readonly<Record<string, CompactSchema>>;
}

/** Schemas shorter than this as JSON stay where they are. */
const worthSharing = 60;

/** Replaces every schema that occurs twice or more by a reference to one definition. */
export function share(roots: readonly CompactSchema[]): Shared {
  const seen = new Map<string, { readonly schema: CompactSchema; count: number }>();
  const flat = roots.map((root) => flatten(root, seen));
  const definitions = new Map<string, CompactSchema>();
  const inline = (schema: CompactSchema): CompactSchema => {
    if (typeof schema === 'string' && schema.startsWith('#!')) {
      const entry = seen.get(schema.slice(2));
      if (entry === undefined) throw new Error(`the shared schema ${schema} is lost`);
      if (entry.count < 2) return mapChildren(entry.schema, inline);
      const name = schema.slice(2);
      if (!definitions.has(name)) {
        definitions.set(name, 'any');
        definitions.set(name, mapChildren(entry.schema, inline));
      }
      return `#${name}`;
    }
    return mapChildren(schema, inline);
  };
  const inlined = flat.map(inline);
  return { roots: inlined, definitions: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Replaces each schema of some length by `#!` and its hash, innermost first. */
function flatten(schema: CompactSchema, seen: Map<string, { readonly schema: CompactSchema; count: number }>): CompactSchema {
  const own = mapChildren(schema, (child) => flatten(child, seen));
  const content = JSON.stringify(own);
  if (typeof own === 'string' || content.length < worthSharing) return own;
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const entry = seen.get(hash);
  if (entry === undefined) seen.set(hash, { schema: own, count: 1 });
  else entry.count++;
  return `#!${hash}`;
}

/** A schema with each schema directly inside it replaced. */
export function mapChildren(schema: CompactSchema, replace: (child: CompactSchema) => CompactSchema): CompactSchema {
  if (typeof schema === 'string') return schema;
  const node: { -readonly [K in keyof CompactNode]: CompactNode[K] } = { ...schema };
  if (schema.properties !== undefined) node.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, child]) => [name, replace(child)]));
  if (schema.items !== undefined) node.items = replace(schema.items);
  if (schema.additional !== undefined) node.additional = replace(schema.additional);
  if (schema.not !== undefined) node.not = replace(schema.not);
  for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
    const parts = schema[key];
    if (parts !== undefined) node[key] = parts.map(replace);
  }
  return node;
}
