import type { Cluster } from './cluster.ts';
import type { Environment } from './environment.ts';
import type { App } from './fleet.ts';

/** What decides where an app runs. */
export type Placed = Pick<App, 'clusters' | 'environments'>;

/** The clusters of an environment on which an app runs, in the environment's order. */
export function clustersFor(app: Placed, environment: Environment): readonly Cluster[] {
  if (!app.environments.includes(environment.name)) return [];
  const named = Object.hasOwn(app.clusters, environment.name) ? app.clusters[environment.name] : undefined;
  return named === undefined ? environment.clusters : environment.clusters.filter((cluster) => named.includes(cluster.name));
}

/** Whether an app runs on a cluster in an environment. */
export function runsOn(app: Placed, environment: Environment, cluster: string): boolean {
  return clustersFor(app, environment).some((each) => each.name === cluster);
}
