import type { Cluster } from '../../model/cluster.ts';
import { runtimeReposOf } from '../../model/runtime-source.ts';
import type { Problem } from '../../values/errors.ts';
import type { FleetMap } from './fleet-map.ts';

/** A controller that would have to read several runtime repos: it reads one. */
export function repositoryProblems(map: FleetMap, host: Cluster): Problem[] {
  const repositories = runtimeReposOf(host, map.fleet);
  if (repositories.length <= 1) return [];
  const urls = repositories.map((repository) => (repository === undefined ? 'the embedded one' : `${repository.url} (${repository.branch}${repository.path === '' ? '' : `, ${repository.path}`})`)).sort();
  return [{
    where: `${map.fleet.files.get(`cluster/${host.name}`) ?? host.name}: runtimeRepo`,
    message: `expected one runtime repo for all that the controller of ${host.name} delivers, got ${urls.join(' and ')}`,
    fix: 'name the one to follow as the cluster\'s runtimeRepo, or give the environments clusters of their own',
  }];
}
