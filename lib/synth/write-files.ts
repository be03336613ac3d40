import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { SlipwayError } from '../values/errors.ts';
import { refuseForeignFiles, renderedFolders } from './earlier-render.ts';

/** A file ready to be written. */
export interface TextFile {
  /** Path below the output folder, `/` between folders. */
  readonly path: string;
  readonly text: string;
}

/**
 * Makes the folders of earlier renders below the output folder hold exactly these files: what is gone is removed, and only what changed is
 * written. A path that leaves the folder, and files of somebody else in those folders, are refused before anything is touched.
 */
export function writeFiles(outdir: string, files: readonly TextFile[]): void {
  const root = resolve(outdir);
  const escaping = files.filter((file) => !isInside(root, file.path)).map((file) => file.path).sort();
  if (escaping.length > 0) throw new SlipwayError(escaping.map((path) => ({ where: path, message: `expected a path inside ${outdir}, got one that leaves it` })));
  refuseForeignFiles(root, outdir);
  const wanted = new Wanted(files);
  const there = new Set<string>();
  for (const folder of Object.keys(renderedFolders)) removeStale(root, folder, wanted, there);
  const made = new Set<string>();
  for (const file of files) {
    const path = join(root, file.path);
    if (there.has(file.path) && readFileSync(path, 'utf8') === file.text) continue;
    const folder = dirname(path);
    if (!made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      made.add(folder);
    }
    writeFileSync(path, file.text);
  }
}

/** The files that shall be there, and every folder above them. */
class Wanted {
  readonly files: ReadonlySet<string>;
  readonly folders = new Set<string>();

  constructor(files: readonly TextFile[]) {
    this.files = new Set(files.map((file) => file.path));
    for (const path of this.files) {
      for (let end = path.lastIndexOf('/'); end > 0 && !this.folders.has(path.slice(0, end)); end = path.lastIndexOf('/', end - 1)) this.folders.add(path.slice(0, end));
    }
  }
}

/** Removes what isn't wanted below a folder, and notes the files that are there already. */
function removeStale(root: string, folder: string, wanted: Wanted, there: Set<string>): void {
  if (!wanted.folders.has(folder)) {
    rmSync(join(root, folder), { recursive: true, force: true });
    return;
  }
  for (const entry of entriesOf(join(root, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) removeStale(root, path, wanted, there);
    else if (entry.isFile() && wanted.files.has(path)) there.add(path);
    else rmSync(join(root, path), { force: true });
  }
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function isInside(root: string, path: string): boolean {
  const inner = relative(root, resolve(root, path));
  return inner !== '' && inner !== '..' && !inner.startsWith(`..${sep}`) && !path.includes('\\') && !path.startsWith('/');
}
