import { objectsOfTexts } from '../../manifests/object-source.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Fleet } from '../../model/fleet.ts';
import type { Repository } from '../../model/repository.ts';
import { runtimeReposOf } from '../../model/runtime-source.ts';
import { clusterFiles } from '../../runtime-repo/cluster-files.ts';
import { headOf, withReading } from '../../runtime-repo/reading.ts';
import { bootstrap, type Bootstrap } from '../../synth/bootstrap.ts';
import { SlipwayError } from '../../values/errors.ts';

/** A bootstrap as the runtime repo has it at a commit. */
export interface PlannedBootstrap {
  readonly phases: Bootstrap;
  readonly repository: Repository;
  readonly commit: string;
}

/** Reads the runtime repo at its head. @throws SlipwayError when it is empty, can't be reached, or lacks the cluster's folders */
export async function planBootstrap(cluster: Cluster, fleet: Fleet, folder: string): Promise<PlannedBootstrap> {
  const repository = repositoryOf(cluster, fleet);
  const environments = fleet.environments.filter((environment) => environment.clusters.some((each) => each.name === cluster.name)).map(({ name }) => name);
  return await withReading({ folder, repository, now: new Date() }, async (reading) => {
    const commit = await headOf(reading);
    const files = await clusterFiles(reading, commit, cluster.name, environments);
    return { phases: bootstrap(cluster, objectsOfTexts((path) => files.get(path)), repository), repository, commit };
  });
}

/** The commit at which a cluster's runtime repo stands. */
export async function headNow(repository: Repository, folder: string): Promise<string> {
  return await withReading({ folder, repository, now: new Date() }, (reading) => headOf(reading));
}

/** The runtime repo that a cluster with a controller of its own reads. */
export function repositoryOf(cluster: Cluster, fleet: Fleet): Repository {
  const [repository] = runtimeReposOf(cluster, fleet);
  if (repository !== undefined) return repository;
  throw SlipwayError.of(cluster.name, 'expected a runtime repo that a cluster can reach, got the embedded one', 'name one as runtimeRepo in environments/index.ts, and publish to it');
}
