import type { Node, NodeOf } from './ast.ts';
import type { Checked } from './check.ts';
import { callBuiltin } from './builtins.ts';
import { constantOf } from './constant.ts';
import { ExprRuntimeError, ExprUnknown } from './errors.ts';
import { overItems } from './over-items.ts';
import { apply, contains, fetch, negate, onlyAscii } from './operators.ts';
import { matches } from './pattern.ts';
import { goType, itemsOf, toInt, type Value } from './value.ts';

/** The values of the names that an expression uses. */
export type Values = ReadonlyMap<string, Value>;

/** A predicate's item and names. */
export interface ItemScope {
  readonly item: Value;
  readonly names: Readonly<Record<string, Value>>;
}

/**
 * Runs an expression that has been checked. @throws ExprRuntimeError for what fails in the controller too; ExprUnknown for what can't be foretold
 */
export function evaluateExpr(node: Node, values: Values, checked: Checked): Value {
  return new Run(values, checked).value(node);
}

/** Ends a chain whose optional member met nil. */
class EndOfChain extends Error {}

class Run {
  readonly #values: Values;
  readonly #checked: Checked;
  readonly #variables: { readonly name: string; readonly value: Value }[] = [];
  readonly #scopes: ItemScope[] = [];

  constructor(values: Values, checked: Checked) {
    this.#values = values;
    this.#checked = checked;
  }

  value(node: Node): Value {
    switch (node.type) {
      case 'nil': return null;
      case 'bool':
      case 'int':
      case 'float':
      case 'string': return node.value;
      case 'name': return this.#name(node.name);
      case 'pointer': return this.#pointer(node);
      case 'unary': return this.#unary(node);
      case 'binary': return this.#binary(node);
      case 'member': return this.#member(node);
      case 'chain': return this.#chain(node);
      case 'slice': return this.#slice(node);
      case 'call': return this.#call(node);
      case 'builtin': return this.#builtin(node);
      case 'predicate': return this.value(node.body);
      case 'choice': return asBool(this.value(node.condition)) ? this.value(node.then) : this.value(node.otherwise);
      case 'let': return this.#let(node);
      case 'sequence': return node.nodes.map((each) => this.value(each)).at(-1) ?? null;
      case 'array': return node.items.map((item) => this.value(item));
      case 'map': return new Map(node.pairs.map(({ key, value }) => [asText(this.value(key)), this.value(value)]));
    }
  }

  #name(name: string): Value {
    const variable = this.#variables.findLast((each) => each.name === name);
    if (variable !== undefined) return variable.value;
    if (name === '$env') return new Map(this.#values);
    const value = this.#values.get(name);
    if (value === undefined) throw new ExprUnknown(`the value of ${name} can't be foretold`);
    return value;
  }

  #pointer({ name }: NodeOf<'pointer'>): Value {
    const scope = this.#scopes.at(-1);
    return (name === '' ? scope?.item : scope?.names[name]) ?? null;
  }

  #unary({ operator, of }: NodeOf<'unary'>): Value {
    const value = this.value(of);
    if (operator === '-') return negate(value);
    return operator === '+' ? value : !asBool(value);
  }

  #binary(node: NodeOf<'binary'>): Value {
    const { operator } = node;
    switch (operator) {
      case 'and':
      case '&&': return this.#logical(node, false);
      case 'or':
      case '||': return this.#logical(node, true);
      case '??': return this.value(node.left) ?? this.value(node.right);
      case 'in': return isTexts(node.right) ? contains(this.value(node.left), new Map(node.right.items.map((item) => [asText(this.value(item)), true]))) : contains(this.value(node.left), this.value(node.right));
      case 'matches':
      case 'contains':
      case 'startsWith':
      case 'endsWith': return textTest(operator, this.value(node.left), this.value(node.right));
      case '..': return range(toInt(this.value(node.left)), toInt(this.value(node.right)));
      default: return this.#applied(node);
    }
  }

  #applied(node: NodeOf<'binary'>): Value {
    const left = this.value(node.left);
    const right = this.value(node.right);
    const type = this.#checked.typedEqualities.get(node);
    const wrong = type === undefined ? undefined : [left, right].find((value) => typeof value !== type);
    if (wrong !== undefined) throw new ExprRuntimeError(`interface conversion: interface {} is ${goType(wrong)}, not ${type === 'bigint' ? 'int' : 'string'}`);
    return apply(node.operator, left, right);
  }

  /** The value that decides ends it; a constant on the right decides before the left is run. */
  #logical({ left, right }: NodeOf<'binary'>, deciding: boolean): Value {
    const constant = constantOf(right);
    if (constant === deciding) return deciding;
    const first = this.value(left);
    if (constant === !deciding) return first;
    return asBool(first) === deciding ? first : this.value(right);
  }

  #member({ of, property, optional }: NodeOf<'member'>): Value {
    const base = this.value(of);
    if (optional && base === null) throw new EndOfChain();
    return fetch(base, this.value(property));
  }

  #chain({ of }: NodeOf<'chain'>): Value {
    try {
      return this.value(of);
    } catch (error) {
      if (error instanceof EndOfChain) return null;
      throw error;
    }
  }

  #slice({ of, from, to }: NodeOf<'slice'>): Value {
    const whole = this.value(of);
    const items = itemsOf(whole);
    const text = typeof whole === 'string' ? onlyAscii(whole) : undefined;
    const length = items?.length ?? text?.length;
    if (length === undefined) throw new ExprRuntimeError(`cannot slice ${goType(whole)}`);
    const bound = (node: Node | undefined, otherwise: number): number => {
      if (node === undefined) return otherwise;
      const index = Number(toInt(this.value(node)));
      return Math.max(0, index < 0 ? length + index : index);
    };
    const end = Math.min(bound(to, length), length);
    const start = Math.min(bound(from, 0), end);
    return items?.slice(start, end) ?? text?.slice(start, end) ?? null;
  }

  #call({ callee, args }: NodeOf<'call'>): Value {
    const given = args.map((arg) => this.value(this.#checked.floated.has(arg) ? floated(arg) : arg));
    const target = this.value(callee);
    if (target === null) throw new ExprRuntimeError('invalid operation: cannot call nil');
    if (typeof target !== 'function') throw new ExprRuntimeError(`invalid operation: cannot call non-function of type ${goType(target)}`);
    return target(...given);
  }

  #builtin(node: NodeOf<'builtin'>): Value {
    const [list, predicate] = node.args;
    if (node.name === 'first' && list !== undefined && isFilter(list)) return this.#builtin({ ...list, name: 'find' });
    if (node.name === 'sum' && predicate === undefined && list?.type === 'array' && list.items.length > 1) return list.items.map((item) => this.value(item)).reduce((sum, item) => apply('+', sum, item));
    if (node.name === 'last' && list !== undefined && isFilter(list)) return this.#builtin({ ...list, name: 'findLast' });
    const items = overItems[node.name];
    if (items === undefined || list === undefined) return callBuiltin(node.name, node.args.map((arg) => this.value(arg)));
    const collection = this.value(list);
    const found = itemsOf(collection);
    if (found === undefined) throw new ExprRuntimeError(`reflect: call of reflect.Value.Len on ${goType(collection)}`);
    const each = predicate === undefined ? (item: Value) => item : (item: Value, names: Readonly<Record<string, Value>>) => this.#inScope({ item, names }, predicate);
    const extra = node.args[2];
    return items(found, each, extra === undefined ? undefined : () => this.value(extra));
  }

  #inScope(scope: ItemScope, predicate: Node): Value {
    this.#scopes.push(scope);
    try {
      return this.value(predicate);
    } finally {
      this.#scopes.pop();
    }
  }

  #let({ name, value, body }: NodeOf<'let'>): Value {
    this.#variables.push({ name, value: this.value(value) });
    try {
      return this.value(body);
    } finally {
      this.#variables.pop();
    }
  }
}

/** The compiler makes one search of `first(filter(…))`: what comes after the first hit is never looked at. */
function isFilter(node: Node): node is NodeOf<'builtin'> {
  return node.type === 'builtin' && node.name === 'filter';
}

/** A list of texts that stands in the expression is looked up like a map. */
function isTexts(node: Node): node is NodeOf<'array'> {
  return node.type === 'array' && node.items.length > 0 && node.items.every((item) => item.type === 'string');
}

/** The same with its whole numbers floating, as far as they stand in sums and products. */
function floated(node: Node): Node {
  if (node.type === 'int') return { type: 'float', value: Number(node.value), at: node.at };
  if (node.type === 'unary') return { ...node, of: floated(node.of) };
  return node.type === 'binary' && ['+', '-', '*'].includes(node.operator) ? { ...node, left: floated(node.left), right: floated(node.right) } : node;
}

function asBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new ExprRuntimeError(`interface conversion: interface {} is ${goType(value)}, not bool`);
}

function asText(value: Value): string {
  if (typeof value === 'string') return value;
  throw new ExprRuntimeError(`interface conversion: interface {} is ${goType(value)}, not string`);
}

function textTest(operator: string, left: Value, right: Value): boolean {
  if (left === null || right === null) return false;
  const text = asText(left);
  const part = asText(right);
  if (operator === 'matches') return matches(text, part);
  if (operator === 'contains') return text.includes(part);
  return operator === 'startsWith' ? text.startsWith(part) : text.endsWith(part);
}

const longestRange = 1_000_000n;

function range(from: bigint, to: bigint): Value {
  if (to - from + 1n >= longestRange) throw new ExprRuntimeError('memory budget exceeded');
  const items: bigint[] = [];
  for (let value = from; value <= to; value += 1n) items.push(value);
  return items;
}
