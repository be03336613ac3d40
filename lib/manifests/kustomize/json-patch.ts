import { SlipwayError } from '../../values/errors.ts';
import { isFields } from '../../values/fields.ts';

/** One operation of JSON Patch (RFC 6902). */
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/**
 * Applies a JSON patch (RFC 6902) to a copy.
 *
 * @param where whose patch it is, for messages
 * @throws SlipwayError when an operation is unknown, its path isn't there, or a test fails
 */
export function jsonPatch<T>(value: T, operations: readonly unknown[], where: string): T {
  let document: unknown = structuredClone(value);
  for (const each of operations) {
    if (!isFields(each) || typeof each['op'] !== 'string' || typeof each['path'] !== 'string') throw SlipwayError.of(where, `expected an operation with "op" and "path", got ${JSON.stringify(each)}`);
    document = apply(document, each as unknown as Operation, where);
  }
  return document as T;
}

function apply(document: unknown, operation: Operation, where: string): unknown {
  const { op, path, from = '' } = operation;
  switch (op) {
    case 'add':
      return put(document, path, structuredClone(operation.value), 'add', where);
    case 'replace':
      read(document, path, where);
      return put(document, path, structuredClone(operation.value), 'replace', where);
    case 'remove':
      read(document, path, where);
      return remove(document, path, where);
    case 'copy':
      return put(document, path, structuredClone(read(document, from, where)), 'add', where);
    case 'move': {
      const moved = read(document, from, where);
      return put(remove(document, from, where), path, moved, 'add', where);
    }
    case 'test':
      if (!same(read(document, path, where), operation.value)) throw SlipwayError.of(where, `expected ${path} to be ${JSON.stringify(operation.value)}, got ${JSON.stringify(read(document, path, where))}`);
      return document;
    default:
      throw SlipwayError.of(where, `expected add, remove, replace, copy, move or test, got ${JSON.stringify(op)}`);
  }
}

function tokens(path: string, where: string): string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) throw SlipwayError.of(where, `expected a JSON pointer such as /spec/replicas, got ${JSON.stringify(path)}`);
  return path.slice(1).split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(document: unknown, path: string, where: string): unknown {
  let found = document;
  for (const token of tokens(path, where)) {
    const next: unknown = Array.isArray(found) ? (/^(0|[1-9]\d*)$/.test(token) ? found[Number(token)] : undefined) : isFields(found) && Object.hasOwn(found, token) ? found[token] : undefined;
    if (next === undefined) throw SlipwayError.of(where, `expected something at ${path}, found nothing`, 'the upstream manifest may have changed with its version: compare the patch with it');
    found = next;
  }
  return found;
}

function put(document: unknown, path: string, value: unknown, mode: 'add' | 'replace', where: string): unknown {
  const [parent, token] = parentOf(document, path, where);
  if (token === undefined) return value;
  if (Array.isArray(parent)) {
    const index = token === '-' ? parent.length : Number(token);
    if (!Number.isInteger(index) || index < 0 || index > parent.length) throw SlipwayError.of(where, `expected an index of a list with ${parent.length} items, got ${path}`);
    parent.splice(index, mode === 'add' ? 0 : 1, value);
  } else {
    (parent as Record<string, unknown>)[token] = value;
  }
  return document;
}

function remove(document: unknown, path: string, where: string): unknown {
  const [parent, token] = parentOf(document, path, where);
  if (token === undefined) return undefined;
  if (Array.isArray(parent)) parent.splice(Number(token), 1);
  else delete (parent as Record<string, unknown>)[token];
  return document;
}

function parentOf(document: unknown, path: string, where: string): [unknown, string | undefined] {
  const names = tokens(path, where);
  if (names.length === 0) return [undefined, undefined];
  const parent = read(document, path.slice(0, path.lastIndexOf('/')), where);
  if (!Array.isArray(parent) && !isFields(parent)) throw SlipwayError.of(where, `expected an object or a list above ${path}, got ${JSON.stringify(parent)}`);
  return [parent, names.at(-1)];
}

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (isFields(a) && isFields(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]));
  }
  return a === b;
}
