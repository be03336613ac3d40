import { compareText } from '../values/errors.ts';
import type { Cluster } from './cluster.ts';
import type { Environment } from './environment.ts';
import type { Fleet } from './fleet.ts';
import type { ImageAutomation, Newest } from './image-automation.ts';
import { pinOf } from './pins.ts';
import { hostOf } from './runtime-source.ts';

/** An image whose pin automation writes. */
export interface AutomatedImage {
  /** Its name in the pins. */
  readonly image: string;
  /** Where it comes from, without tag. */
  readonly repository: string;
  readonly newest: Newest;
  /** Names of the apps that run it, sorted. */
  readonly apps: readonly string[];
}

/** The hosts that could write the pins of an environment: one is right. Sorted by name. */
export function automationHosts(environment: Pick<Environment, 'clusters'>, fleet: Pick<Fleet, 'clusters'>): readonly Cluster[] {
  const hosts = new Map(environment.clusters.map((cluster) => hostOf(cluster, fleet)).map((host) => [host.name, host]));
  return [...hosts.values()].filter((host) => host.controller.imageAutomation).sort((a, b) => compareText(a.name, b.name));
}

/** The environments whose pins a host writes, with how. */
export function automatedBy(host: Cluster, fleet: Fleet): readonly { readonly environment: Environment; readonly automation: ImageAutomation }[] {
  return fleet.environments.flatMap((environment) => {
    const { automation } = environment.images;
    return automation !== undefined && automationHosts(environment, fleet)[0]?.name === host.name ? [{ environment, automation }] : [];
  });
}

/** The images of an environment that automation writes, sorted by name: those of its apps that are neither excluded nor held. */
export function automatedImages(environment: Environment, automation: ImageAutomation, fleet: Fleet): AutomatedImage[] {
  const pins = fleet.pins.get(environment.name);
  const users = new Map<string, string[]>();
  for (const app of fleet.apps.filter((each) => each.environments.includes(environment.name))) {
    for (const image of new Set(Object.values(app.images))) users.set(image, [...users.get(image) ?? [], app.name]);
  }
  return [...users].sort(([a], [b]) => compareText(a, b)).flatMap(([image, apps]) => {
    const newest = automation.images[image] ?? automation.newest;
    const pin = pins === undefined ? undefined : pinOf(pins, image, environment.registry);
    if (newest === false || pin === undefined || pins?.holds.has(image) === true) return [];
    return [{ image, repository: pin.repository, newest, apps: apps.sort(compareText) }];
  });
}

/** The file with an environment's pins, from the project's root. */
export function pinsPath(environment: Pick<Environment, 'images' | 'name'>): string {
  return environment.images.file ?? `environments/images/${environment.name}/kustomization.yaml`;
}
