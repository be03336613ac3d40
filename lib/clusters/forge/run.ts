import { text } from 'node:stream/consumers';
import { describeProblem, SlipwayError } from '../../values/errors.ts';
import { manageDeployKey } from './registration.ts';
import type { RegistrationRequest } from './request.ts';

/**
 * The program that registers a deploy key: a request on standard input, the outcome on standard output, what is wrong on standard error.
 * The token is never an argument, a variable or a file.
 */
try {
  process.stdout.write(JSON.stringify(await manageDeployKey(JSON.parse(await text(process.stdin)) as RegistrationRequest)));
} catch (error) {
  process.stderr.write(`${error instanceof SlipwayError ? error.problems.map(describeProblem).join('\n') : error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
