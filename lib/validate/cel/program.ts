import { ready, type Evaluate } from './evaluate.ts';
import { CelEvaluationError, CelSyntaxError } from './errors.ts';
import { parseCel } from './parser.ts';

/** A condition of a schema, read once. */
export interface Program {
  /** Why it cannot be checked; undefined when it can. */
  readonly unknown: string | undefined;
  /** Whether it holds for a value; an expression without a value does not hold, as the API server sees it. */
  readonly holds: (self: unknown) => boolean;
}

const programs = new Map<string, Program>();

/** A condition, which is read on first use, and once however many schemas have it. */
export function compileProgram(source: string): Program {
  let program = programs.get(source);
  if (program === undefined) programs.set(source, (program = lazyProgram(source)));
  return program;
}

function lazyProgram(source: string): Program {
  let read: Evaluate | CelSyntaxError | undefined;
  const parsed = (): Evaluate | CelSyntaxError => (read ??= parse(source));
  return {
    get unknown() {
      const result = parsed();
      return result instanceof CelSyntaxError ? result.message : undefined;
    },
    holds(self) {
      const evaluate = parsed();
      if (evaluate instanceof CelSyntaxError) return true;
      try {
        return evaluate({ name: 'self', value: self }) === true;
      } catch (error) {
        if (error instanceof CelEvaluationError || error instanceof SyntaxError) return false;
        throw error;
      }
    },
  };
}

function parse(source: string): Evaluate | CelSyntaxError {
  try {
    return ready(parseCel(source));
  } catch (error) {
    if (error instanceof CelSyntaxError) return error;
    throw error;
  }
}
