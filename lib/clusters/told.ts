import * as pulumi from '@pulumi/pulumi';
import { describeProblem, SlipwayError } from '../values/errors.ts';

/** Turns what is wrong with the input into one message of Pulumi's, without a stack trace: nothing of it is a fault of the program. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SlipwayError) throw new pulumi.RunError(error.problems.map(describeProblem).join('\n'));
    throw error;
  }
}
