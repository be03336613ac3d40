import { rm } from 'node:fs/promises';
import type { Repository } from '../model/repository.ts';
import { compareText, SlipwayError } from '../values/errors.ts';
import { openEmbedded } from './embedded.ts';
import { gitRunner, type GitOptions } from './git.ts';
import { openRemote } from './remote.ts';
import type { RuntimeRepository } from './repository.ts';
import { makeRunFolder } from './run-folder.ts';
import { credentialVariables } from './settings.ts';
import { readBlobs } from './snapshot.ts';
import { readSettings } from './source.ts';
import { resolveTarget } from './target.ts';

/** Which runtime repo is read, and from where. */
export interface ReadingOptions {
  /** The config repo's folder: Git's settings and relative paths are its own. */
  readonly folder: string;
  /** @default - the embedded one */
  readonly repository?: Pick<Repository, 'url' | 'branch' | 'path'>;
  /** Tells what killed runs left. */
  readonly now: Date;
  /** @default - `git` on PATH in this process's environment */
  readonly git?: GitOptions;
}

/** A runtime repo that is only read. */
export interface Reading {
  /** How messages name it; without credentials. */
  readonly name: string;
  readonly branch: string;
  /** The folder in it below which everything lies; '' for its root. */
  readonly path: string;
  readonly repository: RuntimeRepository;
}

/** Opens a runtime repo, runs the work, and cleans up whatever came of it. Nothing is written to it. */
export async function withReading<T>(options: ReadingOptions, work: (reading: Reading) => Promise<T>): Promise<T> {
  const git = gitRunner(options.git);
  const settings = await readSettings(git, options.folder);
  const { url, branch, path } = resolveTarget(options.repository ?? {}, undefined, settings);
  const scratch = await makeRunFolder(options.folder, options.now.getTime());
  try {
    const place = { git, project: options.folder, scratch };
    const repository = url === undefined ? await openEmbedded(place) : await openRemote({ ...place, url, credentials: credentialVariables(settings, options.git?.env ?? process.env) });
    return await work({ name: repository.name, branch, path, repository });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The commit at which a runtime repo stands. @throws SlipwayError when it has no such branch */
export async function headOf({ repository, branch, name }: Reading, history = false): Promise<string> {
  const commit = await repository.head(branch, history);
  if (commit === undefined) throw SlipwayError.of(name, `expected the branch ${branch}, found no commit on it`, 'publish first');
  return commit;
}

/** The texts of all files of a commit below some folders (each ending in `/`), by path from the runtime repo's own folder. */
export async function textsBelow({ repository, path }: Reading, commit: string, folders: readonly string[]): Promise<Map<string, string>> {
  const own = path === '' ? '' : `${path}/`;
  const { stdout } = await repository.git(['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...folders.map((folder) => `${own}${folder}`)]);
  const blobs = new Map<string, string>();
  for (const row of stdout.toString('utf8').split('\0')) {
    const tab = row.indexOf('\t');
    const [, type, blob] = row.slice(0, Math.max(0, tab)).split(' ');
    if (type === 'blob' && blob !== undefined) blobs.set(row.slice(tab + 1 + own.length), blob);
  }
  const texts = await readBlobs(repository, [...blobs.values()]);
  return new Map([...blobs].sort(([a], [b]) => compareText(a, b)).map(([file, blob]) => [file, texts.get(blob) ?? '']));
}
