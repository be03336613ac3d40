import { describeValue } from '../model/schema.ts';

/** Whether a value is plain data throughout: the quick answer, which nearly every object gets. */
export function isPlain(value: unknown): boolean {
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
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) if (item === undefined || !isPlain(item)) return false;
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key of Object.keys(value)) if (!isPlain((value as Readonly<Record<string, unknown>>)[key])) return false;
  return true;
}

/** What is not plain data in a value: everything YAML can't hold. */
export function plainProblems(value: unknown, path = ''): { readonly message: string; readonly fix: string }[] {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number' && Number.isFinite(value)) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => item === undefined
      ? [{ message: `${path}[${index}]: expected a value, got nothing`, fix: 'leave the item out of the list' }]
      : plainProblems(item, `${path}[${index}]`));
  }
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return Object.entries(value).flatMap(([key, item]) => plainProblems(item, path === '' ? key : `${path}.${key}`));
    }
    return [{ message: `${path}: expected plain data, got an instance of ${value.constructor?.name ?? 'an unnamed class'}`, fix: 'turn it into text, a number, a list or a plain object' }];
  }
  return [{ message: `${path}: expected plain data, got ${describeValue(value)}`, fix: 'turn it into text, a number, a list or a plain object' }];
}
