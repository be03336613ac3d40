import type { Node } from './ast.ts';
import type { Nature } from './nature.ts';

/** What the rules of functions need of the walk over an expression's types. */
export interface TypeWalk {
  visit(node: Node): Nature;
  /** Visits a predicate with its item in scope. */
  within(collection: Nature, names: Readonly<Record<string, Nature>>, predicate: Node): Nature;
  /** Checks the arguments of a call; gives what it returns. */
  arguments(name: string, form: { readonly parameters: readonly Nature[]; readonly result: Nature }, args: readonly Node[], at: number): Nature;
}
