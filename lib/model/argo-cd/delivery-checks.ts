import type { Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import type { Cluster } from '../cluster.ts';
import { namespaceFor } from '../environment.ts';
import type { Fleet } from '../fleet.ts';
import { clustersFor } from '../placement.ts';
import { reservedTeams } from '../team.ts';
import type { ApplicationSetDefinition } from './application-set.ts';

/** A namespace that is somebody's on a cluster. */
interface Owned {
  readonly team: string;
  readonly cluster: string;
  readonly namespace: string;
}

const systemNamespaces = ['argocd', 'default', 'flux-system', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Sync windows and ApplicationSets that name what the fleet hasn't got, or what isn't their team's. */
export function deliverySettingsProblems(fleet: Fleet): Problem[] {
  const settings = fleet.clusters.filter(({ controller }) => controller.kind === 'argo-cd' && (controller.syncWindows.length > 0 || controller.applicationSets.length > 0));
  if (settings.length === 0) return [];
  const owned = ownedNamespaces(fleet);
  return settings.flatMap((cluster) => [...windowProblems(cluster, fleet), ...setProblems(cluster, fleet, owned)]);
}

function windowProblems(cluster: Cluster, fleet: Fleet): Problem[] {
  if (cluster.controller.kind !== 'argo-cd') return [];
  const teams = teamsOf(fleet);
  const environments = fleet.environments.map((environment) => environment.name);
  return cluster.controller.syncWindows.flatMap((window, index) => {
    const where = `${fileOf(cluster, fleet)}: controller.syncWindows[${index}]`;
    return [
      ...(window.teams ?? []).flatMap((team, at) => unknown(team, teams, 'a team of the fleet', `${where}.teams[${at}]`)),
      ...(window.environments ?? []).flatMap((environment, at) => unknown(environment, environments, 'an environment of the fleet', `${where}.environments[${at}]`)),
    ];
  });
}

function setProblems(cluster: Cluster, fleet: Fleet, owned: readonly Owned[]): Problem[] {
  if (cluster.controller.kind !== 'argo-cd') return [];
  const { impersonation } = cluster.controller;
  const reached = fleet.clusters.filter((each) => each === cluster || each.managedBy === cluster.name).map((each) => each.name);
  return cluster.controller.applicationSets.flatMap((set, index) => {
    const where = `${fileOf(cluster, fleet)}: controller.applicationSets[${index}]`;
    const clusters = set.clusters ?? [cluster.name];
    const { to } = set.application;
    const problems = clusters.flatMap((name, at) => unknown(name, reached, `a cluster that ${cluster.name} delivers to`, `${where}.clusters[${at}]`));
    if ((reservedTeams as readonly string[]).includes(set.team)) problems.push({ where: `${where}.team`, message: `expected the name of a team, got ${JSON.stringify(set.team)}, which is the name of a project of Argo CD itself`, fix: 'name the team otherwise' });
    if (!to.cluster.includes('{{') && !clusters.includes(to.cluster)) problems.push({ where: `${where}.application.to.cluster`, message: `expected a cluster of the set, got ${JSON.stringify(to.cluster)}.`, fix: `name one, or list it in clusters.${didYouMean(to.cluster, clusters)}` });
    if (!to.namespace.includes('{{') && !set.namespaces.some((pattern) => matches(pattern, to.namespace))) problems.push({ where: `${where}.application.to.namespace`, message: `expected a namespace of the set, got ${JSON.stringify(to.namespace)}.`, fix: `name one, or list it in namespaces.${didYouMean(to.namespace, set.namespaces)}` });
    return [...problems, ...namespaceProblems(set, clusters, owned, where), ...(impersonation ? accountProblems(set, clusters, owned, where) : [])];
  });
}

/** A set must not reach where another team, or the cluster itself, runs. */
function namespaceProblems(set: ApplicationSetDefinition, clusters: readonly string[], owned: readonly Owned[], where: string): Problem[] {
  return set.namespaces.flatMap((pattern, at) => {
    const system = systemNamespaces.find((namespace) => matches(pattern, namespace));
    const other = owned.find((each) => each.team !== set.team && clusters.includes(each.cluster) && matches(pattern, each.namespace));
    const taken = system === undefined ? other && `${other.namespace} of team ${other.team} on ${other.cluster}` : `${system}, which is not for apps`;
    return taken === undefined ? [] : [{ where: `${where}.namespaces[${at}]`, message: `expected namespaces of team ${set.team} alone, got ${JSON.stringify(pattern)}, which reaches ${taken}`, fix: 'name the namespaces otherwise' }];
  });
}

/** With impersonation every sync runs as an account of the team, which is made where the team delivers something that is rendered. */
function accountProblems(set: ApplicationSetDefinition, clusters: readonly string[], owned: readonly Owned[], where: string): Problem[] {
  const known = (namespace: string): boolean => clusters.every((cluster) => owned.some((each) => each.team === set.team && each.cluster === cluster && each.namespace === namespace));
  const own = owned.filter((each) => each.team === set.team && clusters.includes(each.cluster)).map((each) => each.namespace);
  return set.namespaces.flatMap((namespace, at) => (known(namespace) ? [] : [{
    where: `${where}.namespaces[${at}]`,
    message: `expected, with impersonation, a namespace in which team ${set.team} has an app, because its account is made there, got ${JSON.stringify(namespace)}.`,
    fix: `name one.${didYouMean(namespace, own)}`,
  }]));
}

function ownedNamespaces(fleet: Fleet): Owned[] {
  return [
    ...fleet.environments.flatMap((environment) => fleet.apps.flatMap((app) => clustersFor(app, environment).map((cluster) => ({ team: app.team, cluster: cluster.name, namespace: namespaceFor(environment, app) })))),
    ...fleet.externalApps.map(({ team, cluster, namespace }) => ({ team, cluster, namespace })),
  ];
}

function teamsOf(fleet: Fleet): string[] {
  const sets = fleet.clusters.flatMap(({ controller }) => (controller.kind === 'argo-cd' ? controller.applicationSets.map((set) => set.team) : []));
  return [...new Set([...fleet.apps, ...fleet.externalApps].map((app) => app.team)), ...sets];
}

function matches(pattern: string, namespace: string): boolean {
  return pattern.endsWith('-*') ? namespace.startsWith(pattern.slice(0, -1)) : namespace === pattern;
}

function unknown(name: string, known: readonly string[], what: string, where: string): Problem[] {
  return known.includes(name) ? [] : [{ where, message: `expected ${what}, got ${JSON.stringify(name)}.`, fix: `name one.${didYouMean(name, known)}` }];
}

function fileOf(cluster: Cluster, fleet: Fleet): string {
  return fleet.files.get(`cluster/${cluster.name}`) ?? cluster.name;
}
