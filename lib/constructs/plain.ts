import { describeValue } from '../model/schema.ts';

/** A tree deeper than this is a cycle or a mistake. */
const deepest = 100;

/** Whether a value is plain data throughout: the quick answer, which nearly every object gets. */
export function isPlain(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth > deepest) return false;
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) if (item === undefined || !isPlain(item, depth + 1)) return false;
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key of Object.keys(value)) if (!isPlain((value as Readonly<Record<string, unknown>>)[key], depth + 1)) return false;
  return true;
}

/** What is not plain data in a value: everything YAML can't hold. */
export function plainProblems(value: unknown, path = '', around: readonly unknown[] = []): { readonly message: string; readonly fix: string }[] {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number' && Number.isFinite(value)) return [];
  if (around.includes(value)) return [{ message: `${path}: expected a tree, got a reference back to what it is in`, fix: 'leave it out' }];
  if (around.length > deepest) return [{ message: `${path.slice(0, 60)}…: expected a tree of at most ${deepest} levels, got a deeper one`, fix: 'make it flatter' }];
  const inside = [...around, value];
  if (Array.isArray(value)) {
    return [...value as readonly unknown[]].flatMap((item, index) => item === undefined
      ? [{ message: `${path}[${index}]: expected a value, got nothing`, fix: 'leave the item out of the list' }]
      : plainProblems(item, `${path}[${index}]`, inside));
  }
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return Object.entries(value).flatMap(([key, item]) => plainProblems(item, path === '' ? key : `${path}.${key}`, inside));
    }
    return [{ message: `${path}: expected plain data, got an instance of ${value.constructor?.name ?? 'an unnamed class'}`, fix: 'turn it into text, a number, a list or a plain object' }];
  }
  return [{ message: `${path}: expected plain data, got ${describeValue(value)}`, fix: 'turn it into text, a number, a list or a plain object' }];
}
