import { controllerOn } from '../../controllers/registry.ts';
import type { Tracked } from '../../controllers/tracked.ts';
import { namePrefixOf } from '../../model/argo-cd/application-set.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Problem } from '../../values/errors.ts';
import { clusterParts } from './cluster-parts.ts';
import type { FleetMap } from './fleet-map.ts';
import { rootName } from '../../controllers/root-tracked.ts';
import { appTrackingName, longestTrackingName } from './tracking-names.ts';

/** Somebody who needs the name of a tracking object. */
interface Claim {
  readonly name: string;
  /** What it is, such as `environment dev`. */
  readonly what: string;
  /** The file that defines it. */
  readonly file: string;
}

/** Tracking objects that would have one name on a host, and names that are too long: those that can be renamed are told. */
export function nameProblems(map: FleetMap, host: Cluster): Problem[] {
  const problems = new Map<string, Problem>();
  const owners = new Map<string, Claim>();
  for (const claim of claimsOf(map, host)) {
    const owner = owners.get(claim.name);
    if (owner === undefined) owners.set(claim.name, claim);
    const told = `${claim.file} ${claim.what}`;
    if (problems.has(told)) continue;
    const called = `${claim.what} would be tracked as ${JSON.stringify(claim.name)} on ${host.name}`;
    if (owner !== undefined) problems.set(told, { where: claim.file, message: `${called}, as ${owner.what} is`, fix: 'give one of them another name' });
    else if (claim.name.length > longestTrackingName) problems.set(told, { where: claim.file, message: `${called}: expected at most ${longestTrackingName} characters, got ${claim.name.length}`, fix: 'shorten the names that it is made of' });
  }
  return [...problems.values(), ...setProblems(map, host)];
}

/** ApplicationSets whose Applications could have the name of something that is tracked: their controller would take it over. */
function setProblems(map: FleetMap, host: Cluster): Problem[] {
  const { controller } = host;
  if (controller.kind !== 'argo-cd' || controller.applicationSets.length === 0) return [];
  const claims = [...claimsOf(map, host)];
  return controller.applicationSets.flatMap((set, index): Problem[] => {
    const prefix = namePrefixOf(set);
    const taken = claims.find(({ name }) => name.startsWith(prefix));
    if (taken === undefined) return [];
    const where = `${map.fleet.files.get(`cluster/${host.name}`) ?? 'environments/'}: controller.applicationSets[${index}].application.name`;
    return [{ where, message: `expected names that nothing else can have on ${host.name}, got ${JSON.stringify(`${prefix}…`)}: ${taken.what} is tracked as ${JSON.stringify(taken.name)}, and the set would take it over`, fix: 'let the names begin otherwise' }];
  });
}

/** First what can't be renamed, then what files define. */
function* claimsOf(map: FleetMap, host: Cluster): Generator<Claim, void, void> {
  const clusters = [host, ...map.membersOf(host)];
  const fileOf = (kind: string, name: string): string => map.fleet.files.get(`${kind}/${name}`) ?? 'environments/';
  yield { name: rootName, what: `the root of ${host.name}`, file: fileOf('cluster', host.name) };
  yield { name: controllerOn(host).self, what: `the controller of ${host.name}`, file: fileOf('cluster', host.name) };
  for (const member of map.membersOf(host)) yield { name: member.name, what: `cluster ${member.name}`, file: fileOf('cluster', member.name) };
  for (const cluster of clusters) {
    for (const part of clusterParts(map, host, cluster)) yield { name: part.name, what: `${nameOf(part)}${cluster === host ? '' : ` on ${cluster.name}`}`, file: fileOfPart(part, cluster, map, fileOf) };
    for (const environment of map.environmentsOn(cluster)) {
      for (const app of map.appsOn(environment, cluster)) yield { name: appTrackingName(host, cluster, app.name, environment.name), what: `app ${app.name} in ${environment.name}`, file: app.file };
    }
  }
}

function nameOf({ role, name, environment, app }: Tracked): string {
  switch (role) {
    case 'environment': return `environment ${environment ?? name}`;
    case 'external': return `external app ${app ?? name}`;
    case 'add-on': return `add-on ${name}`;
    default: return `the ${role}`;
  }
}

function fileOfPart(part: Tracked, cluster: Cluster, map: FleetMap, fileOf: (kind: string, name: string) => string): string {
  if (part.environment !== undefined) return fileOf('environment', part.environment);
  const external = part.role === 'external' ? map.externalOn(cluster).find((app) => app.name === part.app) : undefined;
  return external?.file ?? fileOf('cluster', cluster.name);
}
