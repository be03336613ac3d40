import { objectsOfTexts } from '../../manifests/object-source.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Fleet } from '../../model/fleet.ts';
import type { Repository } from '../../model/repository.ts';
import { runtimeReposOf } from '../../model/runtime-source.ts';
import { exitCodes, SlipwayError } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';

/** What `slipway rebuild` takes. */
export interface RebuildOptions {
  /** The cluster to get back. */
  readonly cluster: string;
  readonly format: 'text' | 'json';
  /** Prints a shell script instead. @default false */
  readonly script?: boolean;
}

/** Prints what has to be applied to an empty cluster to get it back from the runtime repo: one bootstrap and nothing else. Applies nothing itself. */
export async function rebuild(options: RebuildOptions, cwd: string, output: Output): Promise<number> {
  const fleet = await loadWorkspace(cwd);
  const { cluster, repository } = placeOf(options.cluster, fleet);
  const { withReading, headOf } = await import('../../runtime-repo/reading.ts');
  const { clusterFiles } = await import('../../runtime-repo/cluster-files.ts');
  const { bootstrap } = await import('../../synth/bootstrap.ts');
  const environments = fleet.environments.filter((environment) => environment.clusters.some((each) => each.name === cluster.name)).map(({ name }) => name);
  const { files, commit } = await withReading({ folder: cwd, repository, now: new Date() }, async (reading) => {
    const head = await headOf(reading);
    return { files: await clusterFiles(reading, head, cluster.name, environments), commit: head };
  });
  const phases = bootstrap(cluster, objectsOfTexts((path) => files.get(path)), repository);
  const source = { url: repository.url, branch: repository.branch, path: repository.path, commit };
  if (options.script === true) {
    const { rebuildScript } = await import('../rebuild-script.ts');
    output.print(rebuildScript(phases, source));
  } else {
    const { describeRebuild, rebuildData } = await import('../rebuild-text.ts');
    output.print(options.format === 'json' ? JSON.stringify(rebuildData(phases, source), null, 2) : describeRebuild(phases, source));
  }
  return exitCodes.ok;
}

function placeOf(name: string, fleet: Fleet): { readonly cluster: Cluster; readonly repository: Repository } {
  const cluster = fleet.clusters.find((each) => each.name === name);
  if (cluster === undefined) throw SlipwayError.of('<cluster>', `expected a cluster of the fleet, got ${JSON.stringify(name)}.`, `name one.${didYouMean(name, fleet.clusters.map((each) => each.name))}`);
  if (cluster.managedBy !== 'self') {
    throw SlipwayError.of(name, `expected a cluster with a controller of its own, got one that ${cluster.managedBy} manages`, `there is nothing to apply on ${name} itself: give ${cluster.managedBy} a new cluster Secret named cluster-${name}, and it delivers everything again`);
  }
  const [repository] = runtimeReposOf(cluster, fleet);
  if (repository === undefined) {
    throw SlipwayError.of(name, 'expected a runtime repo that a cluster can reach, got the embedded one', 'name one as runtimeRepo in environments/index.ts, publish to it, then rebuild');
  }
  return { cluster, repository };
}
