import { ExprCompileError } from './errors.ts';
import { unescapeText } from './text-literal.ts';

/** A word of an expression. */
export interface Token {
  readonly kind: 'identifier' | 'number' | 'string' | 'operator' | 'bracket' | 'end';
  readonly value: string;
  /** The code point at which it begins. */
  readonly at: number;
}

const space = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u;
const wordPart = /^[_$\p{L}\p{Nd}]$/u;
const wordOperators: ReadonlySet<string> = new Set(['in', 'or', 'and', 'matches', 'contains', 'startsWith', 'endsWith', 'let', 'if', 'else']);
const negatable: ReadonlySet<string> = new Set(['in', 'matches', 'contains', 'startsWith', 'endsWith']);

/** Splits an expression into words, the last of which is its end. @throws ExprCompileError */
export function tokenize(source: string): Token[] {
  const lexer = new Lexer(source);
  lexer.run();
  return lexer.tokens;
}

class Lexer {
  readonly tokens: Token[] = [];
  readonly #characters: readonly string[];
  #start = 0;
  #next = 0;

  constructor(source: string) {
    this.#characters = [...source];
  }

  run(): void {
    for (;;) {
      this.#start = this.#next;
      const character = this.#characters[this.#next];
      if (character === undefined) {
        this.tokens.push({ kind: 'end', value: '', at: Math.max(0, this.#next - 1) });
        return;
      }
      this.#next += 1;
      this.#word(character);
    }
  }

  #word(character: string): void {
    if (space.test(character)) return;
    if (character === '\'' || character === '"') return this.#quoted(character);
    if (character === '`') return this.#raw();
    if (character >= '0' && character <= '9') return this.#number();
    if (character === '.' && isDigit(this.#peek())) return this.#number();
    if (character === '/' && this.#peek() === '/') return this.#lineComment();
    if (character === '/' && this.#peek() === '*') return this.#blockComment();
    if (wordPart.test(character)) return this.#identifier();
    if (character === '#') return this.#pointer();
    if ('()[]{}'.includes(character)) return this.#emit('bracket');
    if (!this.#operator(character)) this.#fail(`unrecognized character: ${JSON.stringify(character)}`);
  }

  #operator(character: string): boolean {
    if (character === '?') this.#accept('.?');
    else if (character === '|' || character === ':' || character === '.') this.#accept(character);
    else if ('&!=*<>'.includes(character)) this.#accept('&=*');
    else if (!',;%+-^/'.includes(character)) return false;
    this.#emit('operator');
    return true;
  }

  #identifier(): void {
    this.#acceptWhile(wordPart);
    const word = this.#text();
    if (word === 'not') return this.#not();
    this.#emit(wordOperators.has(word) ? 'operator' : 'identifier');
  }

  /** "not in" and its like are two words, whatever spaces stand between. */
  #not(): void {
    this.#emit('operator');
    while (this.#peek() === ' ') this.#next += 1;
    this.#start = this.#next;
    this.#acceptWhile(wordPart);
    if (negatable.has(this.#text())) this.#emit('operator');
    else this.#next = this.#start;
  }

  #pointer(): void {
    this.#accept('#');
    this.#emit('operator');
    this.#acceptWhile(wordPart);
    if (this.#next > this.#start) this.#emit('identifier');
  }

  #number(): void {
    let digits = '0123456789_';
    this.#next = this.#start;
    if (this.#accept('0')) {
      if (this.#accept('xX')) digits = '0123456789abcdefABCDEF_';
      else if (this.#accept('oO')) digits = '01234567_';
      else if (this.#accept('bB')) digits = '01_';
    }
    this.#acceptAll(digits);
    const end = this.#next;
    if (this.#accept('.')) {
      if (this.#peek() === '.') {
        // The two dots of a range, not a decimal point.
        this.#next = end;
        return this.#emit('number');
      }
      this.#acceptAll(digits);
    }
    if (this.#accept('eE')) {
      this.#accept('+-');
      this.#acceptAll(digits);
    }
    if (wordPart.test(this.#peek())) this.#fail(`bad number syntax: ${JSON.stringify(this.#text() + this.#peek())}`);
    this.#emit('number');
  }

  #quoted(quote: string): void {
    for (;;) {
      const character = this.#characters[this.#next];
      if (character === undefined || character === '\n') this.#fail('literal not terminated');
      this.#next += 1;
      if (character === quote) break;
      if (character === '\\') this.#next += 1;
    }
    const text = unescapeText(this.#text().slice(1, -1), quote);
    if (text === undefined) this.#fail('invalid char escape');
    this.tokens.push({ kind: 'string', value: text, at: this.#start });
  }

  /** Between backticks everything stands for itself, two backticks for one. */
  #raw(): void {
    let text = '';
    for (;;) {
      const character = this.#characters[this.#next];
      if (character === undefined) this.#fail('literal not terminated');
      this.#next += 1;
      if (character !== '`') text += character;
      else if (this.#accept('`')) text += '`';
      else break;
    }
    this.tokens.push({ kind: 'string', value: text, at: this.#start });
  }

  #lineComment(): void {
    while (this.#next < this.#characters.length && this.#characters[this.#next] !== '\n') this.#next += 1;
  }

  #blockComment(): void {
    this.#next += 1;
    for (;;) {
      const character = this.#characters[this.#next];
      if (character === undefined) this.#fail('unclosed comment');
      this.#next += 1;
      if (character === '*' && this.#accept('/')) return;
    }
  }

  #peek(): string {
    return this.#characters[this.#next] ?? '';
  }

  #accept(allowed: string): boolean {
    const character = this.#peek();
    if (character === '' || !allowed.includes(character)) return false;
    this.#next += 1;
    return true;
  }

  #acceptAll(allowed: string): void {
    while (this.#accept(allowed));
  }

  #acceptWhile(pattern: RegExp): void {
    while (pattern.test(this.#peek())) this.#next += 1;
  }

  #text(): string {
    return this.#characters.slice(this.#start, this.#next).join('');
  }

  #emit(kind: Token['kind']): void {
    this.tokens.push({ kind, value: this.#text(), at: this.#start });
    this.#start = this.#next;
  }

  #fail(message: string): never {
    throw new ExprCompileError(message, this.#next);
  }
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}
