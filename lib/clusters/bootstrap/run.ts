import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeProblem, SlipwayError } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { loadWorkspace } from '../../workspace.ts';
import { executeBootstrap } from './execute.ts';
import { connect } from './kubernetes-client.ts';
import { headNow, planBootstrap } from './plan.ts';
import type { BootstrapOutcome, BootstrapRequest } from './request.ts';

/**
 * The program that bootstraps a cluster: a request on standard input, the outcome on standard output, progress on standard error. The
 * kubeconfig is never an argument, a variable or a file.
 */
async function main(): Promise<BootstrapOutcome> {
  const request = JSON.parse(await text(process.stdin)) as BootstrapRequest;
  const folder = process.cwd();
  const fleet = await loadWorkspace(folder, { pins: 'unchecked' });
  const cluster = fleet.clusters.find(({ name }) => name === request.cluster);
  if (cluster === undefined) throw SlipwayError.of(request.cluster, 'expected a cluster of the fleet.', `name one.${didYouMean(request.cluster, fleet.clusters.map(({ name }) => name))}`);
  const { phases, repository, commit } = await planBootstrap(cluster, fleet, folder);
  await executeBootstrap(connect(request.kubeconfig), phases, {
    commit,
    head: () => headNow(repository, folder),
    adopt: request.adopt,
    follow: request.follow,
    tell: (line) => process.stderr.write(`${line}\n`),
    sleep: (milliseconds) => sleep(milliseconds),
  });
  return { commit };
}

try {
  process.stdout.write(JSON.stringify(await main()));
} catch (error) {
  process.stderr.write(`${error instanceof SlipwayError ? error.problems.map(describeProblem).join('\n') : error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
