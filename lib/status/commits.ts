import { headOf, withReading, type ReadingOptions } from '../runtime-repo/reading.ts';
import type { CommitNote } from './status.ts';

/** What the runtime repo says of commits. */
export interface RuntimeHistory {
  /** The commit that the branch holds. */
  readonly head: string;
  readonly commits: ReadonlyMap<string, CommitNote>;
  /** Whether a folder of the repository is the same at a commit and at the head; undefined where the commit isn't known. */
  isCurrent(commit: string, folder: string): boolean | undefined;
}

/** A question to the history: does this folder differ between this commit and the head? */
export interface FolderAt {
  readonly commit: string;
  readonly folder: string;
}

const separator = '\u001f';

/** Reads the authors and messages of commits of the runtime repo, and which folders changed since them, in three runs of Git however many there are. */
export function readHistory(options: ReadingOptions, commits: readonly string[], folders: readonly FolderAt[]): Promise<RuntimeHistory> {
  return withReading(options, async (reading) => {
    const head = await headOf(reading, true);
    const { repository } = reading;
    const wanted = [...new Set([...commits, ...folders.map(({ commit }) => commit)])].filter((commit) => /^[0-9a-f]{40,64}$/.test(commit));
    const check = await repository.git(['cat-file', '--batch-check=%(objecttype)'], { input: wanted.map((commit) => `${commit}^{commit}\n`) });
    const known = wanted.filter((_, index) => check.stdout.toString('utf8').split('\n')[index] === 'commit');
    const notes = new Map<string, CommitNote>();
    if (known.length > 0) {
      const { stdout } = await repository.git(['log', '--no-walk=unsorted', '--stdin', `--format=%H${separator}%an${separator}%aI${separator}%s`], { input: known.map((commit) => `${commit}\n`) });
      for (const line of stdout.toString('utf8').split('\n')) {
        const [commit = '', author = '', at = '', subject = ''] = line.split(separator);
        if (commit !== '') notes.set(commit, { author, subject, at });
      }
    }
    const questions = folders.filter(({ commit }) => notes.has(commit));
    const trees = await repository.git(['cat-file', '--batch-check=%(objectname)'], { input: questions.flatMap(({ commit, folder }) => [`${commit}:${folder}\n`, `${head}:${folder}\n`]) });
    const lines = trees.stdout.toString('utf8').split('\n');
    const same = new Map(questions.map(({ commit, folder }, index) => [`${commit}:${folder}`, lines[2 * index] === lines[2 * index + 1]]));
    return { head, commits: notes, isCurrent: (commit, folder) => same.get(`${commit}:${folder}`) };
  });
}
