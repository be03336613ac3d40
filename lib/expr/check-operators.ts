import type { NodeOf } from './ast.ts';
import { ExprCompileError } from './errors.ts';
import { arrayOf, bool, float, int, isAssignable, isComparable, isNumber, isUnknown, mayFit, nil, promoted, string, typeName, unknown, type Nature } from './nature.ts';
import { patternProblem } from './pattern.ts';

const timeKinds = ['time', 'duration'] as const;
const numberKinds = ['int', 'float'] as const;

/** The type of an operator's value. @throws ExprCompileError where the types of its operands don't fit */
export function binaryNature(node: NodeOf<'binary'>, left: Nature, right: Nature): Nature {
  const { operator, at } = node;
  if (operator === 'matches' && node.right.type === 'string') {
    const problem = patternProblem(node.right.value);
    if (problem !== undefined) throw new ExprCompileError(problem, at);
  }
  const nature = operator === 'in' ? memberNature(node, left, right) : operator === '??' ? coalesced(left, right) : natures[operator]?.(left, right);
  if (nature === undefined) throw new ExprCompileError(`invalid operation: ${operator} (mismatched types ${typeName(left)} and ${typeName(right)})`, at);
  return nature;
}

type Rule = (left: Nature, right: Nature) => Nature | undefined;

const both = (kind: Nature['kind'], left: Nature, right: Nature): boolean => left.kind === kind && right.kind === kind;
const when = (holds: boolean, nature: Nature): Nature | undefined => (holds ? nature : undefined);
const isSame: Rule = (left, right) => when(isComparable(left, right), bool);
const isTrue: Rule = (left, right) => when(both('bool', left, right) || mayFit(left, right, ['bool']), bool);
const isOrdered: Rule = (left, right) => when((isNumber(left) && isNumber(right)) || (['string', ...timeKinds] as const).some((kind) => both(kind, left, right)) || mayFit(left, right, [...numberKinds, 'string', ...timeKinds]), bool);
const isText: Rule = (left, right) => when(both('string', left, right) || mayFit(left, right, ['string']), bool);
const quotient: Rule = (left, right) => when((isNumber(left) && isNumber(right)) || mayFit(left, right, numberKinds), float);

const natures: Readonly<Record<string, Rule>> = {
  '==': isSame,
  '!=': isSame,
  'or': isTrue,
  '||': isTrue,
  'and': isTrue,
  '&&': isTrue,
  '<': isOrdered,
  '>': isOrdered,
  '<=': isOrdered,
  '>=': isOrdered,
  'matches': isText,
  'contains': isText,
  'startsWith': isText,
  'endsWith': isText,
  '/': quotient,
  '**': quotient,
  '^': quotient,
  '%': (left, right) => when(both('int', left, right) || mayFit(left, right, ['int']), int),
  '..': (left, right) => when(both('int', left, right) || mayFit(left, right, ['int']), arrayOf(int)),
  '+': (left, right) => numeric(left, right) ?? when(both('string', left, right), string) ?? timed(left, right, [['time', 'duration', 'time'], ['duration', 'time', 'time'], ['duration', 'duration', 'duration']])
    ?? when(mayFit(left, right, [...numberKinds, 'string', ...timeKinds]), unknown),
  '-': (left, right) => numeric(left, right) ?? timed(left, right, [['time', 'time', 'duration'], ['time', 'duration', 'time'], ['duration', 'duration', 'duration']])
    ?? when(mayFit(left, right, [...numberKinds, ...timeKinds]), unknown),
  '*': (left, right) => numeric(left, right) ?? timed(left, right, [['int', 'duration', 'duration'], ['float', 'duration', 'duration'], ['duration', 'int', 'duration'], ['duration', 'float', 'duration'], ['duration', 'duration', 'duration']])
    ?? when(mayFit(left, right, [...numberKinds, 'duration']), unknown),
};

function numeric(left: Nature, right: Nature): Nature | undefined {
  return when(isNumber(left) && isNumber(right), promoted(left, right));
}

function timed(left: Nature, right: Nature, table: readonly (readonly [Nature['kind'], Nature['kind'], 'time' | 'duration'])[]): Nature | undefined {
  const row = table.find(([a, b]) => left.kind === a && right.kind === b);
  return row === undefined ? undefined : { kind: row[2] };
}

function memberNature({ at }: NodeOf<'binary'>, left: Nature, right: Nature): Nature | undefined {
  if (right.kind === 'map') {
    if (right.key === 'string' && !isUnknown(left) && left.kind !== 'string') throw new ExprCompileError(`cannot use ${typeName(left)} as type string in map key`, at);
    return bool;
  }
  if (right.kind === 'array') {
    if (!isComparable(left, right.item)) throw new ExprCompileError(`cannot use ${typeName(left)} as type ${typeName(right.item)} in array`, at);
    return bool;
  }
  return when(isUnknown(right) || (isUnknown(left) && right.kind === 'string'), bool);
}

function coalesced(left: Nature, right: Nature): Nature {
  if (left.kind === 'nil') return right.kind === 'nil' ? nil : right;
  if (right.kind === 'nil') return left;
  return isAssignable(right, left) ? left : unknown;
}

