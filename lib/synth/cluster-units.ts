import { hostedOn } from '../charts/delivery/hosted.ts';
import type { FleetMap } from '../charts/delivery/fleet-map.ts';
import { namespacesOf } from '../charts/platform.ts';
import type { ControllerFolder, Hosted } from '../controllers/controller.ts';
import { addOnFolder, providedGroups } from '../controllers/add-ons/folder.ts';
import { memberObservability, observabilityObjects } from '../controllers/observability/objects.ts';
import { controllerOn } from '../controllers/registry.ts';
import type { Tracked } from '../controllers/tracked.ts';
import { layout } from '../manifests/layout.ts';
import type { KubeObject, RenderedUnit } from '../manifests/rendered.ts';
import type { Cluster } from '../model/cluster.ts';
import type { UpstreamReference } from '../model/upstream.ts';
import type { Problem } from '../values/errors.ts';
import { folderUnit } from './folder-unit.ts';
import { listFolder, type SourcedObject } from './list-folder.ts';

/** Everything that a host's own units are made from. */
export interface HostRender {
  readonly map: FleetMap;
  readonly hosted: Hosted;
  /** What to edit instead of a cluster's files. */
  sourceOf(cluster: Cluster): string;
  /** The upstream manifests that units stand on, by unit: filled as they are rendered. */
  readonly needs: Map<string, UpstreamReference>;
  readonly problems: Problem[];
}

/** What is asked of a host, looked up once for all its units. */
export function hostRender(map: FleetMap, host: Cluster, needs: HostRender['needs'], problems: Problem[]): HostRender {
  return { map, hosted: hostedOn(map, host), sourceOf: (cluster) => map.fleet.files.get(`cluster/${cluster.name}`) ?? 'environments/', needs, problems };
}

/** The units of a cluster that runs its own controller: its root, the install and the platform. */
export function hostUnits(render: HostRender): RenderedUnit[] {
  const { hosted } = render;
  const { cluster } = hosted;
  const controller = controllerOn(cluster);
  const own = hosted.tracked.filter((tracked) => tracked.cluster.name === cluster.name || tracked.role === 'member');
  return [
    listUnit(render, cluster, layout.root(cluster.name), [...controller.root(hosted).map((value) => ({ value })), ...trackingObjects(render, own)]),
    standing(render, cluster, layout.install(cluster.name, cluster.controller.kind), controller.install(hosted), controller.defines),
    platformUnit(render, cluster, controller.platform(hosted)),
    ...addOnUnits(render, cluster),
    ...observabilityUnit(render, cluster, observabilityObjects(hosted)),
  ];
}

/** The units of a cluster that a hub delivers to: its tracking objects, which lie on the hub, and its platform. */
export function memberUnits(render: HostRender, member: Cluster): RenderedUnit[] {
  const { hosted } = render;
  const own = hosted.tracked.filter((tracked) => tracked.cluster.name === member.name && tracked.role !== 'member');
  return [
    listUnit(render, member, layout.root(member.name, hosted.cluster.name), trackingObjects(render, own)),
    platformUnit(render, member, controllerOn(hosted.cluster).memberPlatform(hosted, member)),
    ...addOnUnits(render, member),
    ...observabilityUnit(render, member, memberObservability(member)),
  ];
}

function addOnUnits(render: HostRender, cluster: Cluster): RenderedUnit[] {
  return render.map.addOnsOn(cluster).map((addOn) => standing(render, cluster, layout.addOn(cluster.name, addOn.name), addOnFolder(addOn, cluster), providedGroups(addOn)));
}

/** What watches a cluster, where it wants that: a folder of its own, so that the platform needs no custom resources. */
function observabilityUnit(render: HostRender, cluster: Cluster, objects: readonly KubeObject[]): RenderedUnit[] {
  return cluster.monitoring === undefined ? [] : [objectsUnit(render, cluster, layout.observability(cluster.name), objects)];
}

function trackingObjects({ map, hosted }: HostRender, tracked: readonly Tracked[]): SourcedObject[] {
  const controller = controllerOn(hosted.cluster);
  return tracked.flatMap((each) => {
    const source = each.environment === undefined ? map.externalOn(each.cluster).find((app) => each.role === 'external' && app.name === each.app)?.file : map.fleet.files.get(`environment/${each.environment}`);
    return controller.track(each, hosted).map((value) => ({ value, ...(source !== undefined && { source }) }));
  });
}

/** Tracking objects: they land where the controller runs, whichever cluster they are of. */
function listUnit(render: HostRender, cluster: Cluster, path: string, objects: readonly SourcedObject[]): RenderedUnit {
  const host = render.hosted.cluster;
  return {
    id: path, cluster: cluster.name, clusters: [host.name], images: [],
    files: listFolder({ path, source: render.sourceOf(cluster), objects, ownNamespace: controllerOn(host).namespace }, render.problems),
  };
}

/** The unit of a folder that stands on upstream manifests. */
function standing(render: HostRender, cluster: Cluster, id: string, folder: ControllerFolder, provides: readonly string[]): RenderedUnit {
  for (const reference of folder.upstream) render.needs.set(layout.upstream(reference.name, reference.version), reference);
  return folderUnit({ id, cluster: cluster.name, source: render.sourceOf(cluster), folder, provides, ownNamespace: controllerOn(render.hosted.cluster).namespace }, render.problems);
}

function platformUnit(render: HostRender, cluster: Cluster, objects: readonly KubeObject[]): RenderedUnit {
  return objectsUnit(render, cluster, layout.platform(cluster.name), [...namespacesOf(render.map, cluster), ...objects]);
}

/** A folder of objects that land on a cluster. */
function objectsUnit(render: HostRender, cluster: Cluster, path: string, objects: readonly KubeObject[]): RenderedUnit {
  return {
    id: path, cluster: cluster.name, clusters: [cluster.name], images: [],
    files: listFolder({ path, source: render.sourceOf(cluster), objects: objects.map((value) => ({ value })), ownNamespace: controllerOn(render.hosted.cluster).namespace }, render.problems),
  };
}
