import type { Problem } from '../values/errors.ts';
import type { TreeFile } from './plan-types.ts';
import { foldersOf } from './unit.ts';

/** Writes that need a folder where a foreign file stands, or a file where a foreign folder does: Git can't hold both. */
export function treeConflicts(files: ReadonlyMap<string, TreeFile>, writes: readonly string[], deletes: ReadonlySet<string>): Problem[] {
  const folders = new Map<string, string>();
  for (const path of files.keys()) {
    if (deletes.has(path)) continue;
    for (const folder of foldersOf(path)) {
      if (folders.has(folder)) break;
      folders.set(folder, path);
    }
  }
  const problems = new Map<string, Problem>();
  for (const path of writes) {
    const inside = folders.get(path);
    if (inside !== undefined) {
      problems.set(path, { where: path, message: `expected to write a file, but the runtime repo has a folder there (with ${inside})`, fix: 'move that folder away.' });
    }
    for (const folder of foldersOf(path)) {
      if (files.has(folder) && !deletes.has(folder)) {
        problems.set(folder, { where: folder, message: `expected a folder (for ${path}), but the runtime repo has a file there that Slipway didn't write`, fix: 'move that file away.' });
      }
    }
  }
  return [...problems.values()];
}
