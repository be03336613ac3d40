import type { Environment } from '../model/environment.ts';
import type { Fleet } from '../model/fleet.ts';
import type { Repository } from '../model/repository.ts';
import { reachedBy } from '../model/waves.ts';
import type { PublishTarget } from '../runtime-repo/repository.ts';
import type { PublishScope } from '../runtime-repo/scope.ts';
import { isUpstream, type PublishUnit } from '../runtime-repo/unit.ts';
import { PublishPlaces } from './publish-places.ts';

/** How the command line changes where a publish goes. */
export interface TargetOptions {
  /** The environments to publish. */
  readonly environments: readonly Environment[];
  /** How far the change has come, counted from 1: of environments with more waves only what the clusters of these take is published. @default - all clusters */
  readonly wave?: number;
  /** Whether these are all that the fleet has, in all waves: then what is in no environment any more is removed too. */
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

/**
 * Sorts units into publishes: by runtime repo, and within one those that are committed directly from those that somebody approves.
 * What belongs to an environment, its tracking objects included, goes with it; what is a cluster's own with the first publish that brings
 * any of its environments; upstream manifests with whoever stands on them.
 */
export function publishJobs(fleet: Fleet, units: readonly PublishUnit[], options: TargetOptions): PublishJob[] {
  const places = new PublishPlaces(fleet, options.repo);
  // A repository for which nothing is rendered any more has something to remove.
  const at = new Map<string, PublishUnit[]>(options.environments.flatMap((environment) => places.keysOf(environment)).map((key) => [key, []]));
  for (const key of options.whole ? places.idleKeys() : []) if (!at.has(key)) at.set(key, []);
  for (const unit of units) {
    for (const key of places.keysOfUnit(unit)) {
      const own = at.get(key);
      if (own === undefined) at.set(key, [unit]);
      else own.push(unit);
    }
  }
  const shared = units.filter((unit) => isUpstream(unit.id));
  return [...at].flatMap(([key, own]) => jobsAt(key, own, shared, places, options));
}

function jobsAt(key: string, units: readonly PublishUnit[], shared: readonly PublishUnit[], places: PublishPlaces, options: TargetOptions): PublishJob[] {
  const repository = places.repository(key);
  const environments = options.environments.filter((environment) => places.keysOf(environment).includes(key));
  const direct = environments.filter((environment) => !byPullRequest(environment, repository, options));
  const proposed = environments.filter((environment) => byPullRequest(environment, repository, options));
  const branch = options.branch ?? repository?.branch;
  const into: PublishTarget = repository === undefined ? (options.branch === undefined ? {} : { branch: options.branch }) : { url: repository.url, branch: repository.branch, path: repository.path };
  const jobs: PublishJob[] = [];
  const idle = options.whole ? places.idleClusters(key) : [];
  const directClusters = [...places.clustersOf(direct, key, options.wave), ...idle].sort();
  if (direct.length > 0 || idle.length > 0) {
    const scope = proposed.length === 0 && options.whole ? undefined : { environments: direct.filter((environment) => !isPartial(environment, options)).map((environment) => environment.name), clusters: directClusters };
    jobs.push({ target: { ...into, ...(branch !== undefined && { branch }) }, units: withShared(units.filter((unit) => belongs(unit, direct, directClusters)), shared), ...(scope !== undefined && { scope }) });
  }
  for (const environment of proposed) {
    // A cluster that a direct publish brings up to date needs nobody's approval here.
    const partial = isPartial(environment, options);
    const clusters = places.clustersOf([environment], key, options.wave).filter((name) => !directClusters.includes(name));
    jobs.push({
      target: into,
      units: withShared(units.filter((unit) => belongs(unit, [environment], clusters)), shared),
      scope: { environments: partial ? [] : [environment.name], clusters },
      pullRequest: options.branch === undefined ? (partial ? { branch: `slipway/${environment.name}-wave-${options.wave ?? 1}` } : {}) : { branch: proposed.length === 1 ? options.branch : `${options.branch}-${environment.name}` },
    });
  }
  return jobs;
}

/** Whether a wave leaves some of an environment's clusters as they are: then nothing of it is removed yet. */
function isPartial(environment: Environment, { wave }: TargetOptions): boolean {
  return wave !== undefined && reachedBy(environment, wave) !== undefined;
}

function byPullRequest(environment: Environment, repository: Repository | undefined, options: TargetOptions): boolean {
  // In the embedded repository nobody could approve.
  return repository !== undefined && (options.pullRequest === true || environment.promotion.approval === 'pull-request');
}

/** Units and the upstream manifests on which they stand. */
function withShared(units: readonly PublishUnit[], shared: readonly PublishUnit[]): PublishUnit[] {
  const needed = new Set(units.flatMap((unit) => unit.needs ?? []));
  return [...units, ...shared.filter((unit) => needed.has(unit.id))];
}

function belongs(unit: PublishUnit, environments: readonly Environment[], clusters: readonly string[]): boolean {
  return unit.environment === undefined ? unit.cluster !== undefined && clusters.includes(unit.cluster) : environments.some((environment) => environment.name === unit.environment);
}
