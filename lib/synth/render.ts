import type { RenderedUnit } from '../manifests/rendered.ts';
import type { Fleet } from '../model/fleet.ts';
import { SlipwayError } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';
import { renderApp } from './app-unit.ts';
import { renderCluster } from './cluster-units.ts';
import type { RenderProblem } from './render-problem.ts';

/** What to render of a fleet. */
export interface RenderOptions {
  /** The environments. @default - all */
  readonly environments?: readonly string[];
}

/**
 * Renders a fleet unit by unit, in a fixed order, so that no more than one app's constructs are ever held.
 * Everything that is wrong is added to the problems; a unit with problems must not be used.
 */
export function* renderFleet(fleet: Fleet, options: RenderOptions, problems: RenderProblem[]): Generator<RenderedUnit, void, void> {
  const environments = chosen(fleet, options.environments);
  for (const environment of environments) {
    for (const app of fleet.apps) {
      if (!app.environments.includes(environment.name)) continue;
      const found: RenderProblem[] = [];
      const unit = renderApp(fleet, app, environment, found);
      if (found.length > 0) {
        const rendered = environments.filter((each) => app.environments.includes(each.name)).length;
        problems.push(...found.map((problem) => ({ ...problem, rendered })));
      }
      yield unit;
    }
  }
  for (const cluster of fleet.clusters) {
    if (environments.some((environment) => environment.clusters.some((each) => each.name === cluster.name))) yield* renderCluster(fleet, cluster);
  }
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
