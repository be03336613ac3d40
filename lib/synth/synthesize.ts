import { fileText } from '../manifests/text.ts';
import type { Fleet } from '../model/fleet.ts';
import { exitCodes } from '../values/errors.ts';
import { renderChecked, type RenderedText } from './checked.ts';
import type { RenderOptions } from './render.ts';
import { writeFiles } from './write-files.ts';

/** What to render, and where to. */
export interface SynthesizeOptions extends RenderOptions {
  /** Folder that is written. */
  readonly outdir: string;
}

/** Renders, checks and writes a fleet; findings are told. Nothing is written while anything is wrong. */
export function synthesize(fleet: Fleet, options: SynthesizeOptions, say: (line: string) => void): number {
  const texts = renderChecked(fleet, options, (unit): RenderedText => ({ unit: unit.id, folders: unit.folders?.length ?? 1, files: unit.files.map((file) => ({ path: file.path, text: fileText(file) })) }), say);
  const files = texts.flatMap((text) => text.files);
  writeFiles(options.outdir, files);
  const ownRenders = texts.reduce((sum, text) => sum + text.folders - 1, 0);
  say(`${files.length} files in ${options.outdir}${ownRenders > 0 ? `; ${ownRenders} ${ownRenders === 1 ? 'render is' : 'renders are'} for one cluster alone` : ''}`);
  return exitCodes.ok;
}
