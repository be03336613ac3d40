import type { Cluster } from '../model/cluster.ts';
import type { Environment } from '../model/environment.ts';
import type { Fleet } from '../model/fleet.ts';
import type { Repository } from '../model/repository.ts';
import type { PublishTarget } from '../runtime-repo/repository.ts';
import type { PublishScope } from '../runtime-repo/scope.ts';
import type { PublishUnit } from '../runtime-repo/unit.ts';

/** How the command line changes where a publish goes. */
export interface TargetOptions {
  /** The environments to publish. */
  readonly environments: readonly Environment[];
  /** Whether these are all that the fleet has: then what is in no environment any more is removed too. */
  readonly whole: boolean;
  /** Runtime repo instead of the fleet's. @default - those that the fleet names */
  readonly repo?: string;
  /** Branch to write, or of the pull request. @default - the repository's; slipway/<environment> of a pull request */
  readonly branch?: string;
  /** Opens a pull request whatever the approval says. @default false */
  readonly pullRequest?: boolean;
}

/** One publish: units for one repository, directly or by pull request. */
export interface PublishJob {
  readonly target: PublishTarget;
  readonly units: readonly PublishUnit[];
  readonly scope?: PublishScope;
  readonly pullRequest?: { readonly branch?: string };
}

/** Sorts units into publishes: by runtime repo, and within one those that are committed directly from those that somebody approves. */
export function publishJobs(fleet: Fleet, units: readonly PublishUnit[], options: TargetOptions): PublishJob[] {
  const repositories = new Map<string, Repository | undefined>();
  const at = new Map<string, PublishUnit[]>();
  // A repository for which nothing is rendered any more has something to remove.
  for (const repository of options.environments.flatMap((environment) => repositoriesFor(environment, fleet, options))) {
    repositories.set(JSON.stringify(repository ?? null), repository);
    at.set(JSON.stringify(repository ?? null), []);
  }
  for (const unit of units) {
    for (const repository of repositoriesOf(unit, fleet, options)) {
      const key = JSON.stringify(repository ?? null);
      repositories.set(key, repository);
      at.set(key, [...(at.get(key) ?? []), unit]);
    }
  }
  return [...at].flatMap(([key, own]) => {
    const environments = options.environments.filter((environment) => repositoriesFor(environment, fleet, options).some((repository) => JSON.stringify(repository ?? null) === key));
    return jobsAt(repositories.get(key), own, { ...options, environments });
  });
}

function jobsAt(repository: Repository | undefined, units: readonly PublishUnit[], options: TargetOptions): PublishJob[] {
  const direct = options.environments.filter((environment) => !byPullRequest(environment, repository, options));
  const proposed = options.environments.filter((environment) => byPullRequest(environment, repository, options));
  const branch = options.branch ?? repository?.branch;
  const into: PublishTarget = repository === undefined ? (options.branch === undefined ? {} : { branch: options.branch }) : { url: repository.url, branch: repository.branch, path: repository.path };
  const jobs: PublishJob[] = [];
  const directClusters = clustersOf(direct);
  if (direct.length > 0) {
    const scope = proposed.length === 0 && options.whole ? undefined : { environments: direct.map((environment) => environment.name), clusters: directClusters };
    jobs.push({ target: { ...into, ...(branch !== undefined && { branch }) }, units: units.filter((unit) => belongs(unit, direct, directClusters)), ...(scope !== undefined && { scope }) });
  }
  for (const environment of proposed) {
    // A cluster that a direct publish brings up to date needs nobody's approval here.
    const clusters = clustersOf([environment]).filter((name) => !directClusters.includes(name));
    jobs.push({
      target: into,
      units: units.filter((unit) => belongs(unit, [environment], clusters)),
      scope: { environments: [environment.name], clusters },
      pullRequest: options.branch === undefined ? {} : { branch: proposed.length === 1 ? options.branch : `${options.branch}-${environment.name}` },
    });
  }
  return jobs;
}

function byPullRequest(environment: Environment, repository: Repository | undefined, options: TargetOptions): boolean {
  // In the embedded repository nobody could approve.
  return repository !== undefined && (options.pullRequest === true || environment.promotion.approval === 'pull-request');
}

/** The repositories from which the clusters of a unit read. */
function repositoriesOf(unit: PublishUnit, fleet: Fleet, options: TargetOptions): (Repository | undefined)[] {
  if (options.repo !== undefined) return [{ url: options.repo, branch: 'main', path: '' }];
  const environment = fleet.environments.find((each) => each.name === unit.environment);
  const found = environment === undefined
    ? fleet.clusters.filter((cluster) => cluster.name === unit.cluster).map((cluster) => repositoryOf(cluster, fleet))
    : repositoriesFor(environment, fleet, options);
  return [...new Map(found.map((repository) => [JSON.stringify(repository ?? null), repository])).values()];
}

function repositoriesFor(environment: Environment, fleet: Fleet, options: TargetOptions): (Repository | undefined)[] {
  if (options.repo !== undefined) return [{ url: options.repo, branch: 'main', path: '' }];
  return environment.clusters.map((cluster) => cluster.runtimeRepo ?? environment.runtimeRepo ?? fleet.runtimeRepo);
}

/** A cluster's own parts lie where its environments lie, when those agree. */
function repositoryOf(cluster: Cluster, fleet: Fleet): Repository | undefined {
  if (cluster.runtimeRepo !== undefined) return cluster.runtimeRepo;
  const own = fleet.environments.filter((environment) => environment.clusters.some((each) => each.name === cluster.name)).map((environment) => environment.runtimeRepo);
  const [first] = own;
  return own.every((each) => JSON.stringify(each) === JSON.stringify(first)) ? first ?? fleet.runtimeRepo : fleet.runtimeRepo;
}

function belongs(unit: PublishUnit, environments: readonly Environment[], clusters: readonly string[]): boolean {
  return unit.environment === undefined ? unit.cluster !== undefined && clusters.includes(unit.cluster) : environments.some((environment) => environment.name === unit.environment);
}

function clustersOf(environments: readonly Environment[]): string[] {
  return [...new Set(environments.flatMap((environment) => environment.clusters.map((cluster) => cluster.name)))].sort();
}
