/** An expression of expr-lang, as parsed. `at` is the code point at which it begins, or at which its operator stands. */
export type Node =
  | { readonly type: 'nil'; readonly at: number }
  | { readonly type: 'bool'; readonly value: boolean; readonly at: number }
  | { readonly type: 'int'; readonly value: bigint; readonly at: number }
  | { readonly type: 'float'; readonly value: number; readonly at: number }
  | { readonly type: 'string'; readonly value: string; readonly at: number }
  | { readonly type: 'name'; readonly name: string; readonly at: number }
  | { readonly type: 'pointer'; readonly name: string; readonly at: number }
  | { readonly type: 'unary'; readonly operator: string; readonly of: Node; readonly at: number }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Node; readonly right: Node; readonly at: number }
  | { readonly type: 'member'; readonly of: Node; readonly property: Node; readonly optional: boolean; readonly method: boolean; readonly at: number }
  /** Where an optional member's nil ends the whole chain. */
  | { readonly type: 'chain'; readonly of: Node; readonly at: number }
  | { readonly type: 'slice'; readonly of: Node; readonly from?: Node; readonly to?: Node; readonly at: number }
  | { readonly type: 'call'; readonly callee: Node; readonly args: readonly Node[]; readonly at: number }
  | { readonly type: 'builtin'; readonly name: string; readonly args: readonly Node[]; readonly at: number }
  | { readonly type: 'predicate'; readonly body: Node; readonly at: number }
  | { readonly type: 'choice'; readonly condition: Node; readonly then: Node; readonly otherwise: Node; readonly at: number }
  | { readonly type: 'let'; readonly name: string; readonly value: Node; readonly body: Node; readonly at: number }
  | { readonly type: 'sequence'; readonly nodes: readonly Node[]; readonly at: number }
  | { readonly type: 'array'; readonly items: readonly Node[]; readonly at: number }
  | { readonly type: 'map'; readonly pairs: readonly { readonly key: Node; readonly value: Node }[]; readonly at: number };

/** A node of one type. */
export type NodeOf<Type extends Node['type']> = Extract<Node, { readonly type: Type }>;
