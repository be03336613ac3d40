import { ExprCompileError } from './errors.ts';
import type { Token } from './lexer.ts';

/** The words of an expression, read one after the other. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get current(): Token {
    return this.#at(this.#next);
  }

  /** The word after the current one. */
  get following(): Token {
    return this.#at(this.#next + 1);
  }

  /** Goes on, and gives the word that was current. */
  advance(): Token {
    const token = this.current;
    this.#next += 1;
    return token;
  }

  is(kind: Token['kind'], value?: string): boolean {
    const token = this.current;
    return token.kind === kind && (value === undefined || token.value === value);
  }

  /** Goes on if the current word is this one. */
  take(kind: Token['kind'], value: string): boolean {
    if (!this.is(kind, value)) return false;
    this.#next += 1;
    return true;
  }

  /** Goes on past this word, which has to be there. */
  expect(kind: Token['kind'], value?: string): Token {
    return this.is(kind, value) ? this.advance() : this.fail();
  }

  /** @throws ExprCompileError at the current word */
  fail(message?: string): never {
    return this.failAt(this.current, message);
  }

  /** @throws ExprCompileError at a word */
  failAt(token: Token, message?: string): never {
    throw new ExprCompileError(message ?? (token.kind === 'end' ? 'unexpected end of expression' : `unexpected token ${JSON.stringify(token.value)}`), token.at);
  }

  #at(index: number): Token {
    return this.#tokens[index] ?? { kind: 'end', value: '', at: this.#tokens.at(-1)?.at ?? 0 };
  }
}
