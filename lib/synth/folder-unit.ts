import type { ControllerFolder } from '../controllers/controller.ts';
import { layout } from '../manifests/layout.ts';
import type { RenderedUnit } from '../manifests/rendered.ts';
import { compareText, type Problem } from '../values/errors.ts';
import { listFolder } from './list-folder.ts';

/** A folder of a cluster that stands on upstream manifests. */
export interface FolderUnitInput {
  readonly id: string;
  /** The cluster on which it lands. */
  readonly cluster: string;
  /** What to edit instead of its files. */
  readonly source: string;
  readonly folder: ControllerFolder;
  /** API groups or kinds whose custom resources its upstream manifests define. @default - none */
  readonly provides?: readonly string[];
  /** The namespace whose objects need no namespace in their file's name. */
  readonly ownNamespace: string;
}

/** The unit of an install or an add-on: a kustomization on the upstream folders, with patches and its own objects beside it. */
export function folderUnit({ id, cluster, source, folder, ownNamespace, provides = [] }: FolderUnitInput, problems: Problem[]): RenderedUnit {
  const { upstream, objects, patches, images, namespace } = folder;
  const needs = upstream.map(({ name, version }) => layout.upstream(name, version));
  const up = id.split('/').map(() => '..').join('/');
  const files = listFolder({
    path: id, source, objects: objects.map((value) => ({ value })), ownNamespace: namespace ?? ownNamespace,
    bases: needs.map((need) => `${up}/${need}`), patches, images, ...(namespace !== undefined && { namespace }),
  }, problems);
  return { id, cluster, clusters: [cluster], images: [], files, ...(needs.length > 0 && { needs: [...new Set(needs)].sort(compareText) }), ...(provides.length > 0 && { provides }) };
}
