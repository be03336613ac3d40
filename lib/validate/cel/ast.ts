/** An expression of CEL as a tree. */
export type Expression =
  | { readonly type: 'literal'; readonly value: boolean | number | string | null }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly type: 'field'; readonly of: Expression; readonly name: string }
  | { readonly type: 'index'; readonly of: Expression; readonly index: Expression }
  | { readonly type: 'has'; readonly of: Expression; readonly name: string }
  | { readonly type: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly type: 'macro'; readonly name: MacroName; readonly of: Expression; readonly variable: string; readonly body: Expression }
  | { readonly type: 'not' | 'negative'; readonly of: Expression }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'choice'; readonly condition: Expression; readonly then: Expression; readonly otherwise: Expression };

/** The calls that bind a variable to each item of a list or key of a map. */
export const macroNames = ['all', 'exists', 'exists_one', 'filter', 'map'] as const;

/** One of them. */
export type MacroName = (typeof macroNames)[number];
