import { unknownDefinitions } from '../dev/definitions.ts';
import type { BootstrapOrder } from '../dev/messages.ts';
import type { DevPlace } from '../dev/place.ts';
import { readState } from '../dev/state.ts';
import { objectsOfTexts } from '../manifests/object-source.ts';
import { clusterFiles } from '../runtime-repo/cluster-files.ts';
import { publishAll } from '../runtime-repo/publish.ts';
import { headOf, withReading } from '../runtime-repo/reading.ts';
import { bootstrap } from '../synth/bootstrap.ts';
import { SlipwayError } from '../values/errors.ts';
import { devPublishing } from './dev-publishing.ts';
import type { Output } from './output.ts';
import { publishingAt } from './publish-jobs.ts';
import { describeResult } from './publish-text.ts';

/** Publishes the workspace to the runtime repo of a local control plane, and says by what the cluster is brought up from there. */
export async function orderFor(place: DevPlace, cwd: string, output: Output): Promise<BootstrapOrder> {
  const state = readState(place);
  const publishing = await devPublishing(place, state, cwd);
  const { cluster, environments } = publishing;
  const now = new Date();
  for (const { result, error } of await publishAll(publishingAt(publishing, { maxRemoval: 1 }, cwd, now, output))) {
    if (error !== undefined) throw error;
    if (result !== undefined) output.say(describeResult(result));
  }
  for (const group of unknownDefinitions(cluster.existingDefinitions)) output.say(`${group}: its definitions can't be had here; what uses them waits until you apply them`);
  const repository = { url: place.runtime, branch: 'main', path: '' };
  return withReading({ folder: cwd, repository, now }, async (reading) => {
    const commit = await headOf(reading);
    const files = await clusterFiles(reading, commit, cluster.name, environments);
    const phases = bootstrap(cluster, objectsOfTexts((path) => files.get(path)));
    if (phases.controller !== state.controller) throw SlipwayError.of('slipway dev', `expected a bootstrap of ${state.controller}, got one of ${phases.controller}`);
    return { bootstrap: phases, commit, existingDefinitions: cluster.existingDefinitions };
  });
}
