import { fileText } from '../manifests/text.ts';
import type { Fleet } from '../model/fleet.ts';
import { exitCodes } from '../values/errors.ts';
import { isFailure } from '../validate/finding.ts';
import { formatFindings } from '../validate/report.ts';
import { renderChecked, type CheckedOptions } from './checked.ts';
import { writeFiles, type TextFile } from './write-files.ts';

/** What to render, and where to. */
export interface SynthesizeOptions extends CheckedOptions {
  /** Folder that is written. */
  readonly outdir: string;
}

/** Renders, checks and writes a fleet; findings are told. Nothing is written while anything is wrong. */
export function synthesize(fleet: Fleet, options: SynthesizeOptions, say: (line: string) => void): number {
  const { kept, findings, notices } = renderChecked(fleet, options, (unit) => ({
    renders: unit.folders?.length ?? 1,
    files: unit.files.map((file): TextFile => ({ path: file.path, text: fileText(file) })),
  }));
  for (const notice of notices) say(notice);
  if (findings.length > 0) say(formatFindings(findings, 'text').trimEnd());
  if (findings.some(isFailure)) return exitCodes.error;
  const files = kept.flatMap((unit) => unit.files);
  writeFiles(options.outdir, files);
  const ownRenders = kept.reduce((sum, unit) => sum + unit.renders - 1, 0);
  say(`${files.length} files in ${options.outdir}${ownRenders > 0 ? `; ${ownRenders} ${ownRenders === 1 ? 'render is' : 'renders are'} for one cluster alone` : ''}`);
  return exitCodes.ok;
}
