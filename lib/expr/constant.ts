import type { Node } from './ast.ts';
import { ExprCompileError } from './errors.ts';
import { apply, equal, negate } from './operators.ts';
import type { Value } from './value.ts';

type Constant = boolean | bigint | number | string;

/**
 * The value of a part that has no names in it, as expr-lang's compiler works it out beforehand; undefined where it doesn't.
 * It matters for what is never run: `x and false` is false whatever x does. @throws ExprCompileError for a whole number divided by zero
 */
export function constantOf(node: Node): Constant | undefined {
  switch (node.type) {
    case 'bool':
    case 'int':
    case 'float':
    case 'string': return node.value;
    case 'unary': return unaryConstant(node.operator, constantOf(node.of));
    case 'binary': return binaryConstant(node);
    default: return undefined;
  }
}

function unaryConstant(operator: string, value: Constant | undefined): Constant | undefined {
  if (operator === '!' || operator === 'not') return typeof value === 'boolean' ? !value : undefined;
  if (typeof value !== 'bigint' && typeof value !== 'number') return undefined;
  return operator === '-' ? negate(value) as Constant : value;
}

const arithmetic: ReadonlySet<string> = new Set(['+', '-', '*', '/', '**', '^']);

function binaryConstant(node: Extract<Node, { readonly type: 'binary' }>): Constant | undefined {
  const left = constantOf(node.left);
  const right = constantOf(node.right);
  switch (node.operator) {
    case 'and':
    case '&&': return combined(left, right, false);
    case 'or':
    case '||': return combined(left, right, true);
    case '==': return typeof left === typeof right && left !== undefined && right !== undefined && typeof left !== 'number' ? equal(left, right) : undefined;
    case '%':
      if (typeof left !== 'bigint' || typeof right !== 'bigint') return undefined;
      if (right === 0n) throw new ExprCompileError('integer divide by zero', node.at);
      return left % right;
    default:
      if (!arithmetic.has(node.operator) || left === undefined || right === undefined) return undefined;
      if (isNumber(left) && isNumber(right)) return apply(node.operator, left, right) as Constant;
      return node.operator === '+' && typeof left === 'string' && typeof right === 'string' ? left + right : undefined;
  }
}

/** One side that decides is enough, also the right one. */
function combined(left: Constant | undefined, right: Constant | undefined, deciding: boolean): boolean | undefined {
  if (left === deciding || right === deciding) return deciding;
  return left === !deciding && right === !deciding ? !deciding : undefined;
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

/** Looks for what the compiler would refuse while it works out constants. @throws ExprCompileError */
export function refuseBadConstants(node: Node): void {
  constantOf(node);
  for (const part of Object.values(node) as readonly unknown[]) visitPart(part);
}

function visitPart(part: unknown): void {
  if (Array.isArray(part)) part.forEach(visitPart);
  else if (typeof part === 'object' && part !== null) {
    if ('type' in part) refuseBadConstants(part as Node);
    else Object.values(part).forEach(visitPart);
  }
}
