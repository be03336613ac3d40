import { addOnsOf, type AddOn } from '../../model/add-ons.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Environment } from '../../model/environment.ts';
import type { ExternalApp } from '../../model/external-app.ts';
import type { App, Fleet } from '../../model/fleet.ts';
import { clustersFor } from '../../model/placement.ts';
import { hostOf } from '../../model/runtime-source.ts';

/** Who meets where in a fleet, looked up once: a thousand clusters ask the same questions. */
export class FleetMap {
  readonly fleet: Fleet;
  readonly #environments = new Map<string, Environment[]>();
  readonly #apps = new Map<string, App[]>();
  readonly #everywhere = new Map<string, App[]>();
  readonly #members = new Map<string, Cluster[]>();
  readonly #external = new Map<string, ExternalApp[]>();
  readonly #addOns = new Map<string, readonly AddOn[]>();

  constructor(fleet: Fleet) {
    this.fleet = fleet;
    for (const environment of fleet.environments) {
      for (const cluster of environment.clusters) push(this.#environments, cluster.name, environment);
      this.#noteApps(environment);
    }
    for (const cluster of fleet.clusters) {
      const host = hostOf(cluster, fleet);
      if (host !== cluster) push(this.#members, host.name, cluster);
    }
    for (const app of fleet.externalApps) push(this.#external, app.cluster, app);
  }

  /** The environments that run on a cluster, in promotion order. */
  environmentsOn(cluster: Cluster): readonly Environment[] {
    return this.#environments.get(cluster.name) ?? [];
  }

  /** The apps of an environment on one of its clusters, sorted by name. */
  appsOn(environment: Environment, cluster: Cluster): readonly App[] {
    return this.#apps.get(`${environment.name}/${cluster.name}`) ?? this.#everywhere.get(environment.name) ?? [];
  }

  /** The add-ons of a cluster, sorted by name: those of all its environments. */
  addOnsOn(cluster: Cluster): readonly AddOn[] {
    let addOns = this.#addOns.get(cluster.name);
    if (addOns === undefined) this.#addOns.set(cluster.name, (addOns = addOnsOf({ environments: this.environmentsOn(cluster) }, cluster)));
    return addOns;
  }

  /** The clusters that a hub delivers to beside itself, sorted by name. */
  membersOf(host: Cluster): readonly Cluster[] {
    return this.#members.get(host.name) ?? [];
  }

  /** The external apps that land on a cluster, sorted by name. */
  externalOn(cluster: Cluster): readonly ExternalApp[] {
    return this.#external.get(cluster.name) ?? [];
  }

  /** An environment whose apps run on all its clusters keeps one list for all. */
  #noteApps(environment: Environment): void {
    const apps = this.fleet.apps.filter((app) => app.environments.includes(environment.name));
    this.#everywhere.set(environment.name, apps);
    if (!apps.some((app) => Object.hasOwn(app.clusters, environment.name))) return;
    const names = new Map(apps.map((app) => [app, new Set(clustersFor(app, environment).map((cluster) => cluster.name))]));
    for (const cluster of environment.clusters) this.#apps.set(`${environment.name}/${cluster.name}`, apps.filter((app) => names.get(app)?.has(cluster.name)));
  }
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
