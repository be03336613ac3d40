import type { CompactNode, CompactSchema, PlainType } from '../../../lib/validate/schemas/compact.ts';
import { conditionFacts } from './conditions.ts';
import { enumFacts } from './enums.ts';
import type { Fact, Facts } from './fact.ts';
import { metadataFacts, workloadFacts } from './workloads.ts';
import { networkFacts } from './network.ts';
import { podFacts } from './pods.ts';
import { storageFacts } from './storage.ts';

const tables: readonly Facts[] = [enumFacts, conditionFacts, metadataFacts, workloadFacts, podFacts, networkFacts, storageFacts];

/** A definition with all that is known of its fields. */
export function applyFacts(name: string, schema: CompactSchema): CompactSchema {
  let result = schema;
  for (const table of tables) {
    const facts = Object.hasOwn(table, name) ? table[name] : undefined;
    if (facts !== undefined) result = applyTable(result, facts);
  }
  return result;
}

function applyTable(schema: CompactSchema, facts: Readonly<Record<string, Fact>>): CompactSchema {
  const node = nodeOf(schema);
  const properties = { ...node.properties };
  const required = new Set(node.required);
  let result: CompactNode = node;
  for (const [field, fact] of Object.entries(facts)) {
    if (field === '') {
      result = { ...result, ...ownFacts(fact) };
      continue;
    }
    const before = properties[field];
    if (before === undefined) continue;
    properties[field] = withFact(before, fact);
    if (fact.required === true) required.add(field);
  }
  if (required.size > 0) result = { ...result, required: [...required].sort() };
  return Object.keys(properties).length > 0 ? { ...result, properties } : result;
}

function withFact(schema: CompactSchema, fact: Fact): CompactSchema {
  const { required, items, values } = fact;
  const before = nodeOf(schema);
  let node: CompactNode = { ...before, ...ownFacts(fact) };
  if (required === true && before.type === 'string' && fact.minLength === undefined) node = { ...node, minLength: 1 };
  if (required === true && before.items !== undefined && fact.minItems === undefined) node = { ...node, minItems: 1 };
  if (items !== undefined && before.items !== undefined) node = { ...node, items: withFact(before.items, items) };
  if (values !== undefined && before.additional !== undefined) node = { ...node, additional: withFact(before.additional, values) };
  return Object.keys(node).length === 1 && node.ref !== undefined ? node.ref : node;
}

/** What a fact says of the value itself. */
function ownFacts({ required: _, items: __, values: ___, ...own }: Fact): CompactNode {
  return own;
}

function nodeOf(schema: CompactSchema): CompactNode {
  if (typeof schema !== 'string') return schema;
  return schema.startsWith('#') ? { ref: schema } : { type: schema as PlainType };
}
