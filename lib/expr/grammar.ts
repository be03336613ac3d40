/** Operators with two operands: how tightly they bind. */
export const binaryOperators: ReadonlyMap<string, { readonly precedence: number; readonly right?: true }> = new Map([
  ['|', { precedence: 0 }],
  ['or', { precedence: 10 }], ['||', { precedence: 10 }],
  ['and', { precedence: 15 }], ['&&', { precedence: 15 }],
  ...['==', '!=', '<', '>', '>=', '<=', 'in', 'matches', 'contains', 'startsWith', 'endsWith'].map((operator) => [operator, { precedence: 20 }] as const),
  ['..', { precedence: 25 }],
  ['+', { precedence: 30 }], ['-', { precedence: 30 }],
  ['*', { precedence: 60 }], ['/', { precedence: 60 }], ['%', { precedence: 60 }],
  ['**', { precedence: 100, right: true }], ['^', { precedence: 100, right: true }],
  ['??', { precedence: 500 }],
]);

/** Operators with one operand: how tightly they bind. */
export const unaryOperators: ReadonlyMap<string, number> = new Map([['not', 50], ['!', 50], ['-', 90], ['+', 90]]);

/** Operators that "not" may stand before, as in "not in". */
export const negatableOperators: ReadonlySet<string> = new Set(['contains', 'matches', 'startsWith', 'endsWith', 'in']);

/** Operators that may be chained, as in `1 < x < 5`. */
export const comparisons: ReadonlySet<string> = new Set(['<', '>', '>=', '<=']);

/** What the arguments of a function are, and how many of them are needed. */
export interface PredicateArguments {
  readonly args: readonly ('value' | 'predicate')[];
  readonly needed: number;
}

/** Functions that take an expression evaluated for each item. */
export const predicateFunctions: ReadonlyMap<string, PredicateArguments> = new Map<string, PredicateArguments>([
  ...['all', 'none', 'any', 'one', 'filter', 'map', 'find', 'findIndex', 'findLast', 'findLastIndex', 'groupBy']
    .map((name) => [name, { args: ['value', 'predicate'], needed: 2 }] as const),
  ['count', { args: ['value', 'predicate'], needed: 1 }],
  ['sum', { args: ['value', 'predicate'], needed: 1 }],
  ['sortBy', { args: ['value', 'predicate', 'value'], needed: 2 }],
  ['reduce', { args: ['value', 'predicate', 'value'], needed: 2 }],
]);

/** The other functions of the language. */
export const builtinFunctions: ReadonlySet<string> = new Set([
  'len', 'type', 'abs', 'ceil', 'floor', 'round', 'int', 'float', 'string', 'trim', 'trimPrefix', 'trimSuffix', 'upper', 'lower', 'split', 'splitAfter',
  'replace', 'repeat', 'join', 'indexOf', 'lastIndexOf', 'hasPrefix', 'hasSuffix', 'max', 'min', 'mean', 'median', 'toJSON', 'fromJSON', 'toBase64',
  'fromBase64', 'now', 'duration', 'date', 'timezone', 'first', 'last', 'get', 'take', 'keys', 'values', 'toPairs', 'fromPairs', 'reverse', 'uniq',
  'concat', 'flatten', 'sort', 'bitand', 'bitor', 'bitxor', 'bitnand', 'bitshl', 'bitshr', 'bitushr', 'bitnot',
]);
