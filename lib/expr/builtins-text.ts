import { ExprRuntimeError, ExprUnknown } from './errors.ts';
import { goFloatText } from './go-numbers.ts';
import { goType, itemsOf, toInt, type Value } from './value.ts';

const spaces = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const outerSpace = new RegExp(`^${spaces}+|${spaces}+$`, 'gu');

/** Functions on texts. */
export const texts: Readonly<Record<string, (...args: readonly Value[]) => Value>> = {
  string: (of = null) => printed(of),
  trim: (of, set) => (set === undefined ? text(of).replace(outerSpace, '') : trimmed([...text(of)], new Set(text(set)))),
  trimPrefix: (of, prefix = ' ') => (text(of).startsWith(text(prefix)) ? text(of).slice(text(prefix).length) : text(of)),
  trimSuffix: (of, suffix = ' ') => (text(suffix) !== '' && text(of).endsWith(text(suffix)) ? text(of).slice(0, -text(suffix).length) : text(of)),
  upper: (of) => ascii(text(of), 'upper').toUpperCase(),
  lower: (of) => ascii(text(of), 'lower').toLowerCase(),
  split: (of, by, count) => pieces(text(of), text(by), count, 0),
  splitAfter: (of, by, count) => pieces(text(of), text(by), count, text(by).length),
  replace: (of, from, to, count) => replaced(text(of), text(from), text(to), count === undefined ? -1 : Number(toInt(count))),
  repeat: (of, count = null) => {
    const times = toInt(count);
    if (times < 0n) throw new ExprRuntimeError(`invalid argument for repeat (expected positive integer, got ${times})`);
    if (times > 1_000_000n || Number(times) * Buffer.byteLength(text(of)) >= 1_000_000) throw new ExprRuntimeError('memory budget exceeded');
    return text(of).repeat(Number(times));
  },
  join: (of = null, glue = '') => {
    const items = itemsOf(of);
    if (items === undefined) throw new ExprRuntimeError(`invalid argument for join (type ${goType(of)})`);
    return items.map((item) => text(item)).join(text(glue));
  },
  indexOf: (of, part) => bytesBefore(text(of), text(of).indexOf(text(part))),
  lastIndexOf: (of, part) => bytesBefore(text(of), text(of).lastIndexOf(text(part))),
  hasPrefix: (of, prefix) => text(of).startsWith(text(prefix)),
  hasSuffix: (of, suffix) => text(of).endsWith(text(suffix)),
  toBase64: (of) => Buffer.from(text(of)).toString('base64'),
  fromBase64: (of) => {
    const encoded = text(of).replace(/[\r\n]/g, '');
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded)) throw new ExprRuntimeError('illegal base64 data');
    return Buffer.from(encoded, 'base64').toString();
  },
};

function text(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new ExprRuntimeError(`interface conversion: interface {} is ${goType(value ?? null)}, not string`);
}

/** A value as Go prints it. */
function printed(value: Value): string {
  if (value === null) return '<nil>';
  if (typeof value === 'number') return goFloatText(value);
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  const items = itemsOf(value);
  if (items !== undefined) return `[${items.map(printed).join(' ')}]`;
  if (value instanceof Map) return `map[${[...value as ReadonlyMap<string, Value>].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(([key, item]) => `${key}:${printed(item)}`).join(' ')}]`;
  throw new ExprUnknown('how a function is printed can\'t be foretold');
}

function trimmed(characters: readonly string[], set: ReadonlySet<string>): string {
  const start = characters.findIndex((character) => !set.has(character));
  return start < 0 ? '' : characters.slice(start, characters.findLastIndex((character) => !set.has(character)) + 1).join('');
}

/** Languages differ on the case of characters beyond ASCII. */
function ascii(of: string, name: string): string {
  if (/[^\x00-\x7f]/.test(of)) throw new ExprUnknown(`what ${name} makes of characters beyond ASCII isn't foretold`);
  return of;
}

/** Pieces between separators, each with as much of its separator as is kept; at most `count`, the last one whole. */
function pieces(of: string, by: string, count: Value | undefined, kept: number): Value {
  const limit = count === undefined ? -1 : Number(toInt(count));
  if (limit === 0) return [];
  if (by === '') {
    const characters = [...of];
    return limit < 0 || characters.length <= limit ? characters : [...characters.slice(0, limit - 1), characters.slice(limit - 1).join('')];
  }
  const result: string[] = [];
  let rest = of;
  for (let at = rest.indexOf(by); at >= 0 && (limit < 0 || result.length < limit - 1); at = rest.indexOf(by)) {
    result.push(rest.slice(0, at + kept));
    rest = rest.slice(at + by.length);
  }
  return [...result, rest];
}

function replaced(of: string, from: string, to: string, count: number): string {
  if (from === '') throw new ExprUnknown('replacing the empty text isn\'t run');
  let result = '';
  let rest = of;
  let left = count;
  for (let at = rest.indexOf(from); at >= 0 && left !== 0; at = rest.indexOf(from)) {
    result += rest.slice(0, at) + to;
    rest = rest.slice(at + from.length);
    left -= 1;
  }
  return result + rest;
}

/** Go counts bytes. */
function bytesBefore(of: string, index: number): bigint {
  return index < 0 ? -1n : BigInt(Buffer.byteLength(of.slice(0, index)));
}
