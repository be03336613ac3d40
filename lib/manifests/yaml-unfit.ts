import type { Problem } from '../values/errors.ts';
import { shown } from '../values/shown.ts';

const fix = 'turn it into text, a number, a boolean, a list or a plain object';
const halfPair = /[\ud800-\udfff]/u;

/** Every part of a value that YAML can't hold, each with its path. */
export function unfitParts(value: unknown, deepest: number): Problem[] {
  return unfit(value, '', [], deepest);
}

function unfit(value: unknown, path: string, above: readonly object[], deepest: number): Problem[] {
  const where = path === '' ? 'the document' : path;
  if (value === null || typeof value === 'boolean') return [];
  if (typeof value === 'string') return textProblems(value, where);
  if (typeof value === 'number' && Number.isFinite(value)) return [];
  if (typeof value !== 'object') return [{ where, message: `expected plain data, got ${named(value)}`, fix }];
  if (above.includes(value)) return [{ where, message: 'expected a tree, got a value that contains itself', fix: 'write what is meant instead of the reference' }];
  if (above.length > deepest) return [{ where, message: `expected at most ${deepest} levels, got more`, fix: 'make the value less deep' }];
  const within = [...above, value];
  if (Array.isArray(value)) {
    return Array.from<unknown, Problem[]>(value, (item, index) => item === undefined
      ? [{ where: `${path}[${index}]`, message: 'expected an item, got nothing', fix: 'leave the item out of the list' }]
      : unfit(item, `${path}[${index}]`, within, deepest)).flat();
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return [{ where, message: `expected plain data, got an instance of ${value.constructor?.name || 'an unnamed class'}`, fix }];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const at = fieldAt(path, key);
    return item === undefined ? [] : [...textProblems(key, at), ...unfit(item, at, within, deepest)];
  });
}

function textProblems(text: string, where: string): Problem[] {
  return halfPair.test(text) ? [{ where, message: `expected text, got ${shown(text)} with half a surrogate pair`, fix: 'a UTF-8 file can\'t hold it: write the whole character' }] : [];
}

function fieldAt(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${shown(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function named(value: unknown): string {
  return typeof value === 'number' ? String(value) : value === undefined ? 'nothing' : `a ${typeof value}`;
}
