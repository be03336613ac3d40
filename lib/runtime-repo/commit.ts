import { join } from 'node:path';
import type { PlannedWrite } from './plan-types.ts';
import type { RuntimeRepository } from './repository.ts';
import type { Identity } from './settings.ts';

/** A commit to make. */
export interface CommitOptions {
  readonly repository: RuntimeRepository;
  /** The commit whose tree is changed. @default - an empty tree */
  readonly base: string | undefined;
  readonly parents: readonly string[];
  /** The target's folder; '' for the root. */
  readonly path: string;
  readonly writes: readonly PlannedWrite[];
  readonly deletes: readonly string[];
  readonly message: string;
  readonly author: Identity;
  readonly committer: Identity;
  readonly now: Date;
}

/** Makes a commit without a checkout and without moving a branch; seven runs of Git at most, however many files there are. */
export async function makeCommit(options: CommitOptions): Promise<string> {
  const { repository, base } = options;
  await repository.bring([...options.writes.flatMap(({ blob, text }) => text === undefined ? [blob] : []), ...await restored(options)]);
  const contents = options.writes.flatMap(({ text }) => text === undefined ? [] : [text]);
  if (contents.length > 0) await repository.git(['fast-import', '--quiet', '--done'], { input: importStream(contents) });
  const env = { GIT_INDEX_FILE: join(repository.scratch, 'index') };
  await repository.git(base === undefined ? ['read-tree', '--empty'] : ['read-tree', base], { env });
  await repository.git(['update-index', '--add', '--replace', '-z', '--index-info'], { env, input: indexInfo(options) });
  const tree = await repository.git(repository.partial ? ['write-tree', '--missing-ok'] : ['write-tree'], { env });
  const commit = await repository.git(
    ['commit-tree', tree.stdout.toString('utf8').trim(), ...options.parents.flatMap((parent) => ['-p', parent]), '-F', '-'],
    { input: options.message, env: identityVariables(options) },
  );
  return commit.stdout.toString('utf8').trim();
}

/** File contents that the base has and the first parent doesn't: a push has to send them again, although the server has them somewhere. */
async function restored({ repository, base, parents: [parent] }: CommitOptions): Promise<string[]> {
  if (!repository.partial || base === undefined || parent === undefined || parent === base) return [];
  const { stdout } = await repository.git(['diff-tree', '-r', '-z', '--no-renames', '--diff-filter=d', parent, base]);
  return stdout.toString('utf8').split('\0').filter((row) => row.startsWith(':')).map((row) => row.split(' ')).flatMap(([, mode = '', , blob = '']) => mode.startsWith('16') ? [] : [blob]);
}

/** File contents for `git fast-import`: it writes them all as one pack. */
function* importStream(contents: readonly string[]): Generator<Buffer> {
  for (const text of contents) {
    const bytes = Buffer.from(text, 'utf8');
    yield Buffer.concat([Buffer.from(`blob\ndata ${bytes.length}\n`), bytes, Buffer.from('\n')]);
  }
  yield Buffer.from('done\n');
}

/** Deletions first, so that a file may become a folder. */
function* indexInfo({ path, writes, deletes }: CommitOptions): Generator<string> {
  const prefix = path === '' ? '' : `${path}/`;
  for (const file of deletes) yield `0 ${'0'.repeat(40)}\t${prefix}${file}\0`;
  for (const { path: file, blob } of writes) yield `100644 ${blob}\t${prefix}${file}\0`;
}

function identityVariables({ author, committer, now }: CommitOptions): Record<string, string> {
  const date = `@${Math.floor(now.getTime() / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email, GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: committer.name, GIT_COMMITTER_EMAIL: committer.email, GIT_COMMITTER_DATE: date,
  };
}
