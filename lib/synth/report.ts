import { describeProblem, exitCodes, SlipwayError } from '../values/errors.ts';

/** Runs what gives an exit code; what it says and what goes wrong are written to a stream, never a stack trace for a user's mistake. */
export async function reportTo(stream: NodeJS.WritableStream, run: (say: (line: string) => void) => Promise<number>): Promise<number> {
  const say = (line: string): void => void stream.write(`${line}\n`);
  try {
    return await run(say);
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    for (const problem of error.problems) say(describeProblem(problem));
    say(`${error.problems.length} ${error.problems.length === 1 ? 'problem' : 'problems'}`);
    return exitCodes.error;
  }
}
