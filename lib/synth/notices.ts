import type { Fleet } from '../model/fleet.ts';
import { hostOf, runtimeReposOf } from '../model/runtime-source.ts';
import type { MissingUpstream } from '../upstream/units.ts';
import { clustersOf, type RenderOptions } from './render.ts';

/** What a person has to know of a render though nothing is wrong with it, a line each. */
export function noticesOf(fleet: Fleet, options: RenderOptions, missing: readonly MissingUpstream[]): string[] {
  return [...missing.map(({ where, message, fix }) => `${where}: ${message}; what stands on it is rendered nevertheless. Mend it: ${fix}`), ...unreachable(fleet, options)];
}

/** Clusters whose runtime repo is the embedded one: nothing but this machine reads it. */
function unreachable(fleet: Fleet, { environments }: RenderOptions): string[] {
  const clusters = environments === undefined ? fleet.clusters : clustersOf(fleet, fleet.environments.filter((environment) => environments.includes(environment.name)));
  const without = clusters.filter((cluster) => hostOf(cluster, fleet) === cluster && runtimeReposOf(cluster, fleet).includes(undefined)).map((cluster) => cluster.name);
  if (without.length === 0) return [];
  const some = without.length > 5 ? `${without.slice(0, 5).join(', ')} and ${without.length - 5} more` : without.join(', ');
  return [`the runtime repo is the embedded one, which no cluster can read: the controllers of ${some} are rendered for https://runtime-repo.invalid. Name yours: runtimeRepo in environments/index.ts`];
}
