import { nextVariant } from '../model/waves.ts';
import type { RenderedFile, RenderedFolder, RenderedUnit } from '../manifests/rendered.ts';

/**
 * What an app's unit is while a change has reached only some of its clusters: a folder beside the shared one, for those of them that share
 * it, and the folders that are theirs alone. The shared folder and those of other clusters stay in the runtime repo as they are.
 */
export function waveUnit(unit: RenderedUnit, reached: ReadonlySet<string>): RenderedUnit {
  const next = `${unit.id}@${nextVariant}`;
  const folders = (unit.folders ?? []).flatMap((folder): { readonly from: string; readonly to: RenderedFolder }[] => {
    const clusters = folder.clusters.filter((cluster) => reached.has(cluster));
    return clusters.length === 0 ? [] : [{ from: folder.path, to: { ...folder, path: folder.path === unit.id ? next : folder.path, clusters } }];
  });
  const files = unit.files.flatMap((file): RenderedFile[] => {
    const folder = folders.find(({ from }) => file.path.startsWith(`${from}/`));
    return folder === undefined ? [] : [{ ...file, path: `${folder.to.path}${file.path.slice(folder.from.length)}` }];
  });
  return { ...unit, partial: true, clusters: unit.clusters.filter((cluster) => reached.has(cluster)), folders: folders.map(({ to }) => to), files };
}
