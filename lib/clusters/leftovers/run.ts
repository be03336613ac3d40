import { text } from 'node:stream/consumers';
import { describeProblem, SlipwayError } from '../../values/errors.ts';
import { connect } from '../bootstrap/kubernetes-client.ts';
import { findLeftovers } from './find.ts';
import { answerVariable, refuseLeftovers } from './refuse.ts';
import type { LeftoversRequest } from './request.ts';

/**
 * The program that looks for what a cluster would leave in the cloud: a request on standard input, what is found on standard error, and an
 * exit code other than 0 where the cluster must stay. The kubeconfig is never an argument, a variable or a file.
 */
async function main(): Promise<void> {
  const { cluster, kubeconfig } = JSON.parse(await text(process.stdin)) as LeftoversRequest;
  await refuseLeftovers({
    cluster,
    answer: process.env[answerVariable],
    look: async () => await findLeftovers(connect(kubeconfig)),
    tell: (line) => process.stderr.write(`${line}\n`),
  });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof SlipwayError ? error.problems.map(describeProblem).join('\n') : error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
