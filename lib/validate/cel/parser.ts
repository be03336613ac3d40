import { macroNames, type Expression } from './ast.ts';
import { functions } from './functions.ts';
import { CelSyntaxError } from './errors.ts';
import { tokenize, type Token } from './lexer.ts';

/** Operators from loosest to tightest. */
const levels: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!=', '<', '<=', '>', '>=', 'in'], ['+', '-'], ['*', '/', '%']];

/**
 * Reads an expression of CEL.
 * @throws CelSyntaxError for a mistake and for what Slipway does not know
 */
export function parseCel(source: string): Expression {
  const parser = new Parser(tokenize(source));
  const expression = parser.expression();
  parser.end();
  return expression;
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  expression(): Expression {
    const condition = this.#binary(0);
    if (!this.#take('?')) return condition;
    const then = this.expression();
    this.#expect(':');
    return { type: 'choice', condition, then, otherwise: this.expression() };
  }

  end(): void {
    if (this.#peek().type !== 'end') this.#fail('the end');
  }

  #binary(level: number): Expression {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let operator = this.#takeOneOf(operators); operator !== undefined; operator = this.#takeOneOf(operators)) {
      left = { type: 'binary', operator, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #unary(): Expression {
    if (this.#take('!')) return { type: 'not', of: this.#unary() };
    if (this.#take('-')) return { type: 'negative', of: this.#unary() };
    return this.#member(this.#primary());
  }

  #member(of: Expression): Expression {
    if (this.#take('[')) {
      const index = this.expression();
      this.#expect(']');
      return this.#member({ type: 'index', of, index });
    }
    if (!this.#take('.')) return of;
    const name = this.#name();
    return this.#member(this.#take('(') ? this.#method(of, name) : { type: 'field', of, name: fieldName(name) });
  }

  #method(of: Expression, name: string): Expression {
    const macro = macroNames.find((each) => each === name);
    if (macro === undefined) return this.#call(name, [of, ...this.#list(')')]);
    const variable = this.#name();
    this.#expect(',');
    const body = this.expression();
    this.#expect(')');
    return { type: 'macro', name: macro, of, variable, body };
  }

  #primary(): Expression {
    const token = this.#advance();
    if (token.type === 'number') return { type: 'literal', value: Number(token.value.replace(/u$/, '')) };
    if (token.type === 'text') return { type: 'literal', value: token.value };
    if (token.type === 'name') return this.#named(token.value);
    if (token.value === '[') return { type: 'list', items: this.#list(']') };
    if (token.value === '{') return { type: 'map', entries: this.#entries() };
    if (token.value !== '(') {
      this.#next--;
      this.#fail('a value');
    }
    const inner = this.expression();
    this.#expect(')');
    return inner;
  }

  #named(name: string): Expression {
    if (name === 'true' || name === 'false') return { type: 'literal', value: name === 'true' };
    if (name === 'null') return { type: 'literal', value: null };
    if (!this.#take('(')) return { type: 'name', name };
    const given = this.#list(')');
    if (name !== 'has') return this.#call(name, given);
    const [field] = given;
    if (given.length !== 1 || field?.type !== 'field') throw new CelSyntaxError('has() takes one field, such as has(self.spec)');
    return { ...field, type: 'has' };
  }

  #call(name: string, given: readonly Expression[]): Expression {
    if (!Object.hasOwn(functions, name)) throw new CelSyntaxError(`the function ${name} is not known here`);
    return { type: 'call', name, arguments: given };
  }

  #list(close: string): Expression[] {
    const items: Expression[] = [];
    while (!this.#take(close)) {
      if (items.length > 0) this.#expect(',');
      if (items.length > 0 && this.#take(close)) break;
      items.push(this.expression());
    }
    return items;
  }

  #entries(): [Expression, Expression][] {
    const entries: [Expression, Expression][] = [];
    while (!this.#take('}')) {
      if (entries.length > 0) this.#expect(',');
      const key = this.expression();
      this.#expect(':');
      entries.push([key, this.expression()]);
    }
    return entries;
  }

  #name(): string {
    if (this.#peek().type !== 'name') this.#fail('a name');
    return this.#advance().value;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { type: 'end', value: '', at: 0 };
  }

  #advance(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #take(value: string): boolean {
    const token = this.#peek();
    if (token.type === 'text' || token.value !== value || token.type === 'end') return false;
    this.#next++;
    return true;
  }

  #takeOneOf(values: readonly string[]): string | undefined {
    return values.find((value) => this.#take(value));
  }

  #expect(value: string): void {
    if (!this.#take(value)) this.#fail(JSON.stringify(value));
  }

  #fail(expected: string): never {
    const token = this.#peek();
    throw new CelSyntaxError(`expected ${expected} at ${token.at}, got ${token.type === 'end' ? 'the end' : JSON.stringify(token.value)}`);
  }
}

/** Kubernetes spells fields that CEL could not name: `__namespace__`, `x__dash__y`. */
function fieldName(name: string): string {
  return name
    .replace(/^__([a-z]+)__$/, (whole, word: string) => (word === 'dot' || word === 'dash' || word === 'slash' || word === 'underscores' ? whole : word))
    .replaceAll('__dot__', '.')
    .replaceAll('__dash__', '-')
    .replaceAll('__slash__', '/')
    .replaceAll('__underscores__', '__');
}
