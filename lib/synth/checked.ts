import { controllerOn } from '../controllers/registry.ts';
import type { ExistingObject, RenderedUnit } from '../manifests/rendered.ts';
import { namespaceFor } from '../model/environment.ts';
import type { Fleet } from '../model/fleet.ts';
import { throwProblems } from '../values/errors.ts';
import type { Finding } from '../validate/finding.ts';
import { FleetValidator } from '../validate/fleet-validator.ts';
import type { CustomResources } from '../validate/schemas/custom-resources.ts';
import type { ValidationTarget } from '../validate/target.ts';
import { upstreamUnits, type MissingUpstream } from '../upstream/units.ts';
import type { UpstreamReference } from '../model/upstream.ts';
import { noticesOf } from './notices.ts';
import { mergeProblems, type RenderProblem } from './render-problem.ts';
import { renderFleet, type RenderOptions } from './render.ts';
import { unpinnedFindings } from './upstream-findings.ts';

/** What to render and check. */
export interface CheckedOptions extends RenderOptions {
  /** Schemas of the fleet's own custom resources. @default - none beyond those that Slipway carries */
  readonly customResources?: CustomResources;
  /** The workspace whose lock and store have the upstream manifests. @default - none of them is rendered, and nothing said of them */
  readonly root?: string;
}

/** A checked render. */
export interface Checked<T> {
  /** What was kept of each unit, in the order of the render. */
  readonly kept: readonly T[];
  /** What validation found, waived findings and warnings among it. */
  readonly findings: readonly Finding[];
  /** What a person has to know though nothing is wrong, a line each: upstream that isn't vendored, a runtime repo that no cluster can read. */
  readonly notices: readonly string[];
}

/** Renders a fleet unit by unit, validates each, and keeps of it what `keep` makes of it. Throws when something can't be rendered, all at once. */
export function renderChecked<T>(fleet: Fleet, options: CheckedOptions, keep: (unit: RenderedUnit) => T): Checked<T> {
  const problems: RenderProblem[] = [];
  const validator = new FleetValidator();
  const targetOf = targetsOf(fleet, options);
  const kept: T[] = [];
  const missing: MissingUpstream[] = [];
  const upstream = ({ root }: CheckedOptions) => (needs: readonly UpstreamReference[]): readonly RenderedUnit[] => {
    const rendered = root === undefined ? { units: [], missing: [] } : upstreamUnits(root, needs);
    missing.push(...rendered.missing);
    return rendered.units;
  };
  for (const unit of renderFleet(fleet, { ...options, upstream: upstream(options) }, problems)) {
    if (problems.length > 0) continue;
    validator.add(unit, targetOf(unit));
    kept.push(keep(unit));
  }
  throwProblems(mergeProblems(problems));
  return { kept, findings: [...validator.finish(), ...unpinnedFindings(missing)], notices: options.root === undefined ? [] : noticesOf(fleet, options, missing) };
}

function sharedTarget(fleet: Fleet, options: CheckedOptions): ValidationTarget {
  // Whoever keeps definitions in the workspace has them on the clusters.
  const own = (options.customResources ?? []).flatMap(({ kinds }) => Object.keys(kinds));
  return {
    minors: Object.fromEntries(fleet.clusters.map((cluster) => [cluster.name, cluster.kubernetes])),
    namespaces: Object.fromEntries(fleet.clusters.filter((cluster) => cluster.managedBy === 'self').map((cluster) => [cluster.name, [controllerOn(cluster).namespace]])),
    definitions: Object.fromEntries(fleet.clusters.map((cluster) => [cluster.name, [...cluster.existingDefinitions, ...own]])),
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
    return app === undefined || environment === undefined ? shared : { ...shared, namespace: namespaceFor(environment, app), unattended: environment.unattended };
  };
}
