import { nextVariant } from '../../model/waves.ts';
import type { FolderFacts, RenderedFolder, RenderedUnit } from '../../manifests/rendered.ts';

/** A folder with one complete render, and what has to be known of its objects. */
export interface DeliveredFolder {
  readonly path: string;
  readonly facts: FolderFacts;
}

interface AppFolders {
  /** What every cluster takes that has no render of its own. */
  readonly shared: DeliveredFolder | undefined;
  readonly own: ReadonlyMap<string, DeliveredFolder>;
}

/** Remembers of each rendered app which cluster takes which folder; the objects themselves may be dropped. */
export class FolderBook {
  readonly #apps = new Map<string, AppFolders>();

  /** Notes the folders of an app's unit. */
  note(unit: Pick<RenderedUnit, 'folders' | 'id'>): void {
    const folders = (unit.folders ?? []).flatMap((folder) => withFacts(folder));
    const shared = folders.find((folder) => folder.path === unit.id || folder.path === `${unit.id}@${nextVariant}`);
    const own = folders.filter((folder) => folder !== shared).flatMap((folder) => folder.clusters.map((cluster) => [cluster, folder] as const));
    this.#apps.set(unit.id, { shared, own: new Map(own) });
  }

  /** The folder that a cluster takes of an app's unit; undefined when the unit wasn't rendered. */
  find(unit: string, cluster: string): DeliveredFolder | undefined {
    const folders = this.#apps.get(unit);
    return folders?.own.get(cluster) ?? folders?.shared;
  }
}

function withFacts({ path, clusters, facts }: RenderedFolder): (DeliveredFolder & { readonly clusters: readonly string[] })[] {
  return facts === undefined ? [] : [{ path, clusters, facts }];
}
