import { parseQuantity } from '../../values/quantity.ts';
import { nearest } from '../../values/suggest.ts';
import type { ScalarNode } from './node.ts';
import { describe } from './plain.ts';
import type { Walk } from './issue.ts';

const smallest32 = -2147483648;
const largest32 = 2147483647;
/** Go's encoding of an instant: a date, `T`, a time, perhaps parts of a second, and a zone. */
const instant = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d([.,]\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Checks a single value. */
export function checkScalar(node: ScalarNode, value: unknown, walk: Walk): void {
  const problem = typeProblem(node, value);
  if (problem !== undefined) {
    walk.note('wrong-type', problem);
    return;
  }
  if (node.enum !== undefined && !node.enum.has(value)) {
    walk.note('wrong-value', notOneOf(node.enum, value));
    return;
  }
  if (typeof value === 'string') checkText(node, value, walk);
  else if (typeof value === 'number') {
    if (value < node.minimum) walk.note('out-of-bounds', `expected at least ${node.minimum}, got ${value}`);
    else if (value > node.maximum) walk.note('out-of-bounds', `expected at most ${node.maximum}, got ${value}`);
    else noteFormat(node, value, walk);
  }
}

function checkText(node: ScalarNode, value: string, walk: Walk): void {
  if (node.minLength > 0 || value.length > node.maxLength) {
    const length = value.length > 1024 ? value.length : [...value].length;
    if (length < node.minLength) {
      walk.note(value === '' ? 'missing-field' : 'out-of-bounds', value === '' ? 'expected a value, got the empty string' : `expected at least ${node.minLength} characters, got ${length}`);
      return;
    }
    if (length > node.maxLength) {
      walk.note('out-of-bounds', `expected at most ${node.maxLength} characters, got ${length}`);
      return;
    }
  }
  if (node.pattern !== undefined && !node.pattern.test(value)) walk.note('wrong-value', `expected text that matches ${node.pattern.source}, got ${describe(value)}`);
  // The API server reads an empty optional text as an absent one.
  else if (value !== '' || !node.builtIn || node.type === 'intOrString') noteFormat(node, value, walk);
}

function noteFormat(node: ScalarNode, value: string | number, walk: Walk): void {
  const problem = node.format?.(value);
  if (problem !== undefined) walk.note('wrong-value', problem);
}

function typeProblem(node: ScalarNode, value: unknown): string | undefined {
  switch (node.type) {
    case 'any':
      return undefined;
    case 'string':
      return typeof value === 'string' ? undefined : `expected a string, got ${describe(value)}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `expected true or false, got ${describe(value)}`;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : `expected a number, got ${describe(value)}`;
    case 'integer':
    case 'int64':
      return isInt64(value) ? undefined : `expected a whole number of 64 bits, got ${describe(value)}`;
    case 'int32':
      return isInt32(value) ? undefined : `expected a whole number of 32 bits, got ${describe(value)}`;
    case 'intOrString':
      return typeof value === 'string' || isInt32(value) ? undefined : `expected a whole number or a string, got ${describe(value)}`;
    case 'quantity':
      return (typeof value === 'string' || typeof value === 'number') && parseQuantity(String(value)) !== undefined ? undefined : `expected a quantity such as 250m or 1Gi, got ${describe(value)}`;
    case 'dateTime':
      return typeof value === 'string' && instant.test(value) ? undefined : `expected an instant such as 2026-01-31T12:00:00Z, got ${describe(value)}`;
    case 'bytes':
      return typeof value === 'string' && base64.test(value.replace(/[\r\n]/g, '')) ? undefined : `expected base64 text, got ${typeof value === 'string' ? 'text that is not base64' : describe(value)}`;
    default: {
      const never: never = node.type;
      return never;
    }
  }
}

function isInt32(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= smallest32 && value <= largest32;
}

function isInt64(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
}

function notOneOf(allowed: ReadonlySet<unknown>, value: unknown): string {
  const names = [...allowed].map(String).sort();
  const near = typeof value === 'string' ? nearest(value, names) : undefined;
  return `expected one of ${names.map((name) => JSON.stringify(name)).join(', ')}, got ${describe(value)}${near === undefined ? '' : `. Did you mean ${JSON.stringify(near)}?`}`;
}
