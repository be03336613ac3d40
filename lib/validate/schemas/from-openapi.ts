import type { CompactNode, CompactRule, CompactSchema, PlainType } from './compact.ts';
import { isRecord } from './plain.ts';

/** The pattern by which upstream definitions mark a quantity. */
const quantityPattern = /^\^\(\\\+\|-\)\?\(\(\[0-9\]\+/;

const plainFormats: Readonly<Record<string, PlainType>> = { 'date-time': 'dateTime', datetime: 'dateTime', byte: 'bytes', int32: 'int32', int64: 'int64' };

/** Fields of a schema that keep their name and value. */
const kept = ['enum', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'default'] as const;

/** Turns `$ref` of a definition into a compact schema: `#` and a short name, or a short form. */
export type ResolveReference = (reference: string) => CompactSchema;

/**
 * Makes a schema compact: descriptions and patch strategies are left out, what only says a type becomes a short form.
 * @throws Error when a reference comes and nothing resolves references
 */
export function compactSchema(schema: unknown, resolve: ResolveReference = refuseReference): CompactSchema {
  if (!isRecord(schema)) return 'any';
  if (typeof schema['$ref'] === 'string') return resolve(schema['$ref']);
  const node: { -readonly [K in keyof CompactNode]: CompactNode[K] } = {};
  for (const key of kept) if (schema[key] !== undefined) Object.assign(node, { [key]: schema[key] });
  addStructure(schema, node, resolve);
  if (schema['nullable'] === true) node.nullable = true;
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) node.open = true;
  const rules = [...conditions(schema), ...arithmetic(schema, node)];
  if (rules.length > 0) node.rules = rules;
  const type = typeOf(schema);
  if (type !== 'object' || node.properties === undefined) node.type = type;
  if (schema['type'] === 'array') delete node.type;
  if (type === 'quantity') delete node.pattern;
  for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
    const parts = schema[key];
    if (Array.isArray(parts) && type !== 'quantity' && type !== 'intOrString') node[key] = parts.map((part) => compactSchema(part, resolve));
  }
  if (schema['not'] !== undefined) node.not = compactSchema(schema['not'], resolve);
  return Object.keys(node).length === 1 && node.type !== undefined ? node.type : node;
}

function addStructure(schema: Record<string, unknown>, node: { -readonly [K in keyof CompactNode]: CompactNode[K] }, resolve: ResolveReference): void {
  const properties = schema['properties'];
  if (isRecord(properties)) {
    node.properties = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, compactSchema(property, resolve)]));
  }
  if (schema['x-kubernetes-embedded-resource'] === true) {
    node.properties = { apiVersion: 'string', kind: 'string', metadata: 'object', ...node.properties };
  }
  const required = schema['required'];
  if (Array.isArray(required) && required.length > 0) node.required = required.map(String);
  const additional = schema['additionalProperties'];
  if (additional === true) node.open = true;
  else if (isRecord(additional)) node.additional = compactSchema(additional, resolve);
  if (schema['type'] === 'array') {
    node.items = compactSchema(schema['items'], resolve);
    const keys = schema['x-kubernetes-list-map-keys'];
    if (Array.isArray(keys)) node.keys = keys.map(String);
    if (schema['x-kubernetes-list-type'] === 'set') node.set = true;
  }
  if (typeof schema['format'] === 'string' && plainFormats[schema['format']] === undefined && schema['type'] !== 'number') node.format = schema['format'];
}

function typeOf(schema: Record<string, unknown>): PlainType {
  const pattern = schema['pattern'];
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string') {
    return typeof pattern === 'string' && quantityPattern.test(pattern) ? 'quantity' : 'intOrString';
  }
  const format = typeof schema['format'] === 'string' ? plainFormats[schema['format']] : undefined;
  switch (schema['type']) {
    case 'string':
      return format ?? 'string';
    case 'integer':
      return format ?? 'integer';
    case 'number':
    case 'boolean':
    case 'object':
      return schema['type'];
    default:
      return isRecord(schema['properties']) || schema['additionalProperties'] !== undefined ? 'object' : 'any';
  }
}

function conditions(schema: Record<string, unknown>): CompactRule[] {
  const rules = schema['x-kubernetes-validations'];
  if (!Array.isArray(rules)) return [];
  return rules.filter(isRecord).map((rule) => ({
    rule: String(rule['rule']).trim(),
    ...(typeof rule['message'] === 'string' ? { message: rule['message'].trim() } : {}),
  }));
}

/** Bounds; an open bound of an integer becomes a closed one, any other a condition. */
function arithmetic(schema: Record<string, unknown>, node: { -readonly [K in keyof CompactNode]: CompactNode[K] }): CompactRule[] {
  const rules: CompactRule[] = [];
  const integer = schema['type'] === 'integer';
  for (const [bound, open, step, sign] of [['minimum', 'exclusiveMinimum', 1, '>'], ['maximum', 'exclusiveMaximum', -1, '<']] as const) {
    const value = schema[bound];
    if (typeof value !== 'number') continue;
    node[bound] = schema[open] === true && integer ? value + step : value;
    if (schema[open] === true && !integer) rules.push({ rule: `self ${sign} ${value.toFixed(6)}` });
  }
  if (integer && typeof schema['multipleOf'] === 'number') rules.push({ rule: `self % ${schema['multipleOf']} == 0` });
  return rules;
}

function refuseReference(reference: string): never {
  throw new Error(`a schema without references was expected, and it refers to ${reference}`);
}
