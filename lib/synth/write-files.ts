import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { SlipwayError } from '../values/errors.ts';
import { refuseForeignFiles, renderedFolders } from './earlier-render.ts';

/** A file ready to be written. */
export interface TextFile {
  /** Path below the output folder, `/` between folders. */
  readonly path: string;
  readonly text: string;
}

/** Empties the folders of earlier renders below the output folder and writes the files. A path that leaves the folder, and files of somebody else in those folders, are refused before anything is touched. */
export function writeFiles(outdir: string, files: readonly TextFile[]): void {
  const root = resolve(outdir);
  const escaping = files.filter((file) => !isInside(root, file.path)).map((file) => file.path).sort();
  if (escaping.length > 0) throw new SlipwayError(escaping.map((path) => ({ where: path, message: `expected a path inside ${outdir}, got one that leaves it` })));
  refuseForeignFiles(root, outdir);
  for (const folder of Object.keys(renderedFolders)) rmSync(join(root, folder), { recursive: true, force: true });
  const made = new Set<string>();
  for (const file of files) {
    const path = join(root, file.path);
    const folder = dirname(path);
    if (!made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      made.add(folder);
    }
    writeFileSync(path, file.text);
  }
}

function isInside(root: string, path: string): boolean {
  const inner = relative(root, resolve(root, path));
  return inner !== '' && inner !== '..' && !inner.startsWith(`..${sep}`) && !path.includes('\\') && !path.startsWith('/');
}
