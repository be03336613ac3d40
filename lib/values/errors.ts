/** One thing that is wrong, told so that a person can mend it: where it is, what was expected and what came, what to do. */
export interface Problem {
  /** Where it is: a file with a field path (`environments/prod.ts: clusters[1]`), a construct path, a Git ref or an option. */
  readonly where: string;
  /** What was expected and what came. */
  readonly message: string;
  /** What to do about it. @default - the message says enough */
  readonly fix?: string;
}

/** Exit codes of every command, as the field does it. */
export const exitCodes = {
  /** All went well, or there was nothing to do. */
  ok: 0,
  /** A comparison found a difference, or validation found errors. */
  different: 1,
  /** Bad input, a refusal, or a tool that failed. */
  error: 2,
} as const;

/** An error that carries every problem of a run, so that a person mends them in one go. */
export class SlipwayError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(describeProblem).join('\n'), options);
    this.name = 'SlipwayError';
    this.problems = problems;
  }

  /** An error with a single problem. */
  static of(where: string, message: string, fix?: string): SlipwayError {
    return new SlipwayError([fix === undefined ? { where, message } : { where, message, fix }]);
  }
}

/** One line (or two, with a fix) for a terminal. */
export function describeProblem(problem: Problem): string {
  const line = `${problem.where}: ${problem.message}`;
  return problem.fix === undefined ? line : `${line}\n    fix: ${problem.fix}`;
}

/** Throws all problems at once when there are any, sorted by place. */
export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw new SlipwayError([...problems].sort((a, b) => compareText(a.where, b.where) || compareText(a.message, b.message)));
  }
}

/** Orders by UTF-16 code unit: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
