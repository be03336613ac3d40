import { join } from 'node:path';
import { components, type Component } from '../control-plane/components.ts';
import { builtFolder, versionOf } from '../control-plane/build.ts';
import { fluxVersion } from '../control-plane/releases.ts';
import { argoCdSchema } from '../model/argo-cd-options.ts';
import { addOnsOf, type AddOn } from '../model/add-ons.ts';
import type { Cluster, Controller } from '../model/cluster.ts';
import type { Environment } from '../model/environment.ts';
import type { App, Fleet } from '../model/fleet.ts';
import { fluxSchema } from '../model/flux-options.ts';
import { runsOn } from '../model/placement.ts';
import { gatewayApiPluginName, type RolloutsPlugin } from '../model/rollouts-plugins.ts';
import type { DevChoice } from './choose.ts';

/** The versions of what runs locally, whatever a fleet names: those that are built. */
export const localVersions = {
  'argo-cd': versionOf(components['argo-cd'] as Component),
  'argo-rollouts': versionOf(components['argo-rollouts'] as Component),
  flux: fluxVersion,
} as const;

/** Plays the plugin for Gateway API. */
const gatewayApiStandIn = join(builtFolder('gatewayapi', components.gatewayapi), 'gatewayapi');

/** A fleet as a local control plane has it. */
export interface DevFleet {
  readonly fleet: Fleet;
  /** The cluster for which it stands, with what is changed of it. */
  readonly cluster: Cluster;
  /** The names of the environments that run there; the others are kept, so that apps may speak of them, and never rendered. */
  readonly environments: readonly string[];
}

/**
 * The fleet as a local control plane has it: one of its clusters, with a controller of its own that reads a local runtime repo, and no other
 * cluster in the environments that run there. Apps, pins, names and policies stay. Changed is what needs the world outside: version and sizes
 * of the controller, image automation, alerts, approvals and freezes; and every environment has Argo Rollouts.
 *
 * @param url from which the cluster reads the runtime repo
 */
export function devFleet(fleet: Fleet, choice: DevChoice, url: string): DevFleet {
  const original = fleet.clusters.find(({ name }) => name === choice.cluster);
  if (original === undefined) throw new Error(`expected ${choice.cluster} among the fleet's clusters`);
  const cluster = localCluster(original, choice.controller);
  const isHere = (environment: Environment): boolean => environment.clusters.some(({ name }) => name === cluster.name);
  const here = fleet.environments.filter(isHere);
  const rollouts = localRollouts(addOnsOf(fleet, original));
  return {
    cluster,
    environments: here.map(({ name }) => name),
    fleet: {
      ...fleet,
      // Whom a hub delivers to is none of its business here.
      clusters: fleet.clusters.map((each) => (each.name === cluster.name ? cluster : { ...each, managedBy: 'self' })),
      environments: fleet.environments.map((environment) => (isHere(environment) ? localEnvironment(environment, cluster, rollouts) : environment)),
      apps: fleet.apps.map((app) => placed(app, here, cluster.name)),
      externalApps: fleet.externalApps.filter((app) => app.cluster === cluster.name),
      runtimeRepo: { url, branch: 'main', path: '' },
    },
  };
}

function localCluster(original: Cluster, kind: Controller['kind']): Cluster {
  const { server: _server, credential: _credential, runtimeRepo: _runtimeRepo, ...kept } = original;
  return { ...kept, managedBy: 'self', alerts: [], controller: localController(original.controller, kind) };
}

/** Settings of the cluster's own controller stay but for those that are about its pods or the world outside; another controller has its defaults. */
function localController(own: Controller, kind: Controller['kind']): Controller {
  if (kind === 'argo-cd') {
    const base = argoCdSchema.parse({ kind, version: localVersions['argo-cd'] });
    if (own.kind !== kind) return base;
    const { sso: _sso, ui: _ui, ...kept } = own;
    const { version, imageAutomation, highAvailability, components: parts, placement, controller, repoServer, webhooks, images, repositories } = base;
    return { ...kept, version, imageAutomation, highAvailability, components: parts, placement, controller, repoServer, webhooks, images, repositories };
  }
  const base = fluxSchema.parse({ kind, version: localVersions.flux });
  if (own.kind !== kind) return base;
  const { verify: _verify, ...kept } = own;
  const { version, imageAutomation, components: parts, placement, images, shards, receivers } = base;
  return { ...kept, version, imageAutomation, components: parts, placement, images, shards, receivers };
}

function localEnvironment(environment: Environment, cluster: Cluster, rollouts: AddOn): Environment {
  const { runtimeRepo: _runtimeRepo, ...kept } = environment;
  const { automation: _automation, ...images } = environment.images;
  const { from: _from, ...promotion } = environment.promotion;
  return { ...kept, clusters: [cluster], alerts: [], images, addOns: [...environment.addOns.filter(({ name }) => name !== rollouts.name), rollouts], promotion: { ...promotion, approval: 'automatic', freeze: [], waves: [] } };
}

/** Argo Rollouts in the version that is built, with the plugins that the cluster has: a stand-in for the one of Gateway API, which has to be fetched otherwise. */
function localRollouts(addOns: readonly AddOn[]): AddOn {
  const own = addOns.find(({ name }) => name === 'argo-rollouts');
  const plugins = own?.plugins?.map((plugin): RolloutsPlugin => (plugin.name === gatewayApiPluginName ? { name: plugin.name, kind: plugin.kind, location: `file://${gatewayApiStandIn}` } : plugin));
  return { name: 'argo-rollouts', version: localVersions['argo-rollouts'], values: {}, ...(plugins !== undefined && { plugins }) };
}

/** An app without the environments that run here but not with it. */
function placed(app: App, here: readonly Environment[], cluster: string): App {
  const without = new Set(here.filter((environment) => !runsOn(app, environment, cluster)).map(({ name }) => name));
  return { ...app, environments: app.environments.filter((name) => !without.has(name)) };
}
