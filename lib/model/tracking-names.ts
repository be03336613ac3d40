import type { Problem } from '../values/errors.ts';
import { clusterOf } from './external-checks.ts';
import type { ClusterOutline, Outline } from './outline.ts';

/** Longest name of a tracking object: it is the value of a label too. */
export const longestTrackingName = 63;

/** Names that tracking objects of every cluster have. */
const fixed = ['argo-cd', 'flux', 'observability', 'platform', 'root'];

/** Name of an app's tracking object on its own cluster's controller. */
export function appTrackingName(app: string, environment: string): string {
  return `${app}-${environment}`;
}

/** A name as the controller's host knows it: what a hub tracks for a member carries the member's name. */
export function trackingName(name: string, cluster: string, host: string): string {
  return cluster === host ? name : `${cluster}-${name}`;
}

interface Claim {
  readonly name: string;
  /** What claims it, as a message says it. */
  readonly owner: string;
  readonly where: string;
}

/** Tracking objects that would have one name on one controller, or one that is too long. */
export function trackingNameProblems(outline: Outline): Problem[] {
  const problems: Problem[] = [];
  const told = new Set<string>();
  const places = placesOf(outline);
  for (const host of outline.clusters.filter((each) => each.managedBy === 'self')) {
    const owners = new Map<string, Claim>();
    for (const claim of claimsOn(host, places)) {
      const key = `${claim.where} ${claim.owner}`;
      const owner = owners.get(claim.name);
      if (owner === undefined) owners.set(claim.name, claim);
      if (told.has(key)) continue;
      if (owner !== undefined && owner.owner !== claim.owner) {
        told.add(key);
        problems.push({ where: claim.where, message: `${claim.owner} would be tracked as ${JSON.stringify(claim.name)} on ${host.name}, as ${owner.owner} is`, fix: 'give one of them another name' });
      } else if (claim.name.length > longestTrackingName) {
        told.add(key);
        problems.push({ where: claim.where, message: `${claim.owner} would be tracked as ${JSON.stringify(claim.name)} on ${host.name}: expected at most ${longestTrackingName} characters, got ${claim.name.length}`, fix: 'give it a shorter name' });
      }
    }
  }
  return problems;
}

/** What files define, by the cluster where it lands. */
interface Places {
  readonly members: ReadonlyMap<string, readonly ClusterOutline[]>;
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
}

function placesOf(outline: Outline): Places {
  const members = new Map<string, ClusterOutline[]>();
  const claims = new Map<string, Claim[]>();
  const put = <T>(places: Map<string, T[]>, name: string, value: T): void => {
    const found = places.get(name);
    if (found === undefined) places.set(name, [value]);
    else found.push(value);
  };
  for (const cluster of outline.clusters) if (cluster.managedBy !== 'self' && cluster.managedBy !== cluster.name) put(members, cluster.managedBy, cluster);
  for (const environment of outline.environments) {
    const apps = outline.apps.filter((app) => app.environments.includes(environment.name));
    for (const cluster of new Set(environment.clusters)) put(claims, cluster, { name: environment.name, owner: `environment ${environment.name}`, where: `${environment.file}: name` });
    for (const app of apps) {
      const claim = { name: appTrackingName(app.name, environment.name), owner: `app ${app.name} in ${environment.name}`, where: `${app.file}: name` };
      for (const cluster of new Set(app.clusters[environment.name] ?? environment.clusters)) put(claims, cluster, claim);
    }
  }
  for (const app of outline.externalApps) {
    const cluster = clusterOf(app, outline)?.name;
    if (cluster !== undefined) put(claims, cluster, { name: app.name, owner: `external app ${app.name}`, where: `${app.file}: name` });
  }
  return { members, claims };
}

/** What the controller of a host tracks by name: first what can't be renamed, then what files define. */
function claimsOn(host: ClusterOutline, places: Places): Claim[] {
  const members = places.members.get(host.name) ?? [];
  const clusters = [host, ...members];
  const on = (cluster: ClusterOutline, claim: Claim): Claim => (cluster === host ? claim : { ...claim, name: trackingName(claim.name, cluster.name, host.name), owner: `${claim.owner} on ${cluster.name}` });
  return [
    ...clusters.flatMap((cluster) => fixed.map((name) => on(cluster, { name, owner: name === 'root' ? 'the root' : name, where: `${cluster.file}: name` }))),
    ...members.map((member): Claim => ({ name: member.name, owner: `cluster ${member.name}`, where: `${member.file}: name` })),
    ...clusters.flatMap((cluster) => (places.claims.get(cluster.name) ?? []).map((claim) => on(cluster, claim))),
  ];
}
