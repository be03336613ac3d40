import { RE2JS } from 're2js';
import { ExprRuntimeError } from './errors.ts';

const compiled = new Map<string, RE2JS | string>();

/** Patterns are RE2's: the same one is read once. */
function patternOf(pattern: string): RE2JS | string {
  let known = compiled.get(pattern);
  if (known === undefined) {
    try {
      known = RE2JS.compile(pattern);
    } catch (error) {
      known = `error parsing regexp: ${error instanceof Error ? error.message : String(error)}`;
    }
    compiled.set(pattern, known);
  }
  return known;
}

/** Why a text is no regular expression of RE2; undefined where it is one. */
export function patternProblem(pattern: string): string | undefined {
  const found = patternOf(pattern);
  return typeof found === 'string' ? found : undefined;
}

/** Whether a pattern is found anywhere in a text. @throws ExprRuntimeError where the pattern is none */
export function matches(text: string, pattern: string): boolean {
  const found = patternOf(pattern);
  if (typeof found === 'string') throw new ExprRuntimeError(found);
  return found.matcher(text).find();
}
