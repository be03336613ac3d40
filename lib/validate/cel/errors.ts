/** Why an expression cannot be read: a mistake in it, or something that Slipway does not know. */
export class CelSyntaxError extends Error {}

/** Why an expression has no value: a field that is not there, a function that does not take a value. */
export class CelEvaluationError extends Error {}
