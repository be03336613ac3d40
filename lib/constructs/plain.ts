import { describeValue } from '../model/schema.ts';

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
