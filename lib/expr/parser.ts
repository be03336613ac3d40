import type { Node } from './ast.ts';
import { ExprCompileError } from './errors.ts';
import { binaryOperators, builtinFunctions, comparisons, negatableOperators, predicateFunctions, unaryOperators } from './grammar.ts';
import { tokenize } from './lexer.ts';
import { numberNode } from './number-literal.ts';
import { TokenStream } from './token-stream.ts';

/** Reads an expression of expr-lang. @throws ExprCompileError */
export function parseExpr(source: string): Node {
  const parser = new Parser(new TokenStream(tokenize(source)));
  return parser.whole();
}

const plainNames: ReadonlySet<string> = new Set(['true', 'false', 'nil']);
const wordLike = /^[_$\p{L}][_$\p{L}\p{Nd}]*$/u;

class Parser {
  readonly #tokens: TokenStream;
  /** How many predicates it is inside of: only there `#` and a leading `.` mean the item. */
  #predicates = 0;

  constructor(tokens: TokenStream) {
    this.#tokens = tokens;
  }

  whole(): Node {
    const node = this.#sequence();
    if (this.#tokens.current.kind !== 'end') this.#tokens.fail();
    return node;
  }

  #sequence(): Node {
    const first = this.#expression(0);
    const nodes = [first];
    while (this.#tokens.take('operator', ';')) {
      if (this.#tokens.current.kind === 'end') break;
      nodes.push(this.#expression(0));
    }
    return nodes.length === 1 ? first : { type: 'sequence', nodes, at: first.at };
  }

  #expression(precedence: number): Node {
    if (precedence === 0 && this.#tokens.is('operator', 'let')) return this.#let();
    if (precedence === 0 && this.#tokens.is('operator', 'if')) return this.#if();
    const left = this.#operators(this.#primary(), precedence);
    return precedence === 0 ? this.#ternary(left) : left;
  }

  #operators(first: Node, precedence: number): Node {
    let left = first;
    let previous = '';
    while (this.#tokens.current.kind === 'operator') {
      const negated = this.#tokens.is('operator', 'not');
      const token = negated ? this.#tokens.following : this.#tokens.current;
      if (negated && !negatableOperators.has(token.value)) this.#tokens.failAt(token);
      const operator = binaryOperators.get(token.value);
      if (operator === undefined || operator.precedence < precedence) break;
      if (negated) this.#tokens.advance();
      this.#tokens.advance();
      if (token.value === '|') {
        const name = this.#tokens.expect('identifier');
        left = this.#call(name.value, name.at, [left]);
      } else if (previous === '??' && token.value !== '??') {
        throw new ExprCompileError(`Operator (${token.value}) and coalesce expressions (??) cannot be mixed. Wrap either by parentheses.`, token.at);
      } else if (comparisons.has(token.value)) {
        left = this.#comparison(left, token.value, token.at, operator.precedence);
      } else {
        const right = this.#expression(operator.right === true ? operator.precedence : operator.precedence + 1);
        left = { type: 'binary', operator: token.value, left, right, at: token.at };
        if (negated) left = { type: 'unary', operator: 'not', of: left, at: token.at };
      }
      previous = token.value;
    }
    return left;
  }

  /** `1 < x < 5` is `1 < x && x < 5`. */
  #comparison(first: Node, operator: string, at: number, precedence: number): Node {
    let left = first;
    let token = { value: operator, at };
    let whole: Node | undefined;
    for (;;) {
      const right = this.#expression(precedence + 1);
      const one: Node = { type: 'binary', operator: token.value, left, right, at: token.at };
      whole = whole === undefined ? one : { type: 'binary', operator: '&&', left: whole, right: one, at: token.at };
      const next = this.#tokens.current;
      if (next.kind !== 'operator' || !comparisons.has(next.value)) return whole;
      left = right;
      token = next;
      this.#tokens.advance();
    }
  }

  #let(): Node {
    this.#tokens.advance();
    const name = this.#tokens.expect('identifier');
    this.#tokens.expect('operator', '=');
    const value = this.#expression(0);
    this.#tokens.expect('operator', ';');
    return { type: 'let', name: name.value, value, body: this.#sequence(), at: name.at };
  }

  #if(): Node {
    const { at } = this.#tokens.advance();
    const condition = this.#expression(0);
    const then = this.#block();
    this.#tokens.expect('operator', 'else');
    return { type: 'choice', condition, then, otherwise: this.#tokens.is('operator', 'if') ? this.#if() : this.#block(), at };
  }

  #block(): Node {
    this.#tokens.expect('bracket', '{');
    const body = this.#sequence();
    this.#tokens.expect('bracket', '}');
    return body;
  }

  #ternary(first: Node): Node {
    let condition = first;
    while (this.#tokens.take('operator', '?')) {
      const short = this.#tokens.take('operator', ':');
      const then = short ? condition : this.#expression(0);
      if (!short) this.#tokens.expect('operator', ':');
      condition = { type: 'choice', condition, then, otherwise: this.#expression(0), at: this.#tokens.current.at };
    }
    return condition;
  }

  #primary(): Node {
    const token = this.#tokens.current;
    const unary = token.kind === 'operator' ? unaryOperators.get(token.value) : undefined;
    if (unary !== undefined) {
      this.#tokens.advance();
      return this.#postfix({ type: 'unary', operator: token.value, of: this.#expression(unary), at: token.at });
    }
    if (this.#tokens.take('bracket', '(')) {
      const inner = this.#sequence();
      this.#tokens.expect('bracket', ')');
      return this.#postfix(inner);
    }
    if (this.#predicates > 0 && token.kind === 'operator' && (token.value === '#' || token.value === '.')) return this.#pointer();
    if (this.#tokens.take('operator', '::')) {
      const name = this.#tokens.expect('identifier');
      return this.#postfix(this.#call(name.value, name.at, []));
    }
    return this.#secondary();
  }

  #pointer(): Node {
    const { at } = this.#tokens.current;
    // A leading dot is the item's own: it stays for the member that follows.
    const name = this.#tokens.take('operator', '#') && this.#tokens.current.kind === 'identifier' ? this.#tokens.advance().value : '';
    return this.#postfix({ type: 'pointer', name, at });
  }

  #secondary(): Node {
    const token = this.#tokens.current;
    const { at } = token;
    switch (token.kind) {
      case 'identifier':
        this.#tokens.advance();
        if (plainNames.has(token.value)) return token.value === 'nil' ? { type: 'nil', at } : { type: 'bool', value: token.value === 'true', at };
        return this.#postfix(this.#tokens.is('bracket', '(') ? this.#call(token.value, at, []) : { type: 'name', name: token.value, at });
      case 'number':
        this.#tokens.advance();
        return numberNode(token);
      case 'string':
        this.#tokens.advance();
        return this.#postfix({ type: 'string', value: token.value, at });
      default:
        if (this.#tokens.take('bracket', '[')) return this.#postfix({ type: 'array', items: this.#items(']'), at });
        if (this.#tokens.take('bracket', '{')) return this.#postfix(this.#map(at));
        return this.#tokens.fail();
    }
  }

  /** Expressions between commas, up to a closing bracket; a comma may end them. */
  #items(close: string): Node[] {
    const items: Node[] = [];
    while (!this.#tokens.is('bracket', close)) {
      if (items.length > 0) {
        this.#tokens.expect('operator', ',');
        if (this.#tokens.is('bracket', close)) break;
      }
      items.push(this.#expression(0));
    }
    this.#tokens.expect('bracket', close);
    return items;
  }

  #map(at: number): Node {
    const pairs: { key: Node; value: Node }[] = [];
    while (!this.#tokens.is('bracket', '}')) {
      if (pairs.length > 0) {
        this.#tokens.expect('operator', ',');
        if (this.#tokens.is('bracket', '}')) break;
      }
      const token = this.#tokens.current;
      const plain = token.kind === 'number' || token.kind === 'string' || token.kind === 'identifier';
      if (!plain && !this.#tokens.is('bracket', '(')) {
        throw new ExprCompileError('a map key must be a quoted string, a number, a identifier, or an expression enclosed in parentheses', token.at);
      }
      const key: Node = plain ? { type: 'string', value: this.#tokens.advance().value, at: token.at } : this.#expression(0);
      this.#tokens.expect('operator', ':');
      pairs.push({ key, value: this.#expression(0) });
    }
    this.#tokens.expect('bracket', '}');
    return { type: 'map', pairs, at };
  }

  #call(name: string, at: number, before: readonly Node[]): Node {
    const predicate = predicateFunctions.get(name);
    this.#tokens.expect('bracket', '(');
    if (predicate !== undefined) return { type: 'builtin', name, args: this.#predicateArguments(predicate, before), at };
    const args = [...before, ...this.#items(')')];
    return builtinFunctions.has(name) ? { type: 'builtin', name, args, at } : { type: 'call', callee: { type: 'name', name, at }, args, at };
  }

  #predicateArguments({ args, needed }: { readonly args: readonly ('value' | 'predicate')[]; readonly needed: number }, before: readonly Node[]): Node[] {
    const found = [...before];
    args.slice(before.length).forEach((kind, index) => {
      if (this.#tokens.is('bracket', ')')) {
        if (found.length < needed) this.#tokens.fail(`expected at least ${needed} arguments`);
        return;
      }
      if (index > 0) this.#tokens.expect('operator', ',');
      found.push(kind === 'value' ? this.#expression(0) : this.#predicate());
    });
    this.#tokens.take('operator', ',');
    this.#tokens.expect('bracket', ')');
    return found;
  }

  #predicate(): Node {
    const { at } = this.#tokens.current;
    const braces = this.#tokens.take('bracket', '{');
    this.#predicates += 1;
    const body = braces ? this.#sequence() : this.#expression(0);
    if (!braces && this.#tokens.is('operator', ';')) this.#tokens.fail('wrap predicate with brackets { and }');
    this.#predicates -= 1;
    if (braces) this.#tokens.expect('bracket', '}');
    return { type: 'predicate', body, at };
  }

  #postfix(first: Node): Node {
    let node = first;
    for (;;) {
      const token = this.#tokens.current;
      if (token.kind === 'operator' && (token.value === '.' || token.value === '?.')) {
        this.#tokens.advance();
        const optional = token.value === '?.';
        node = optional && this.#tokens.take('bracket', '[') ? this.#index(node, true, token.at) : this.#member(node, optional);
      } else if (this.#tokens.take('bracket', '[')) {
        node = this.#index(node, false, token.at);
      } else {
        return node;
      }
    }
  }

  #member(of: Node, optional: boolean): Node {
    const token = this.#tokens.advance();
    // Words such as "not" and "matches" are fit to name a field.
    if (token.kind !== 'identifier' && !(token.kind === 'operator' && wordLike.test(token.value))) this.#tokens.fail('expected name');
    const chained = of.type === 'chain';
    const method = this.#tokens.is('bracket', '(');
    const member: Node = { type: 'member', of: chained ? of.of : of, property: { type: 'string', value: token.value, at: token.at }, optional, method, at: token.at };
    let node: Node = member;
    if (this.#tokens.take('bracket', '(')) node = { type: 'call', callee: member, args: this.#items(')'), at: token.at };
    return chained || optional ? { type: 'chain', of: node, at: token.at } : node;
  }

  #index(of: Node, optional: boolean, at: number): Node {
    if (this.#tokens.take('operator', ':')) return this.#slice(of, undefined, at);
    const from = this.#expression(0);
    if (this.#tokens.take('operator', ':')) return this.#slice(of, from, at);
    this.#tokens.expect('bracket', ']');
    const member: Node = { type: 'member', of, property: from, optional, method: false, at };
    return optional ? { type: 'chain', of: member, at } : member;
  }

  #slice(of: Node, from: Node | undefined, at: number): Node {
    const to = this.#tokens.is('bracket', ']') ? undefined : this.#expression(0);
    this.#tokens.expect('bracket', ']');
    return { type: 'slice', of, ...(from !== undefined && { from }), ...(to !== undefined && { to }), at };
  }
}
