import { addOnsBefore } from '../../controllers/add-ons/folder.ts';
import { controllerOn } from '../../controllers/registry.ts';
import type { Tracked } from '../../controllers/tracked.ts';
import { layout } from '../../manifests/layout.ts';
import type { Cluster } from '../../model/cluster.ts';
import { compareText } from '../../values/errors.ts';
import type { FleetMap } from './fleet-map.ts';
import { addOnsFor, groupsOf } from './needed-add-ons.ts';
import { trackingName } from './tracking-names.ts';

/** What a host tracks of itself and its members, in a fixed order; apps are left out. */
export function partsOf(map: FleetMap, host: Cluster): Tracked[] {
  const members = map.membersOf(host);
  return [
    own(host, host, { name: controllerOn(host).self, role: 'self', folder: layout.install(host.name, host.controller.kind) }),
    ...clusterParts(map, host, host),
    ...members.map((member): Tracked => ({ ...own(host, host, { name: member.name, role: 'member', folder: layout.root(member.name, host.name) }), cluster: member })),
    ...members.flatMap((member) => clusterParts(map, host, member)),
  ];
}

/** What a host tracks of one cluster, without the controller's own install and without apps. */
export function clusterParts(map: FleetMap, host: Cluster, cluster: Cluster): Tracked[] {
  const platform = trackingName(host, cluster, 'platform');
  return [
    own(host, cluster, { name: 'platform', role: 'platform', folder: layout.platform(cluster.name) }),
    ...map.addOnsOn(cluster).map((addOn): Tracked => ({
      ...own(host, cluster, { name: addOn.name, role: 'add-on', folder: layout.addOn(cluster.name, addOn.name) }),
      dependsOn: [platform, ...addOnsBefore(addOn, map.addOnsOn(cluster)).map((name) => trackingName(host, cluster, name))].sort(compareText),
    })),
    ...(cluster.monitoring === undefined ? [] : [{
      ...own(host, cluster, { name: 'observability', role: 'observability', folder: layout.observability(cluster.name) }),
      dependsOn: [platform, ...addOnsFor(['monitoring.coreos.com'], map.addOnsOn(cluster)).map((name) => trackingName(host, cluster, name))].sort(compareText),
    } satisfies Tracked]),
    ...map.environmentsOn(cluster).map((environment): Tracked => ({
      ...own(host, cluster, { name: environment.name, role: 'environment', folder: layout.tracking(cluster.name, environment.name, host === cluster ? undefined : host.name) }),
      environment: environment.name,
    })),
    ...map.externalOn(cluster).map((app): Tracked => ({
      ...own(host, cluster, { name: app.name, role: 'external', folder: '' }),
      from: { external: app.sources },
      team: app.team,
      app: app.name,
      namespace: app.namespace,
      sync: app.sync,
      dependsOn: [platform, ...addOnsFor(groupsOf(app.kinds), map.addOnsOn(cluster)).map((name) => trackingName(host, cluster, name))].sort(compareText),
    })),
  ];
}

function own(host: Cluster, cluster: Cluster, { name, role, folder }: { readonly name: string; readonly role: Tracked['role']; readonly folder: string }): Tracked {
  return {
    name: trackingName(host, cluster, name), role, from: { folder }, cluster, sync: 'automated',
    dependsOn: [], autoscaled: [], rollouts: [], encrypted: false,
  };
}
