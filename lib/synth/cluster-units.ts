import { namespacesOf } from '../charts/platform.ts';
import { kustomization } from '../manifests/kustomization.ts';
import { byPath, layout, objectFileName } from '../manifests/layout.ts';
import type { RenderedFile, RenderedUnit } from '../manifests/rendered.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Fleet } from '../model/fleet.ts';

/** What a cluster has beside its apps. A cluster on which nothing runs has nothing. */
export function renderCluster(fleet: Fleet, cluster: Cluster): RenderedUnit[] {
  const namespaces = namespacesOf(fleet, cluster);
  if (namespaces.length === 0) return [];
  const folder = layout.platform(cluster.name);
  const source = fleet.files.get(`cluster/${cluster.name}`) ?? 'environments/';
  const files: RenderedFile[] = namespaces.map((value) => ({
    path: `${folder}/${objectFileName(value, undefined)}`, source, objects: [{ value, construct: `${cluster.name}/platform/${value.metadata?.name ?? ''}` }],
  }));
  const list = kustomization(files.map((file) => file.path.slice(folder.length + 1)), []);
  files.push({ path: layout.kustomization(folder), source, objects: [{ value: list, construct: folder }] });
  return [{ id: folder, clusters: [cluster.name], files: files.sort(byPath), images: [] }];
}
