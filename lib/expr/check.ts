import type { Node, NodeOf } from './ast.ts';
import { checkBuiltin } from './check-builtins.ts';
import { binaryNature } from './check-operators.ts';
import { ExprCompileError } from './errors.ts';
import { builtinFunctions, predicateFunctions } from './grammar.ts';
import { anyArray, anything, anyMap, arrayOf, bool, float, int, isAssignable, isNumber, isUnknown, nil, string, typeName, unknown, type Nature } from './nature.ts';
import type { TypeWalk } from './walk.ts';

/** The names that an expression may use, and what is known of them. */
export type Environment = ReadonlyMap<string, Nature>;

interface Scope {
  readonly collection: Nature;
  readonly names: Readonly<Record<string, Nature>>;
}

/** Checks an expression's types against its environment, as expr-lang's compiler does. @throws ExprCompileError */
export function checkExpr(node: Node, environment: Environment): Checked {
  const checker = new Checker(environment);
  const nature = checker.visit(node);
  return { nature, typedEqualities: checker.typedEqualities, floated: checker.floated };
}

/** What is known of an expression before it runs. */
export interface Checked {
  readonly nature: Nature;
  /** Comparisons for equality of two whole numbers or two texts, by what is known beforehand: the controller fails where one turns out to be something else. */
  readonly typedEqualities: ReadonlyMap<Node, 'bigint' | 'string'>;
  /** Arguments of whole numbers where floating ones are wanted: the numbers that stand in them are read as floating. */
  readonly floated: ReadonlySet<Node>;
}

/** The walk; the rules of functions and operators stand beside it. */
class Checker implements TypeWalk {
  readonly typedEqualities = new Map<Node, 'bigint' | 'string'>();
  readonly floated = new Set<Node>();
  readonly #environment: Environment;
  readonly #variables: { readonly name: string; readonly nature: Nature }[] = [];
  readonly #scopes: Scope[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  visit(node: Node): Nature {
    switch (node.type) {
      case 'nil': return nil;
      case 'bool': return bool;
      case 'int': return int;
      case 'float': return float;
      case 'string': return string;
      case 'name': return this.#name(node.name, node.at);
      case 'pointer': return this.#pointer(node);
      case 'unary': return this.#unary(node);
      case 'binary': return this.#binary(node);
      case 'member': return this.#member(node);
      case 'chain': return this.visit(node.of);
      case 'slice': return this.#slice(node);
      case 'call': return this.#call(node);
      case 'builtin': return checkBuiltin(this, node);
      case 'predicate': return this.visit(node.body);
      case 'choice': return this.#choice(node);
      case 'let': return this.#let(node);
      case 'sequence': return node.nodes.map((each) => this.visit(each)).at(-1) ?? unknown;
      case 'array': return this.#array(node.items.map((item) => this.visit(item)));
      case 'map':
        for (const { key, value } of node.pairs) {
          this.visit(key);
          this.visit(value);
        }
        return anyMap;
    }
  }

  /** Visits a predicate with its item in scope. */
  within(collection: Nature, names: Readonly<Record<string, Nature>>, predicate: Node): Nature {
    this.#scopes.push({ collection, names });
    const nature = this.visit(predicate);
    this.#scopes.pop();
    return nature;
  }

  #name(name: string, at: number): Nature {
    const variable = this.#variables.findLast((each) => each.name === name);
    if (variable !== undefined) return variable.nature;
    if (name === '$env') return unknown;
    const known = this.#environment.get(name);
    if (known !== undefined) return known;
    if (builtinFunctions.has(name) || predicateFunctions.has(name)) return unknown;
    throw new ExprCompileError(`unknown name ${name}`, at);
  }

  #pointer({ name, at }: NodeOf<'pointer'>): Nature {
    const scope = this.#scopes.at(-1);
    if (scope === undefined) throw new ExprCompileError('cannot use pointer accessor outside predicate', at);
    if (name === '') return scope.collection.kind === 'array' ? scope.collection.item : unknown;
    const found = Object.hasOwn(scope.names, name) ? scope.names[name] : undefined;
    if (found === undefined) throw new ExprCompileError(`unknown pointer #${name}`, at);
    return found;
  }

  #unary({ operator, of, at }: NodeOf<'unary'>): Nature {
    const nature = this.visit(of);
    const negates = operator === '!' || operator === 'not';
    if (negates && (nature.kind === 'bool' || isUnknown(nature))) return bool;
    if (!negates && isNumber(nature)) return nature;
    if (!negates && isUnknown(nature)) return unknown;
    throw new ExprCompileError(`invalid operation: ${operator} (mismatched type ${typeName(nature)})`, at);
  }

  #binary(node: NodeOf<'binary'>): Nature {
    const left = this.visit(node.left);
    const right = this.visit(node.right);
    const kind = goKind(left);
    if ((node.operator === '==' || node.operator === '!=') && kind === goKind(right) && (kind === 'int' || kind === 'string')) this.typedEqualities.set(node, kind === 'int' ? 'bigint' : 'string');
    return binaryNature(node, left, right);
  }

  #member({ of, property, method, at, optional }: NodeOf<'member'>): Nature {
    if (of.type === 'name' && of.name === '$env') return this.#ofEnvironment(property, optional);
    const base = this.visit(of);
    const key = this.visit(property);
    if (isUnknown(base)) return unknown;
    if (base.kind === 'nil' && property.type === 'string') throw new ExprCompileError(`type nil has no field ${property.value}`, at);
    if (base.kind === 'map') {
      if (base.key === 'string' && key.kind !== 'string' && !isUnknown(key)) throw new ExprCompileError(`cannot use ${typeName(key)} to get an element from ${typeName(base)}`, property.at);
      return base.item;
    }
    if (base.kind === 'array') {
      if (key.kind !== 'int' && !isUnknown(key)) throw new ExprCompileError(`array elements can only be selected using an integer (got ${typeName(key)})`, property.at);
      return base.item;
    }
    if (property.type === 'string') throw new ExprCompileError(`type ${typeName(base)} has no ${method ? 'method' : 'field'} ${property.value}`, at);
    throw new ExprCompileError(`type ${typeName(base)}[${typeName(key)}] is undefined`, at);
  }

  #ofEnvironment(property: Node, optional: boolean): Nature {
    if (property.type !== 'string') return unknown;
    const known = this.#environment.get(property.value);
    if (known === undefined && !optional) throw new ExprCompileError(`unknown name ${property.value}`, property.at);
    return known ?? unknown;
  }

  #slice({ of, from, to, at }: NodeOf<'slice'>): Nature {
    const nature = this.visit(of);
    if (isUnknown(nature)) return unknown;
    if (nature.kind !== 'string' && nature.kind !== 'array') throw new ExprCompileError(`cannot slice ${typeName(nature)}`, at);
    for (const bound of [from, to]) {
      if (bound === undefined) continue;
      const index = this.visit(bound);
      if (index.kind !== 'int' && !isUnknown(index)) throw new ExprCompileError(`non-integer slice index ${typeName(index)}`, bound.at);
    }
    return nature;
  }

  #call({ callee, args, at }: NodeOf<'call'>): Nature {
    const nature = this.visit(callee);
    if (isUnknown(nature)) return unknown;
    const name = callee.type === 'name' ? callee.name : 'function';
    if (nature.kind === 'nil') throw new ExprCompileError(`${name} is nil; cannot call nil as function`, at);
    if (nature.kind !== 'function') throw new ExprCompileError(`${typeName(nature)} is not callable`, at);
    return this.arguments(name, nature, args, at);
  }

  /** Checks the arguments of a call; gives what it returns. */
  arguments(name: string, { parameters, result }: { readonly parameters: readonly Nature[]; readonly result: Nature }, args: readonly Node[], at: number): Nature {
    if (args.length !== parameters.length) throw new ExprCompileError(`${args.length > parameters.length ? 'too many' : 'not enough'} arguments to call ${name}`, at);
    args.forEach((arg, index) => {
      const wanted = parameters[index] ?? anything;
      const nature = this.visit(arg);
      if (nature.kind === 'int' && wanted.kind === 'float') this.floated.add(arg);
      // Whole numbers become floating ones, and whole ones of another size.
      if (nature.kind === 'int' && (wanted.kind === 'float' || wanted.kind === 'int')) return;
      if (isUnknown(nature) || (nature.kind !== 'nil' && isAssignable(nature, wanted)) || (nature.kind === 'nil' && isUnknown(wanted))) return;
      throw new ExprCompileError(`cannot use ${nature.kind === 'nil' ? 'nil' : typeName(nature)} as argument (type ${typeName(wanted)}) to call ${name}`, arg.at);
    });
    return result;
  }

  #choice({ condition, then, otherwise }: NodeOf<'choice'>): Nature {
    const nature = this.visit(condition);
    if (nature.kind !== 'bool' && !isUnknown(nature)) throw new ExprCompileError(`non-bool expression (type ${typeName(nature)}) used as condition`, condition.at);
    const first = this.visit(then);
    const second = this.visit(otherwise);
    if (first.kind === 'nil') return second;
    if (second.kind === 'nil') return first;
    if (!isAssignable(first, second)) return unknown;
    if (first.kind === 'array' && second.kind === 'array' && !(isAssignable(first.item, second.item) && isAssignable(second.item, first.item))) return anyArray;
    return first;
  }

  #let({ name, value, body, at }: NodeOf<'let'>): Nature {
    if (this.#environment.has(name)) throw new ExprCompileError(`cannot redeclare ${name}`, at);
    if (builtinFunctions.has(name) || predicateFunctions.has(name)) throw new ExprCompileError(`cannot redeclare builtin ${name}`, at);
    if (this.#variables.some((each) => each.name === name)) throw new ExprCompileError(`cannot redeclare variable ${name}`, at);
    this.#variables.push({ name, nature: this.visit(value) });
    const nature = this.visit(body);
    this.#variables.pop();
    return nature;
  }

  /** Items of one kind in Go's sense make a list of what the last one is. */
  #array(items: readonly Nature[]): Nature {
    const last = items.at(-1);
    if (last === undefined) return arrayOf(unknown);
    return items.every((item) => goKind(item) === goKind(last)) ? arrayOf(last) : anyArray;
  }
}

function goKind(nature: Nature): string {
  if (nature.kind === 'int') return nature.size;
  return nature.kind === 'nil' || (nature.kind === 'unknown' && !nature.any) ? 'invalid' : nature.kind;
}
