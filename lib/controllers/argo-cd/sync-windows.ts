import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import { namespaceFor } from '../../model/environment.ts';
import { clustersFor } from '../../model/placement.ts';
import { compareText } from '../../values/errors.ts';
import type { Hosted } from '../controller.ts';
import { destinationOf } from './destination.ts';

type Windows = NonNullable<IAppProject['spec']['syncWindows']>;

/** The sync windows of a team's project, in the order of the host's settings. */
export function syncWindowsOf(team: string, input: Hosted): Windows {
  const { controller } = input.cluster;
  if (controller.kind !== 'argo-cd') return [];
  return controller.syncWindows.filter(({ teams }) => teams === undefined || teams.includes(team)).flatMap(({ environments, kind, schedule, duration, timeZone, manualSync, description }): Windows => {
    const plain = { kind, schedule, duration, timeZone, manualSync, ...(description !== undefined && { description }) };
    if (environments === undefined) return [{ ...plain, applications: ['*'] }];
    return environments.flatMap((name) => placesOf(team, name, input).map(({ clusters, namespaces }) => ({ ...plain, clusters, namespaces, andOperator: true })));
  });
}

/** Where a team's apps of an environment land: a window holds where both its clusters and its namespaces match. */
function placesOf(team: string, name: string, input: Hosted): { readonly clusters: string[]; readonly namespaces: string[] }[] {
  const environment = input.fleet.environments.find((each) => each.name === name);
  if (environment === undefined) return [];
  const here = new Map(input.clusters.map((cluster) => [cluster.name, destinationOf(cluster, input)]));
  const apps = input.fleet.apps.filter((app) => app.team === team && app.environments.includes(name));
  const clusters = [...new Set(apps.flatMap((app) => clustersFor(app, environment).map((cluster) => cluster.name)))].flatMap((cluster) => here.get(cluster) ?? []);
  if (clusters.length === 0) return [];
  return [{
    clusters: clusters.map((destination) => ('server' in destination ? destination.server : destination.name)).sort(compareText),
    namespaces: [...new Set(apps.map((app) => namespaceFor(environment, app)))].sort(compareText),
  }];
}
