import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError, type Problem } from '../values/errors.ts';

/** The folders of a render below its output folder, and how many folders deep their files begin. */
export const renderedFolders: Readonly<Record<string, number>> = { apps: 2, clusters: 2, upstream: 1 };

const header = Buffer.from('# Rendered by Slipway');

/**
 * Refuses an output folder whose `apps/`, `clusters/` or `upstream/` hold something else than an earlier render, such as the sources themselves: they are
 * emptied before they are written. One file of each unit is looked at.
 */
export function refuseForeignFiles(root: string, outdir: string): void {
  const foreign: Problem[] = Object.entries(renderedFolders).flatMap(([folder, depth]) => foreignIn(root, folder, depth)).map((path) => ({
    where: join(outdir, path),
    message: 'expected a folder of earlier renders, which synth may empty, got a file that Slipway did not render',
    fix: 'name another --output, or move the file away',
  }));
  if (foreign.length > 0) throw new SlipwayError(foreign);
}

function foreignIn(root: string, folder: string, depth: number): string[] {
  const entries = entriesOf(join(root, folder));
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => `${folder}/${entry.name}`);
  const foreign = Object.hasOwn(renderedFolders, folder) ? files : toLookAt(files).filter((path) => !isRendered(join(root, path)));
  return depth === 0 ? foreign : [...foreign, ...entries.filter((entry) => entry.isDirectory()).flatMap((entry) => foreignIn(root, `${folder}/${entry.name}`, depth - 1))];
}

/** The kustomization where there is one: the other file of an upstream folder is upstream's own. */
function toLookAt(files: readonly string[]): readonly string[] {
  const lists = files.filter((path) => path.endsWith('/kustomization.yaml'));
  return lists.length > 0 ? lists : files.slice(0, 1);
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** An empty file is what a render that was killed leaves behind. */
function isRendered(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(header.length);
    const length = readSync(file, start, 0, header.length, 0);
    return length === 0 || start.equals(header);
  } finally {
    closeSync(file);
  }
}
