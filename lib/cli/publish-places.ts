import type { Cluster } from '../model/cluster.ts';
import type { Environment } from '../model/environment.ts';
import type { Fleet } from '../model/fleet.ts';
import { clustersFor } from '../model/placement.ts';
import type { Repository } from '../model/repository.ts';
import { hostOf, runtimeReposOf } from '../model/runtime-source.ts';
import { reachedBy } from '../model/waves.ts';
import type { PublishUnit } from '../runtime-repo/unit.ts';

/** Where what is rendered goes: which repository each cluster's controller reads, and which clusters a publish speaks for. */
export class PublishPlaces {
  readonly #fleet: Fleet;
  readonly #repo: Repository | undefined;
  readonly #environments: ReadonlyMap<string, Environment>;
  readonly #clusters: ReadonlyMap<string, Cluster>;
  readonly #keys = new Map<string, string>();
  readonly #repositories = new Map<string, Repository | undefined>();

  /** @param repo URL of the one repository to publish to, whatever the fleet says */
  constructor(fleet: Fleet, repo: string | undefined) {
    this.#fleet = fleet;
    this.#repo = repo === undefined ? undefined : { url: repo, branch: 'main', path: '' };
    this.#environments = new Map(fleet.environments.map((environment) => [environment.name, environment]));
    this.#clusters = new Map(fleet.clusters.map((cluster) => [cluster.name, cluster]));
  }

  /** The repository of a key; undefined for the embedded one. */
  repository(key: string): Repository | undefined {
    return this.#repositories.get(key);
  }

  /** The key of the repository that a cluster's controller reads. */
  keyOf(cluster: Cluster): string {
    let key = this.#keys.get(cluster.name);
    if (key === undefined) {
      const repository = this.#repo ?? runtimeReposOf(hostOf(cluster, this.#fleet), this.#fleet)[0];
      key = JSON.stringify(repository ?? null);
      this.#repositories.set(key, repository);
      this.#keys.set(cluster.name, key);
    }
    return key;
  }

  /** The keys of an environment's repositories, each once, in the order of its clusters. */
  keysOf(environment: Environment): string[] {
    return [...new Set(environment.clusters.map((cluster) => this.keyOf(cluster)))];
  }

  /** The keys of the repositories from which a unit is read; none for what clusters share: it goes with whoever needs it. */
  keysOfUnit(unit: PublishUnit): string[] {
    const cluster = this.#clusters.get(unit.cluster ?? '');
    if (cluster !== undefined) return [this.keyOf(cluster)];
    const environment = this.#environments.get(unit.environment ?? '');
    if (environment === undefined) return [];
    const app = this.#fleet.apps.find((each) => each.name === unit.app);
    return [...new Set((app === undefined ? environment.clusters : clustersFor(app, environment)).map((each) => this.keyOf(each)))];
  }

  /** The clusters of some environments that a wave has reached, and the hubs that deliver to them, as far as they read a repository; sorted. */
  clustersOf(environments: readonly Environment[], key: string, wave: number | undefined): string[] {
    const clusters = environments.flatMap((environment) => {
      const reached = wave === undefined ? undefined : reachedBy(environment, wave);
      return environment.clusters.filter((cluster) => reached?.has(cluster.name) !== false).flatMap((cluster) => [cluster, hostOf(cluster, this.#fleet)]);
    });
    return [...new Set(clusters.filter((cluster) => this.keyOf(cluster) === key).map((cluster) => cluster.name))].sort();
  }

  /** The clusters on which no environment runs and to which no environment's cluster belongs, that read a repository; sorted. */
  idleClusters(key: string): string[] {
    const busy = new Set(this.#fleet.environments.flatMap((environment) => environment.clusters.flatMap((cluster) => [cluster.name, hostOf(cluster, this.#fleet).name])));
    return this.#fleet.clusters.filter((cluster) => !busy.has(cluster.name) && this.keyOf(cluster) === key).map((cluster) => cluster.name);
  }

  /** The keys of all repositories that clusters on which nothing runs read. */
  idleKeys(): string[] {
    return [...new Set(this.#fleet.clusters.map((cluster) => this.keyOf(cluster)))].filter((key) => this.idleClusters(key).length > 0);
  }
}
