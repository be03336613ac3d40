import type { Node } from './ast.ts';
import { ExprCompileError } from './errors.ts';
import type { Token } from './lexer.ts';

const largest = 2n ** 63n - 1n;

/** A number as it stands in an expression: whole ones are of 64 bits, those with a point or an exponent floating. */
export function numberNode({ value: literal, at }: Token): Node {
  const text = literal.replaceAll('_', '').toLowerCase();
  if (text.startsWith('0x')) return wholeNode(text, /^0x[0-9a-f]+$/, 'hex', at);
  if (/[.e]/.test(text)) {
    const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value)) throw new ExprCompileError(`invalid float literal: ${literal}`, at);
    return { type: 'float', value, at };
  }
  if (text.startsWith('0b')) return wholeNode(text, /^0b[01]+$/, 'binary', at);
  if (text.startsWith('0o')) return wholeNode(text, /^0o[0-7]+$/, 'octal', at);
  return wholeNode(text, /^\d+$/, 'integer', at);
}

function wholeNode(text: string, shape: RegExp, kind: string, at: number): Node {
  const value = shape.test(text) ? BigInt(text) : largest + 1n;
  if (value > largest) throw new ExprCompileError(`invalid ${kind} literal: ${text}`, at);
  return { type: 'int', value, at };
}
