import { FleetMap } from '../charts/delivery/fleet-map.ts';
import { FolderBook } from '../charts/delivery/folder-book.ts';
import { nameProblems } from '../charts/delivery/name-problems.ts';
import { repositoryProblems } from '../charts/delivery/problems.ts';
import type { RenderedUnit } from '../manifests/rendered.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Environment } from '../model/environment.ts';
import type { Fleet } from '../model/fleet.ts';
import type { UpstreamReference } from '../model/upstream.ts';
import { hostOf } from '../model/runtime-source.ts';
import { reachedBy } from '../model/waves.ts';
import { SlipwayError } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';
import { renderApp } from './app-unit.ts';
import { hostRender, hostUnits, memberUnits } from './cluster-units.ts';
import { environmentUnit } from './environment-unit.ts';
import type { RenderProblem } from './render-problem.ts';
import { waveUnit } from './wave-unit.ts';

/** What to render of a fleet. */
export interface RenderOptions {
  /** The environments, with their clusters and the hubs of those. @default - all, and every cluster */
  readonly environments?: readonly string[];
  /** How far a change has come, counted from 1: environments with more waves render what the clusters of these take, and leave the others alone. @default - all clusters */
  readonly wave?: number;
  /** Renders the upstream manifests on which units stand, each asked for as often as it is used. @default - none is rendered */
  readonly upstream?: (needs: readonly UpstreamReference[]) => readonly RenderedUnit[];
}

/**
 * Renders a fleet unit by unit, in a fixed order, so that no more than one app's constructs are ever held: first every app, once for
 * each environment, then what each cluster has. Everything that is wrong is added to the problems; a unit with problems must not be used.
 * What a subset gives is byte for byte what the whole gives.
 */
export function* renderFleet(fleet: Fleet, options: RenderOptions, problems: RenderProblem[]): Generator<RenderedUnit, void, void> {
  const environments = chosen(fleet, options.environments);
  const book = new FolderBook();
  for (const environment of environments) {
    for (const app of fleet.apps) {
      if (!app.environments.includes(environment.name)) continue;
      const found: RenderProblem[] = [];
      const reached = reachedIn(environment, options);
      const rendered = renderApp(fleet, app, environment, found);
      const unit = reached === undefined ? rendered : waveUnit(rendered, reached);
      if (found.length > 0) {
        const times = environments.filter((each) => app.environments.includes(each.name)).length;
        problems.push(...found.map((problem) => ({ ...problem, rendered: times })));
      } else {
        book.note(unit);
      }
      if (unit.files.length > 0) yield unit;
    }
  }
  const needs = new Map<string, UpstreamReference>();
  const clusters = options.environments === undefined && options.wave === undefined ? fleet.clusters : clustersOf(fleet, environments, options.wave);
  yield* renderClusters({ map: new FleetMap(fleet), clusters, environments, book, needs, problems, reached: (environment) => reachedIn(environment, options) });
  if (options.upstream !== undefined) yield* options.upstream([...needs.values()]);
}

interface ClustersRender {
  readonly map: FleetMap;
  readonly clusters: readonly Cluster[];
  readonly environments: Fleet['environments'];
  readonly book: FolderBook;
  /** What the units of clusters stand on, by unit; filled as they are rendered. */
  readonly needs: Map<string, UpstreamReference>;
  readonly problems: RenderProblem[];
  /** The clusters of an environment that a change has reached; undefined when those are all. */
  reached(environment: Environment): ReadonlySet<string> | undefined;
}

/** The units of clusters: of each host its own, then those of its members. */
function* renderClusters({ map, clusters, environments, book, needs, problems, reached }: ClustersRender): Generator<RenderedUnit, void, void> {
  const wanted = new Set(clusters.map((cluster) => cluster.name));
  const names = new Set(environments.map((environment) => environment.name));
  for (const host of clusters.filter((cluster) => hostOf(cluster, map.fleet) === cluster)) {
    problems.push(...repositoryProblems(map, host), ...nameProblems(map, host));
    const render = hostRender(map, host, needs, problems);
    yield* hostUnits(render);
    for (const cluster of render.hosted.clusters.filter((each) => wanted.has(each.name))) {
      if (cluster !== host) yield* memberUnits(render, cluster);
      for (const environment of map.environmentsOn(cluster)) {
        if (names.has(environment.name) && reached(environment)?.has(cluster.name) !== false) yield environmentUnit(render, cluster, environment, book);
      }
    }
  }
}

/** The clusters of some environments that a change has reached, and the hubs that deliver to them, sorted by name. */
export function clustersOf(fleet: Fleet, environments: Fleet['environments'], wave?: number): readonly Cluster[] {
  const names = new Set(environments.flatMap((environment) => {
    const reached = wave === undefined ? undefined : reachedBy(environment, wave);
    return environment.clusters.filter((cluster) => reached?.has(cluster.name) !== false).flatMap((cluster) => [cluster.name, hostOf(cluster, fleet).name]);
  }));
  return fleet.clusters.filter((cluster) => names.has(cluster.name));
}

function reachedIn(environment: Environment, { wave }: RenderOptions): ReadonlySet<string> | undefined {
  return wave === undefined ? undefined : reachedBy(environment, wave);
}

function chosen(fleet: Fleet, names: readonly string[] | undefined): Fleet['environments'] {
  if (names === undefined) return fleet.environments;
  const known = fleet.environments.map((environment) => environment.name);
  const unknown = [...new Set(names)].filter((name) => !known.includes(name)).sort();
  if (unknown.length > 0) {
    throw new SlipwayError(unknown.map((name) => ({ where: '--environment', message: `expected an environment of the fleet, got ${JSON.stringify(name)}.`, fix: `name one.${didYouMean(name, known)}` })));
  }
  return fleet.environments.filter((environment) => names.includes(environment.name));
}
