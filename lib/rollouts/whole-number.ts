/** The whole number that a field of Argo Rollouts is (`IntOrString`): a number, or a text of digits; undefined for anything else, such as an argument that is known later. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.trunc(value);
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
}
