import type { Problem } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';
import { fillNamespace } from './environment.ts';
import type { ClusterOutline, ExternalOutline, Outline } from './outline.ts';

/** Namespaces that belong to Kubernetes or to a controller. */
const systemNamespaces = ['argocd', 'default', 'flux-system', 'kube-node-lease', 'kube-public', 'kube-system'];

/** What is wrong between external apps and the rest of the fleet. */
export function externalProblems(outline: Outline): Problem[] {
  return outline.externalApps.flatMap((app) => [...destinationProblems(app, outline), ...namespaceProblems(app, outline)]);
}

/** The cluster where an external app lands, when it is known. */
export function clusterOf(app: ExternalOutline, outline: Outline): ClusterOutline | undefined {
  if (app.cluster !== undefined) return outline.clusters.find((each) => each.name === app.cluster);
  return app.server === undefined ? undefined : outline.clusters.find((each) => each.server === app.server);
}

function destinationProblems(app: ExternalOutline, outline: Outline): Problem[] {
  if (app.cluster !== undefined && app.server !== undefined) return [];
  const known = outline.clusters.map((each) => each.name);
  if (app.cluster !== undefined && !known.includes(app.cluster)) {
    return [{ where: `${app.file}: to.cluster`, message: `expected a cluster of the fleet, got ${JSON.stringify(app.cluster)}.`, fix: `name one.${didYouMean(app.cluster, known)}` }];
  }
  if (app.server !== undefined && clusterOf(app, outline) === undefined) {
    const servers = outline.clusters.flatMap((each) => each.server ?? []);
    const where = `${app.file}: to.server`;
    if (/^https:\/\/kubernetes\.default(\.svc)?\/?$/.test(app.server)) return [{ where, message: `expected the server of a cluster of the fleet, got ${JSON.stringify(app.server)}, which every cluster calls itself`, fix: `name the cluster: cluster: '<name>'.${didYouMean('', known)}` }];
    return [{ where, message: `expected the server of a cluster of the fleet, got ${JSON.stringify(app.server)}.`, fix: `name one, or the cluster by its name.${didYouMean(app.server, servers)}` }];
  }
  return [];
}

function namespaceProblems(app: ExternalOutline, outline: Outline): Problem[] {
  const { namespace, team } = app;
  if (namespace === undefined) return [];
  const where = `${app.file}: to.namespace`;
  if (systemNamespaces.includes(namespace)) return [{ where, message: `expected a namespace of the team's own, got ${namespace}, which is not for apps`, fix: 'name another: the platform makes it' }];
  const cluster = clusterOf(app, outline)?.name;
  if (cluster === undefined || team === undefined) return [];
  const owners = [
    ...outline.externalApps.filter((each) => each.namespace === namespace && clusterOf(each, outline)?.name === cluster),
    ...outline.environments.filter((environment) => environment.clusters.includes(cluster)).flatMap((environment) => outline.apps.filter((each) =>
      each.environments.includes(environment.name) && (each.clusters[environment.name] ?? environment.clusters).includes(cluster)
      && environment.namespace !== undefined && each.team !== undefined
      && fillNamespace(environment.namespace, { app: each.name, environment: environment.name, team: each.team }) === namespace)),
  ];
  const other = owners.find((each) => each.team !== undefined && each.team !== team);
  return other === undefined ? [] : [{ where, message: `expected a namespace of team ${team}, got ${namespace}, in which ${other.name} of team ${other.team ?? ''} runs on ${cluster}`, fix: 'name another namespace' }];
}
