import { shown } from '../../values/shown.ts';

/** Whether a value is an object with named fields: not null, not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field of a value that may be anything: inherited names such as `constructor` are not fields. */
export function field(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The value at a path of own fields, or undefined. */
export function dig(value: unknown, ...names: readonly string[]): unknown {
  let at = value;
  for (const name of names) at = field(at, name);
  return at;
}

/** A field that is a list, else an empty list. */
export function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

/** A field that is an object, else undefined. */
export function record(value: unknown, name: string): Record<string, unknown> | undefined {
  const found = field(value, name);
  return isRecord(found) ? found : undefined;
}

/** A field that is a string with something in it, else undefined. */
export function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** What a value is, in the words of a message: `the string "a"`, `null`, `a list`. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return `the string ${shown(value)}`;
    case 'number':
    case 'bigint':
    case 'boolean':
      return `the ${typeof value} ${String(value)}`;
    case 'object':
      return 'an object';
    default:
      return `a ${typeof value}`;
  }
}
