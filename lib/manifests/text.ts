import type { RenderedFile } from './rendered.ts';
import { documentsToYaml, orderKeys, toYaml } from './yaml.ts';

/** The text of a rendered file, its first line saying what to edit instead. */
export function fileText(file: RenderedFile): string {
  if (file.verbatim !== undefined) return file.verbatim;
  const header = `Rendered by Slipway from ${file.source}. Edit that instead of this file.`;
  const values = file.objects.map((object) => orderKeys(object.value));
  return values.length === 1 ? toYaml(values[0], { header }) : `# ${header}\n${documentsToYaml(values)}`;
}
