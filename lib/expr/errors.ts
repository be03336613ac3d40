/** What is wrong with an expression before it runs: it doesn't parse, or its types don't fit. */
export class ExprCompileError extends Error {
  /** Index of the character (code point) at which it was found. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'ExprCompileError';
    this.at = at;
  }
}

/** What goes wrong while an expression runs: an index out of range, an operation on a value of another type. */
export class ExprRuntimeError extends Error {
  override readonly name = 'ExprRuntimeError';
}

/** What expr-lang can do and Slipway can't foretell: the time of day, the order of a map's keys. Never guessed. */
export class ExprUnknown extends Error {
  override readonly name = 'ExprUnknown';
}
