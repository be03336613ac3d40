import { layout } from '../../manifests/layout.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Fleet } from '../../model/fleet.ts';
import { hostOf } from '../../model/runtime-source.ts';
import { headOf, textsBelow, withReading } from '../../runtime-repo/reading.ts';
import { SlipwayError } from '../../values/errors.ts';
import { repositoryOf } from '../bootstrap/plan.ts';

/** Sees that the runtime repo has what a hub delivers to a member. @throws SlipwayError when it is empty, can't be reached, or lacks the member's folder */
export async function planMember(cluster: Cluster, fleet: Fleet, folder: string): Promise<void> {
  const members = layout.root(cluster.name, cluster.managedBy);
  await withReading({ folder, repository: repositoryOf(hostOf(cluster, fleet), fleet), now: new Date() }, async (reading) => {
    const texts = await textsBelow(reading, await headOf(reading), [`${members}/`]);
    if (!texts.has(layout.kustomization(members))) throw SlipwayError.of(cluster.name, `expected ${members}/ in the runtime repo ${reading.name}, found no such folder`, 'publish the environments of this cluster first');
  });
}
