import { didYouMean } from '../../values/suggest.ts';
import { checkExtras } from './extras.ts';
import type { ListNode, ObjectNode, SchemaNode } from './node.ts';
import { describe, isRecord } from './plain.ts';
import { checkScalar } from './scalar.ts';
import type { Walk } from './issue.ts';

/** Deeper than any object of use, and far from the end of the stack. */
const deepest = 200;

/** Checks a value against a compiled schema. It never throws, whatever the value is: every issue is noted in the walk. */
export function checkValue(node: SchemaNode, value: unknown, walk: Walk): void {
  // Whether a null may stand here, and whether something required is missing, its parent sees.
  if (value === null) return;
  if (walk.depth > deepest) {
    walk.note('wrong-type', `expected at most ${deepest} levels, got more`);
    return;
  }
  const before = walk.issues.length;
  switch (node.type) {
    case 'object':
      if (isRecord(value)) checkObject(node, value, walk);
      else walk.note('wrong-type', `expected an object, got ${describe(value)}`);
      break;
    case 'list':
      if (Array.isArray(value)) checkList(node, value, walk);
      else walk.note('wrong-type', `expected a list, got ${describe(value)}`);
      break;
    default:
      checkScalar(node, value, walk);
  }
  if (node.extras !== undefined && walk.issues.length === before) checkExtras(node, node.extras, value, walk, checkValue);
}

function checkObject(node: ObjectNode, value: Record<string, unknown>, walk: Walk): void {
  const keys = Object.keys(value);
  for (const key of keys) {
    const item = value[key];
    if (item === undefined) continue;
    const property = node.properties.get(key);
    const schema = property ?? node.additional;
    if (schema === undefined) {
      if (!node.open) walk.note('unknown-field', `there is no field ${key} here.${didYouMean(key, node.properties.names())}`, key);
      continue;
    }
    walk.enter(key);
    if (property === undefined && node.keyFormat !== undefined) {
      const problem = node.keyFormat(key);
      if (problem !== undefined) walk.note('wrong-value', `the key: ${problem}`);
    }
    if (item === null && !takesNull(schema, property !== undefined) && !node.required.includes(key)) walk.note('wrong-type', `expected ${wanted(schema)}, got null`);
    else checkValue(schema, item, walk);
    walk.leave();
  }
  for (const key of node.required) {
    if (!isSet(value, key) && !(value[key] === null && node.properties.get(key)?.nullable === true)) walk.note('missing-field', `the field ${key} is required and is missing`, key);
  }
  if (node.minProperties > 0 || keys.length > node.maxProperties) {
    const count = keys.filter((key) => isSet(value, key)).length;
    if (count < node.minProperties) walk.note('out-of-bounds', `expected at least ${node.minProperties} ${node.minProperties === 1 ? 'field' : 'fields'}, got ${count}`);
    if (count > node.maxProperties) walk.note('out-of-bounds', `expected at most ${node.maxProperties} fields, got ${count}`);
  }
  if (node.exactlyOne.length > 0 || node.atMostOne.length > 0) checkAlternatives(node, value, walk);
}

/** The API server reads a null as an absent field in built-in kinds; in custom resources only where a default takes its place. */
function takesNull(schema: SchemaNode, isProperty: boolean): boolean {
  return schema.nullable || (isProperty && (schema.builtIn || schema.fallback !== undefined || schema.type === 'any'));
}

function isSet(value: Record<string, unknown>, key: string): boolean {
  return Object.hasOwn(value, key) && value[key] !== undefined && value[key] !== null;
}

function checkAlternatives(node: ObjectNode, value: Record<string, unknown>, walk: Walk): void {
  const group = node.exactlyOne.length > 0 ? node.exactlyOne : node.atMostOne;
  const set = group.filter((key) => isSet(value, key) && value[key] !== '');
  const known = group.filter((key) => node.properties.has(key));
  if (set.length > 1) walk.note('wrong-value', `expected only one of ${known.join(', ')}, got ${set.join(' and ')}`);
  // A misspelt field is told once, as an unknown field.
  const misspelt = Object.keys(value).some((key) => !node.properties.has(key));
  if (set.length === 0 && node.exactlyOne.length > 0 && !misspelt) walk.note('missing-field', `expected one of ${known.join(', ')}, got none`);
}

function checkList(node: ListNode, value: readonly unknown[], walk: Walk): void {
  if (value.length < node.minItems) walk.note('out-of-bounds', `expected at least ${node.minItems} ${node.minItems === 1 ? 'item' : 'items'}, got ${value.length}`);
  if (value.length > node.maxItems) walk.note('out-of-bounds', `expected at most ${node.maxItems} items, got ${value.length}`);
  for (let index = 0; index < value.length; index++) {
    walk.enter(index);
    const item = value[index];
    if ((item === null && !node.items.nullable) || item === undefined) walk.note('wrong-type', `expected ${wanted(node.items)}, got ${String(item)}`);
    else checkValue(node.items, item, walk);
    walk.leave();
  }
  if (value.length > 1 && (node.keys.length > 0 || node.set)) checkDistinct(node, value, walk);
}

function checkDistinct(node: ListNode, value: readonly unknown[], walk: Walk): void {
  const seen = new Map<string, number>();
  for (let index = 0; index < value.length; index++) {
    const item = value[index];
    const identity = node.set ? textOf(item) : identityOf(node, item);
    if (identity === undefined) continue;
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, index);
    else walk.note('duplicate-item', `item ${index} has the same ${node.set ? 'value' : node.keys.join(' and ')} as item ${first}: ${identity}`, index);
  }
}

/** The key fields of an item as text; undefined when the first is not there, which is told as a missing field. */
function identityOf(node: ListNode, item: unknown): string | undefined {
  if (!isRecord(item) || node.items.type !== 'object') return undefined;
  const properties = node.items.properties;
  const values = node.keys.map((key) => (Object.hasOwn(item, key) ? item[key] : properties.get(key)?.fallback) ?? null);
  return values.every((value) => value === null) ? undefined : textOf(values.length === 1 ? values[0] : values);
}

/** A value as text; what JSON does not know stands as it prints. */
function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return JSON.stringify(value);
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' || typeof inner === 'symbol' ? String(inner) : inner)) ?? String(value);
}

/** What a node takes, in the words of a message. */
function wanted(node: SchemaNode): string {
  switch (node.type) {
    case 'object':
      return 'an object';
    case 'list':
      return 'a list';
    default:
      return `a value of type ${node.type}`;
  }
}
