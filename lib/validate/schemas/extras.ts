import { Walk } from './issue.ts';
import type { NodeExtras, SchemaNode } from './node.ts';
import { withDefaults } from './defaults.ts';

type Check = (node: SchemaNode, value: unknown, walk: Walk) => void;

/** Checks conditions and alternatives of a value whose form is right. */
export function checkExtras(node: SchemaNode, extras: NodeExtras, value: unknown, walk: Walk, check: Check): void {
  for (const part of extras.allOf) check(part, value, walk);
  if (extras.anyOf.length > 0 && !extras.anyOf.some((part) => fits(part, value, check))) walk.note('wrong-value', `expected a value that fits at least one of ${extras.anyOf.length} alternatives, got one that fits none`);
  if (extras.oneOf.length > 0) {
    const fitting = extras.oneOf.filter((part) => fits(part, value, check)).length;
    if (fitting !== 1) walk.note('wrong-value', `expected a value that fits exactly one of ${extras.oneOf.length} alternatives, got one that fits ${fitting}`);
  }
  if (extras.not !== undefined && fits(extras.not, value, check)) walk.note('wrong-value', 'expected a value that does not fit a schema, got one that does');
  if (extras.conditions.length === 0) return;
  // Built-in kinds have no defaults in their schemas.
  const self = node.builtIn ? value : withDefaults(node, value);
  for (const { program, message } of extras.conditions) {
    if (program.unknown !== undefined) walk.note('unchecked-condition', `a condition of the schema cannot be checked here (${program.unknown}): ${message}`);
    else if (!program.holds(self)) walk.note('broken-condition', message);
  }
}

function fits(part: SchemaNode, value: unknown, check: Check): boolean {
  const walk = new Walk();
  check(part, value, walk);
  return walk.issues.length === 0;
}
