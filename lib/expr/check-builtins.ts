import type { NodeOf } from './ast.ts';

import { ExprCompileError } from './errors.ts';
import { signatures } from './signatures.ts';
import { anyArray, anything, arrayOf, bool, float, int, isUnknown, string, typeName, unknown, type Nature } from './nature.ts';
import type { TypeWalk } from './walk.ts';

/** The type of a call of one of the language's own functions. @throws ExprCompileError where its arguments don't fit */
export function checkBuiltin(checker: TypeWalk, node: NodeOf<'builtin'>): Nature {
  if (overItems.has(node.name)) return checkOverItems(checker, node);
  if (node.name === 'get') return checkGet(checker, node);
  const own = rules[node.name];
  if (own !== undefined) return own(node.args.map((arg) => checker.visit(arg)).map((arg) => (isUnknown(arg) ? anything : arg)), node);
  return checkOverloads(checker, node);
}

const overItems: ReadonlySet<string> = new Set(['all', 'none', 'any', 'one', 'filter', 'map', 'count', 'sum', 'find', 'findLast', 'findIndex', 'findLastIndex', 'groupBy', 'sortBy', 'reduce']);
const wantBool: ReadonlySet<string> = new Set(['all', 'none', 'any', 'one', 'filter', 'count', 'find', 'findLast', 'findIndex', 'findLastIndex']);

function checkOverItems(checker: TypeWalk, { name, args: [list, predicate, extra] }: NodeOf<'builtin'>): Nature {
  if (list === undefined) return unknown;
  const collection = checker.visit(list);
  if (collection.kind !== 'array' && !isUnknown(collection)) throw new ExprCompileError(`builtin ${name} takes only array (got ${typeName(collection)})`, list.at);
  const item = collection.kind === 'array' ? collection.item : unknown;
  if (predicate === undefined) return name === 'count' ? int : item;
  const names: Readonly<Record<string, Nature>> = name === 'map' ? { index: int } : name === 'reduce' ? { index: int, acc: unknown } : {};
  const out = checker.within(collection, names, predicate);
  if (out.kind === 'nil') throw new ExprCompileError('predicate should has one input and one output param', predicate.at);
  if (wantBool.has(name) && out.kind !== 'bool' && !isUnknown(out)) throw new ExprCompileError(`predicate should return boolean (got ${typeName(out)})`, predicate.at);
  if (extra !== undefined) checker.visit(extra);
  switch (name) {
    case 'filter': return collection.kind === 'array' ? arrayOf(item) : anyArray;
    case 'map': return arrayOf(out);
    case 'count':
    case 'findIndex':
    case 'findLastIndex': return int;
    case 'sum': return isUnknown(out) ? anything : out;
    case 'reduce': return out;
    case 'find':
    case 'findLast': return item;
    case 'groupBy': return { kind: 'map', key: 'any', item: arrayOf(item) };
    case 'sortBy': return collection;
    default: return bool;
  }
}

function checkGet(checker: TypeWalk, { args, at }: NodeOf<'builtin'>): Nature {
  const [of, key] = args;
  if (of === undefined || key === undefined || args.length !== 2) throw new ExprCompileError(`invalid number of arguments (expected 2, got ${args.length})`, at);
  const base = checker.visit(of);
  const index = checker.visit(key);
  if (isUnknown(base)) return unknown;
  if (base.kind === 'array') {
    if (index.kind !== 'int' && !isUnknown(index)) throw new ExprCompileError(`non-integer slice index ${typeName(index)}`, key.at);
    return base.item;
  }
  if (base.kind === 'map') {
    if (base.key === 'string' && index.kind !== 'string' && !isUnknown(index)) throw new ExprCompileError(`cannot use ${typeName(index)} to get an element from ${typeName(base)}`, key.at);
    return base.item;
  }
  throw new ExprCompileError(`type ${typeName(base)} does not support indexing`, of.at);
}

function checkOverloads(checker: TypeWalk, { name, args, at }: NodeOf<'builtin'>): Nature {
  let problem: ExprCompileError | undefined;
  for (const signature of signatures[name] ?? []) {
    try {
      return checker.arguments(name, signature, args, at);
    } catch (error) {
      if (!(error instanceof ExprCompileError)) throw error;
      problem = error;
    }
  }
  throw problem ?? new ExprCompileError(`no matching overload for ${name}`, at);
}

type Rule = (args: readonly Nature[], node: NodeOf<'builtin'>) => Nature;

/** One argument, of one of some kinds. */
function one(kinds: readonly Nature['kind'][], result: (arg: Nature) => Nature, message: (type: string, name: string) => string = (type, name) => `invalid argument for ${name} (type ${type})`): Rule {
  return (args, { name, at }) => {
    const [arg] = args;
    if (arg === undefined || args.length !== 1) throw new ExprCompileError(`invalid number of arguments (expected 1, got ${args.length})`, at);
    if (!isUnknown(arg) && !kinds.includes(arg.kind)) throw new ExprCompileError(message(typeName(arg), name), at);
    return result(arg);
  };
}

const rounding = one(['int', 'float'], () => float);
const itemOf = one(['array'], (arg) => (arg.kind === 'array' ? goItem(arg.go) : anything), (type, name) => `cannot get ${name} element from ${type}`);
const listed = (verb: string): Rule => one(['array'], () => anyArray, (type) => `cannot ${verb} ${type}`);
const ofMap = (verb: string): Rule => one(['map'], () => anyArray, (type) => `cannot ${verb} ${type}`);

/** Only the Go type of a list counts here, not what is known of its items. */
function goItem(go: string): Nature {
  return go === 'float' ? float : go === 'int' ? int : go === 'string' ? string : anything;
}

const aggregate: Rule = (args, { name, at }) => {
  if (args.length === 0) throw new ExprCompileError(`not enough arguments to call ${name}`, at);
  for (const arg of args) {
    if (isUnknown(arg) || arg.kind === 'array') return anything;
    if (arg.kind !== 'int' && arg.kind !== 'float') throw new ExprCompileError(`invalid argument for ${name} (type ${typeName(arg)})`, at);
  }
  return args[0] ?? anything;
};

const rules: Readonly<Record<string, Rule>> = {
  len: one(['array', 'map', 'string'], () => int),
  abs: one(['int', 'float'], (arg) => arg),
  ceil: rounding,
  floor: rounding,
  round: rounding,
  int: one(['int', 'float', 'string'], () => int),
  float: one(['int', 'float', 'string'], () => float),
  max: aggregate,
  min: aggregate,
  mean: aggregate,
  median: aggregate,
  first: itemOf,
  last: itemOf,
  keys: ofMap('get keys from'),
  values: ofMap('get values from'),
  toPairs: ofMap('transform to pairs'),
  fromPairs: one(['array'], () => ({ kind: 'map', key: 'any', item: anything }), (type) => `cannot transform ${type} from pairs`),
  reverse: listed('reverse'),
  uniq: listed('uniq'),
  flatten: listed('flatten'),
  concat: (args, { at }) => {
    if (args.length === 0) throw new ExprCompileError('invalid number of arguments (expected at least 1, got 0)', at);
    const wrong = args.find((arg) => arg.kind !== 'array' && !isUnknown(arg));
    if (wrong !== undefined) throw new ExprCompileError(`cannot concat ${typeName(wrong)}`, at);
    return anyArray;
  },
  take: (args, { at }) => {
    const [list, count] = args;
    if (list === undefined || count === undefined || args.length !== 2) throw new ExprCompileError(`invalid number of arguments (expected 2, got ${args.length})`, at);
    if (list.kind !== 'array' && !isUnknown(list)) throw new ExprCompileError(`cannot take from ${typeName(list)}`, at);
    if (count.kind !== 'int' && !isUnknown(count)) throw new ExprCompileError(`cannot take ${typeName(count)} elements`, at);
    return list.kind === 'array' ? { ...list, item: goItem(list.go) } : anything;
  },
  now: (args, { at }) => {
    if (args.length > 1 || (args.length === 1 && args[0]?.kind !== 'location')) throw new ExprCompileError(`invalid number of arguments (expected 0, got ${args.length})`, at);
    return { kind: 'time' };
  },
  date: (args, { at }) => {
    if (args.length === 0) throw new ExprCompileError('invalid number of arguments (expected at least 1, got 0)', at);
    if (args.length - (args[0]?.kind === 'location' ? 1 : 0) > 3) throw new ExprCompileError(`invalid number of arguments (expected at most 3, got ${args.length})`, at);
    return { kind: 'time' };
  },
};

/** Whether a node is one that the checker treats by itself; for tests of the table's completeness. */
export function isChecked(name: string): boolean {
  return overItems.has(name) || name === 'get' || Object.hasOwn(rules, name) || Object.hasOwn(signatures, name);
}

