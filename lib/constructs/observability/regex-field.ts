import { checkedText, describeValue } from '../../model/schema.ts';

/** A regular expression. */
export const regexSchema = checkedText((text) => isRegex(text) ? undefined : `expected a regular expression, got ${describeValue(text)}`);

function isRegex(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
