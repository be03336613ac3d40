import type { DeliveredFolder, FolderBook } from '../charts/delivery/folder-book.ts';
import { addOnsFor, groupsOf } from '../charts/delivery/needed-add-ons.ts';
import { trackingName } from '../charts/delivery/tracking-names.ts';
import { trackedApp } from '../charts/delivery/tracked-app.ts';
import { controllerOn } from '../controllers/registry.ts';
import { layout } from '../manifests/layout.ts';
import type { RenderedUnit } from '../manifests/rendered.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Environment } from '../model/environment.ts';
import { compareText } from '../values/errors.ts';
import type { HostRender } from './cluster-units.ts';
import { listFolder, type SourcedObject } from './list-folder.ts';

/** The tracking objects of an environment's apps on a cluster. */
export function environmentUnit(render: HostRender, cluster: Cluster, environment: Environment, book: FolderBook): RenderedUnit {
  const { hosted, map } = render;
  const host = hosted.cluster;
  const controller = controllerOn(host);
  const needed = ({ facts }: DeliveredFolder): string[] => ['platform', ...addOnsFor(groupsOf(facts.kinds), map.addOnsOn(cluster))].map((name) => trackingName(host, cluster, name)).sort(compareText);
  const objects = map.appsOn(environment, cluster).flatMap((app): SourcedObject[] => {
    const folder = book.find(layout.app(environment.name, app.name), cluster.name);
    // An app that could not be rendered is told of already.
    if (folder === undefined) return [];
    return controller.track(trackedApp({ app, environment, host, cluster, folder, dependsOn: needed(folder) }), hosted).map((value) => ({ value, source: app.file }));
  });
  const path = layout.tracking(cluster.name, environment.name, host === cluster ? undefined : host.name);
  return {
    id: path, cluster: cluster.name, environment: environment.name, clusters: [host.name], images: [],
    files: listFolder({ path, source: map.fleet.files.get(`environment/${environment.name}`) ?? 'environments/', objects, ownNamespace: controller.namespace }, render.problems),
  };
}
