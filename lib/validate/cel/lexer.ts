import { CelSyntaxError } from './errors.ts';

/** A word of an expression. */
export interface Token {
  readonly type: 'end' | 'name' | 'number' | 'operator' | 'text';
  /** The word; of a text, what it says. */
  readonly value: string;
  /** Where it starts, counted from 0. */
  readonly at: number;
}

const space = /(?:\s|\/\/[^\n]*)+/y;
const name = /[A-Za-z_]\w*/y;
const number = /0x[0-9a-fA-F]+u?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?u?/y;
const operator = /&&|\|\||[=!<>]=|[-+*/%<>!?:.,()[\]{}]/y;
const quoted = /([rR]?)("""|'''|"|')/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v', '0': '\0' };

/**
 * Splits an expression of CEL into words; the last is of type `end`.
 * @throws CelSyntaxError
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) at += match[0].length;
    return match;
  };
  for (;;) {
    take(space);
    const start = at;
    if (at >= source.length) return [...tokens, { type: 'end', value: '', at }];
    const quote = take(quoted);
    if (quote !== null) {
      const text = readText(source, at, quote[2] ?? '"', quote[1] !== '');
      at = text.end;
      tokens.push({ type: 'text', value: text.value, at: start });
      continue;
    }
    const word = take(name);
    const digits = word === null ? take(number) : null;
    const sign = word === null && digits === null ? take(operator) : null;
    const found = word ?? digits ?? sign;
    if (found === null) throw new CelSyntaxError(`unexpected ${JSON.stringify(source[at])} at ${at}`);
    tokens.push({ type: word !== null ? 'name' : digits !== null ? 'number' : 'operator', value: found[0], at: start });
  }
}

function readText(source: string, from: number, quote: string, raw: boolean): { readonly value: string; readonly end: number } {
  let value = '';
  for (let at = from; at < source.length; at++) {
    if (source.startsWith(quote, at)) return { value, end: at + quote.length };
    const char = source[at] ?? '';
    if (char !== '\\' || raw) {
      value += char;
      continue;
    }
    at++;
    const next = source[at] ?? '';
    if (next === 'u' || next === 'x') {
      const digits = source.slice(at + 1, at + (next === 'u' ? 5 : 3));
      value += String.fromCodePoint(Number.parseInt(digits, 16));
      at += digits.length;
    } else value += escapes[next] ?? next;
  }
  throw new CelSyntaxError(`the text that starts at ${from} does not end`);
}
