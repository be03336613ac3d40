import type { ExistingObject, RenderedUnit } from '../manifests/rendered.ts';
import { namespaceFor } from '../model/environment.ts';
import type { Fleet } from '../model/fleet.ts';
import { throwProblems } from '../values/errors.ts';
import type { Finding } from '../validate/finding.ts';
import { FleetValidator } from '../validate/fleet-validator.ts';
import type { CustomResources } from '../validate/schemas/custom-resources.ts';
import type { ValidationTarget } from '../validate/target.ts';
import { mergeProblems, type RenderProblem } from './render-problem.ts';
import { renderFleet, type RenderOptions } from './render.ts';

/** What to render and check. */
export interface CheckedOptions extends RenderOptions {
  /** Schemas of the fleet's own custom resources. @default - none beyond those that Slipway carries */
  readonly customResources?: CustomResources;
}

/** A checked render. */
export interface Checked<T> {
  /** What was kept of each unit, in the order of the render. */
  readonly kept: readonly T[];
  /** What validation found, waived findings and warnings among it. */
  readonly findings: readonly Finding[];
}

/** Renders a fleet unit by unit, validates each, and keeps of it what `keep` makes of it. Throws when something can't be rendered, all at once. */
export function renderChecked<T>(fleet: Fleet, options: CheckedOptions, keep: (unit: RenderedUnit) => T): Checked<T> {
  const problems: RenderProblem[] = [];
  const validator = new FleetValidator();
  const targetOf = targetsOf(fleet, options);
  const kept: T[] = [];
  for (const unit of renderFleet(fleet, options, problems)) {
    if (problems.length > 0) continue;
    validator.add(unit, targetOf(unit));
    kept.push(keep(unit));
  }
  throwProblems(mergeProblems(problems));
  return { kept, findings: validator.finish() };
}

function sharedTarget(fleet: Fleet, options: CheckedOptions): ValidationTarget {
  return {
    minors: Object.fromEntries(fleet.clusters.map((cluster) => [cluster.name, cluster.kubernetes])),
    existing: fleet.clusters.flatMap((cluster) => Object.entries(cluster.existingSecrets).flatMap(([namespace, names]) => names.map((name): ExistingObject => ({ kind: 'Secret', namespace, name })))),
    ...(options.customResources !== undefined && { customResources: options.customResources }),
  };
}

/** What each unit lands on. */
function targetsOf(fleet: Fleet, options: CheckedOptions): (unit: RenderedUnit) => ValidationTarget {
  const shared = sharedTarget(fleet, options);
  const apps = new Map(fleet.apps.map((app) => [app.name, app]));
  const environments = new Map(fleet.environments.map((environment) => [environment.name, environment]));
  return (unit) => {
    const app = apps.get(unit.app ?? '');
    const environment = environments.get(unit.environment ?? '');
    return app === undefined || environment === undefined ? shared : { ...shared, namespace: namespaceFor(environment, app) };
  };
}
