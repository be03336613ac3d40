import { seededRandom } from '../../lib/rollouts/simulate/random.ts';

/** Random expressions of expr-lang and results to run them on: mostly well-formed ones, as conditions use them, and some that aren't. */
export interface ExpressionCase {
  readonly expr: string;
  /** Whether the result is a list of floating numbers as Prometheus gives it, or anything of JSON. */
  readonly kind: 'floats' | 'json';
  readonly result: unknown;
}

/** Cases from a seed. */
export function expressionCases(seed: number, count: number): ExpressionCase[] {
  const generator = new Generator(seededRandom(seed));
  return Array.from({ length: count }, () => generator.case());
}

const comparisons = ['==', '!=', '<', '<=', '>', '>='];
const arithmetic = ['+', '-', '*', '/', '%', '**', '^'];
const textOperators = ['contains', 'startsWith', 'endsWith', 'matches', 'not contains', 'not startsWith', 'in', 'not in'];
const strings = ['""', '"ok"', "'error'", '`a b`', '"1.5"', '"12"', '"^o.$"', '"a,b,c"', '"\\u00e9"', '"x\\ty"', "'it\\'s'"];
const numbers = ['0', '1', '2', '5', '10', '0.5', '0.95', '1.0', '99.9', '1e3', '1_000', '.5', '0x10', '0b11', '0o17', '3.', '1e-7', '9007199254740993'];
const results: readonly (readonly [ExpressionCase['kind'], unknown])[] = [
  ['json', 0.97], ['json', 0], ['json', 5], ['json', -1.5], ['json', 'ok'], ['json', 'true'], ['json', '12'], ['json', true], ['json', null], ['json', []], ['json', {}],
  ['floats', [0.97]], ['floats', []], ['floats', [1, 2, 3.5]], ['floats', [0]],
  ['json', { ok: true, success: 0.99, count: 12, status: 'ready', items: [1, 2, 3], nested: { value: 4.5, list: [{ n: 'a', v: 1 }, { n: 'b', v: 2 }] }, nothing: null }],
  ['json', [1, 2, 3]], ['json', ['a', 'b']], ['json', [{ v: 1 }, { v: 2.5 }]],
];
const fields = ['ok', 'success', 'count', 'status', 'items', 'nested', 'nested.value', 'nested.list', 'missing', 'nothing', 'missing?.deeper', 'nested?.list?.[0]', 'nested.list[1].v', '["count"]'];

class Generator {
  readonly #random: () => number;
  #depth = 0;
  #kind: 'number' | 'text' | 'list' | 'other' = 'other';
  #variables = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  case(): ExpressionCase {
    const [kind, result] = this.#pick(results);
    this.#kind = typeof result === 'number' ? 'number' : typeof result === 'string' ? 'text' : Array.isArray(result) ? 'list' : 'other';
    let expr = this.#chance(0.7) ? this.#boolean() : this.#any();
    if (this.#chance(0.05)) expr = this.#broken(expr);
    return { expr, kind, result };
  }

  #broken(expr: string): string {
    const at = Math.floor(this.#random() * (expr.length + 1));
    const insert = this.#pick(['', '(', ')', '&', '..', '?', ' ', '#', '}', 'not ', ' let ', '=', '"', ',', '.', ';', '1a', '@', '??', '|', '::']);
    return expr.slice(0, at) + insert + expr.slice(at + (this.#chance(0.5) ? 1 : 0));
  }

  #deeper(make: () => string, leaf: () => string): string {
    if (this.#depth > 4) return leaf();
    this.#depth += 1;
    const made = make();
    this.#depth -= 1;
    return made;
  }

  #boolean(): string {
    return this.#deeper(() => this.#pick([
      () => `${this.#number()} ${this.#pick(comparisons)} ${this.#number()}`,
      () => `${this.#number()} ${this.#pick(comparisons)} ${this.#number()}`,
      () => `${this.#boolean()} ${this.#pick(['&&', '||', 'and', 'or'])} ${this.#boolean()}`,
      () => `${this.#pick(['!', 'not '])}${this.#chance(0.7) ? `(${this.#boolean()})` : this.#boolean()}`,
      () => `(${this.#boolean()})`,
      () => `${this.#text()} ${this.#pick([...textOperators, ...comparisons])} ${this.#text()}`,
      () => `${this.#any()} ${this.#pick(['==', '!=', 'in', 'not in'])} ${this.#any()}`,
      () => `${this.#pick(['all', 'any', 'none', 'one'])}(${this.#list()}, ${this.#predicate(() => this.#boolean())})`,
      () => `${this.#pick(['isNaN', 'isInf', 'isNil'])}(${this.#any()})`,
      () => `${this.#number()} < ${this.#number()} <= ${this.#number()}`,
      () => `${this.#boolean()} ? ${this.#boolean()} : ${this.#boolean()}`,
      () => this.#chance(0.2) ? this.#any() : 'true',
    ])(), () => this.#pick(['true', 'false', 'isNil(result)', '1 < 2', '"a" in ["a"]']));
  }

  #number(): string {
    return this.#deeper(() => this.#pick([
      () => this.#pick(numbers), () => this.#pick(numbers), () => this.#result(), () => this.#result(),
      () => `${this.#number()} ${this.#pick(arithmetic)} ${this.#number()}`,
      () => `${this.#pick(['-', '+'])}${this.#number()}`,
      () => `(${this.#number()})`,
      () => `${this.#pick(['asInt', 'asFloat', 'int', 'float', 'abs', 'ceil', 'floor', 'round', 'bitnot'])}(${this.#chance(0.8) ? this.#number() : this.#any()})`,
      () => `len(${this.#chance(0.8) ? this.#list() : this.#any()})`,
      () => `${this.#pick(['min', 'max', 'mean', 'median'])}(${this.#chance(0.5) ? this.#list() : `${this.#number()}, ${this.#number()}`})`,
      () => `${this.#pick(['sum', 'count'])}(${this.#list()}${this.#chance(0.5) ? `, ${this.#predicate(() => this.#chance(0.5) ? this.#number() : this.#boolean())}` : ''})`,
      () => `default(result, ${this.#number()})`,
      () => `${this.#pick(['bitand', 'bitor', 'bitxor', 'bitnand', 'bitshl', 'bitshr', 'bitushr'])}(${this.#number()}, ${this.#number()})`,
      () => `${this.#pick(['indexOf', 'lastIndexOf'])}(${this.#text()}, ${this.#text()})`,
      () => `${this.#boolean()} ? ${this.#number()} : ${this.#number()}`,
    ])(), () => this.#pick(['1', '0.5', '3']));
  }

  #result(): string {
    if (this.#chance(0.8)) return this.#fitting();
    return this.#pick(['result', 'result', 'result[0]', 'result[-1]', 'result[1:]', 'result[:2]', `result.${this.#pick(fields)}`, `result.${this.#pick(fields)}`, 'result?.count', '(result.count ?? 3)', '$env.result', '$env["result"]'])
      .replace('.[', '[');
  }

  /** The result, or a number of it, in a way that fits what it is. */
  #fitting(): string {
    switch (this.#kind) {
      case 'number': return this.#pick(['result', 'result', 'asFloat(result)', 'asInt(result)']);
      case 'list': return this.#pick(['result[0]', 'result[len(result) - 1]', 'sum(result)', 'len(result)', 'max(result)', 'first(result)', 'asFloat(result[0])']);
      case 'text': return this.#pick(['len(result)', 'asFloat("1")', 'int("12")']);
      case 'other': return this.#pick(['result.success', 'result.count', 'result?.nested?.value', 'len(result.items ?? [])', '(result.missing ?? 2)', 'result.items[1]']);
    }
  }

  #text(): string {
    return this.#deeper(() => this.#pick([
      () => this.#pick(strings), () => this.#pick(strings), () => this.#chance(0.2) ? this.#result() : this.#pick(strings),
      () => `${this.#text()} + ${this.#text()}`,
      () => `${this.#pick(['upper', 'lower', 'trim', 'string', 'type', 'trimPrefix', 'trimSuffix', 'toBase64', 'fromBase64'])}(${this.#chance(0.7) ? this.#text() : this.#any()})`,
      () => `replace(${this.#text()}, ${this.#text()}, ${this.#text()})`,
      () => `join(split(${this.#text()}, ","), "-")`,
      () => `repeat(${this.#text()}, ${this.#pick(['0', '2', '3', '-1'])})`,
      () => `${this.#text()} | upper()`,
      () => `${this.#text()}[${this.#pick(['0', '1:', ':2', '-1', '5'])}]`,
    ])(), () => this.#pick(strings));
  }

  #list(): string {
    return this.#deeper(() => this.#pick([
      () => this.#kind === 'list' ? 'result' : '[1, 2, 3]', () => this.#kind === 'list' ? 'result' : 'result.items',
      () => `[${Array.from({ length: Math.floor(this.#random() * 4) }, () => this.#any()).join(', ')}]`,
      () => `${this.#pick(['0', '1', '5'])}..${this.#pick(['3', '5', '7'])}`,
      () => `filter(${this.#list()}, ${this.#predicate(() => this.#boolean())})`,
      () => `map(${this.#list()}, ${this.#predicate(() => this.#any())})`,
      () => `${this.#pick(['sort', 'reverse', 'uniq', 'flatten'])}(${this.#list()})`,
      () => `concat(${this.#list()}, ${this.#list()})`,
      () => `take(${this.#list()}, ${this.#number()})`,
      () => `sortBy(${this.#list()}, #)`,
      () => `split(${this.#text()}, ${this.#text()})`,
      () => `${this.#pick(['keys', 'values'])}(${this.#any()})`,
    ])(), () => this.#pick(['[1, 2, 3]', '[]', 'result', '["a"]']));
  }

  #any(): string {
    return this.#deeper(() => this.#pick([
      () => this.#number(), () => this.#text(), () => this.#boolean(), () => this.#list(), () => this.#result(), () => 'nil',
      () => `${this.#result()} ?? ${this.#any()}`,
      () => `{${this.#pick(['"a"', 'b', '1'])}: ${this.#any()}}`,
      () => `${this.#pick(['find', 'findIndex', 'findLast', 'findLastIndex'])}(${this.#list()}, ${this.#predicate(() => this.#boolean())})`,
      () => `reduce(${this.#list()}, ${this.#predicate(() => `#acc ${this.#pick(arithmetic)} #`)}${this.#chance(0.5) ? `, ${this.#number()}` : ''})`,
      () => `${this.#pick(['first', 'last', 'get'])}(${this.#list()}${this.#chance(0.4) ? `, ${this.#number()}` : ''})`,
      () => `fromJSON(${this.#pick(['"[1, 2]"', "'{\"a\": 1}'", '"x"', '"1.5"'])})`,
      () => this.#let(),
      () => `if ${this.#boolean()} { ${this.#any()} } else { ${this.#any()} }`,
      () => `${this.#boolean()}; ${this.#any()}`,
      () => `${this.#pick(['trim', 'split', 'max', 'len', 'noSuchFunction', 'asInt'])}(${Array.from({ length: Math.floor(this.#random() * 4) }, () => this.#any()).join(', ')})`,
    ])(), () => this.#pick(['result', 'nil', '1', 'true', '"x"', '[]', '1.5', '[1]']));
  }

  #let(): string {
    this.#variables += 1;
    const name = `v${this.#variables}`;
    return `(let ${name} = ${this.#any()}; ${this.#chance(0.5) ? `${name} ${this.#pick(['==', '+', '??'])} ${this.#any()}` : name})`;
  }

  #predicate(make: () => string): string {
    const body = this.#pick([make, make, () => `# ${this.#pick([...comparisons, ...arithmetic])} ${this.#number()}`, () => '#', () => `#.${this.#pick(['v', 'n'])}`, () => `.v > 1`, () => '#index', () => `{ ${make()} }`])();
    return body;
  }

  #pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.#random() * from.length)];
    if (found === undefined) throw new RangeError('expected something to pick from');
    return found;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}
