import type { Fleet } from '../model/fleet.ts';
import { hostOf, runtimeReposOf } from '../model/runtime-source.ts';
import type { MissingUpstream } from '../upstream/units.ts';
import { clustersOf, type RenderOptions } from './render.ts';

/** What a person has to know of a render though nothing is wrong with it, a line each. */
export function noticesOf(fleet: Fleet, options: RenderOptions, missing: readonly MissingUpstream[]): string[] {
  return [...missingNotices(missing), ...unreachable(fleet, options)];
}

const reasons = {
  unpinned: 'nobody has had the bytes of',
  absent: 'not vendored here:',
  damaged: 'vendored, but not as locked:',
} as const;

/** A line for each command that mends something. */
function missingNotices(missing: readonly MissingUpstream[]): string[] {
  const groups = new Map<string, MissingUpstream[]>();
  for (const each of missing) groups.set(`${each.reason} ${each.fix}`, [...(groups.get(`${each.reason} ${each.fix}`) ?? []), each]);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [`${reasons[first.reason]} ${group.map(({ name, version }) => `${name} ${version}`).join(', ')} (what stands on ${group.length === 1 ? 'it' : 'them'} is rendered): ${first.fix}`];
  });
}

/** Clusters whose runtime repo is the embedded one: nothing but this machine reads it. */
function unreachable(fleet: Fleet, { environments }: RenderOptions): string[] {
  const clusters = environments === undefined ? fleet.clusters : clustersOf(fleet, fleet.environments.filter((environment) => environments.includes(environment.name)));
  const without = clusters.filter((cluster) => hostOf(cluster, fleet) === cluster && runtimeReposOf(cluster, fleet).includes(undefined)).map((cluster) => cluster.name);
  if (without.length === 0) return [];
  const some = without.length > 5 ? `${without.slice(0, 5).join(', ')} and ${without.length - 5} more` : without.join(', ');
  return [`no cluster can read the embedded runtime repo (${some}): name yours as runtimeRepo in environments/index.ts`];
}
