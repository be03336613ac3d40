import type { RenderedUnit } from '../manifests/rendered.ts';
import { fileText } from '../manifests/text.ts';
import { contentHashedBase, type PublishUnit } from '../runtime-repo/unit.ts';

/** A rendered unit as publish takes it: text, ready to be written. */
export function publishUnit(unit: RenderedUnit): PublishUnit {
  const cluster = unit.cluster ?? unit.clusters[0];
  return {
    id: unit.id,
    ...(unit.app !== undefined && { app: unit.app }),
    ...(unit.environment !== undefined && { environment: unit.environment }),
    ...(unit.app === undefined && cluster !== undefined && { cluster }),
    files: unit.files.map((file) => {
      const base = contentHashedBase(file);
      return { path: file.path, text: fileText(file), ...(base !== undefined && { contentHashed: base }) };
    }),
    images: unit.images,
    ...(unit.partial === true && { partial: true }),
    ...(unit.needs !== undefined && { needs: unit.needs }),
  };
}
