import { SlipwayError } from '../values/errors.ts';
import type { Git } from './git.ts';
import type { SourceOrder } from './plan-types.ts';
import type { GitSetting } from './url.ts';

/** The config repo as a publish sees it. */
export interface SourceRepo {
  /** The project's folder: the root of the config repo, or a folder inside of it. */
  readonly folder: string;
  /** The commit that is rendered. */
  readonly commit: string;
  /** Whether earlier history is missing. */
  readonly shallow: boolean;
}

/**
 * Reads which commit is rendered. Fails where that can't be said: no Git repository, no commit yet, or a work tree that differs from its commit
 * (what would be published then is in no commit, and a rollback could never find it).
 */
export async function readSource(git: Git, folder: string): Promise<SourceRepo> {
  const about = await git(['rev-parse', '--is-inside-work-tree', '--is-shallow-repository'], { cwd: folder, accept: [0, 128] });
  const [inside, shallow] = about.stdout.toString('utf8').split('\n');
  if (about.code !== 0 || inside !== 'true') {
    const said = about.code === 0 || /not a git repository/i.test(about.stderr) ? '' : `: ${about.stderr.trim()}`;
    throw SlipwayError.of(folder, `expected a work tree of a Git repository, because every publish records the commit it came from${said}`, 'git init && git add --all && git commit');
  }
  const head = await git(['rev-parse', '--quiet', '--verify', 'HEAD^{commit}'], { cwd: folder, accept: [0, 1, 128] });
  if (head.code !== 0) throw SlipwayError.of(folder, 'expected a commit, because every publish records the one it came from; this repository has none yet', 'git add --all && git commit');
  const dirty = await dirtyPaths(git, folder);
  if (dirty.length > 0) {
    throw SlipwayError.of(folder, `expected a work tree without changes, got ${dirty.length} changed or new: ${dirty.slice(0, 20).join(', ')}${dirty.length > 20 ? ', …' : ''}`, 'commit them (or add what is no input to .gitignore), so that what is published is in a commit.');
  }
  return { folder, commit: head.stdout.toString('utf8').trim(), shallow: shallow === 'true' };
}

/** Changed and new files, without those that Slipway itself keeps: another run may just be making that folder. */
async function dirtyPaths(git: Git, folder: string): Promise<string[]> {
  const { stdout } = await git(['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=normal', '--ignore-submodules=none', '--', '.', ':(exclude).slipway'], { cwd: folder });
  return stdout.toString('utf8').split('\0').filter((row) => row !== '').map((row) => row.slice(3)).sort();
}

/** How each recorded commit stands to the source, found by two runs of Git however many there are; commits that aren't here are asked for once. */
export async function orderOf(git: Git, source: SourceRepo, recorded: readonly string[], settings: readonly GitSetting[]): Promise<Map<string, SourceOrder>> {
  const absent = source.shallow ? 'beyond-shallow' : 'unknown';
  const order = new Map<string, SourceOrder>(recorded.map((commit) => [commit, commit === source.commit ? 'same' : absent]));
  const others = recorded.filter((commit) => commit !== source.commit);
  if (others.length === 0) return order;
  const before = await presentOf(git, source, others);
  const missing = others.filter((commit) => !before.includes(commit));
  const known = missing.length > 0 && await ask(git, source, missing, settings) ? await presentOf(git, source, others) : before;
  if (known.length === 0) return order;
  // What the recorded commits reach and the source doesn't, with parents: a recorded commit that isn't listed is an ancestor of the source.
  const ahead = await git(['rev-list', '--parents', '--stdin'], { cwd: source.folder, input: [...known, `^${source.commit}`].map((commit) => `${commit}\n`) });
  const parents = new Map(ahead.stdout.toString('utf8').split('\n').filter((row) => row !== '').map((row) => {
    const [commit = '', ...above] = row.split(' ');
    return [commit, above] as const;
  }));
  for (const commit of known) {
    if (!parents.has(commit)) order.set(commit, 'older');
    else if (reaches(commit, source.commit, parents)) order.set(commit, 'newer');
    else order.set(commit, source.shallow ? 'beyond-shallow' : 'diverged');
  }
  return order;
}

async function presentOf(git: Git, source: SourceRepo, commits: readonly string[]): Promise<string[]> {
  const { stdout } = await git(['cat-file', '--batch-check=%(objectname) %(objecttype)'], { cwd: source.folder, input: commits.map((commit) => `${commit}\n`) });
  return stdout.toString('utf8').split('\n').filter((row) => row.endsWith(' commit')).map((row) => row.slice(0, row.indexOf(' ')));
}

/**
 * Asks the config repo's remote for commits that aren't here, without moving a branch: a checkout made before a newer commit was pushed and published
 * learns in this way that it is superseded. A remote that doesn't have them, or can't be reached, leaves them unknown, and that is refused with what to do.
 */
async function ask(git: Git, source: SourceRepo, missing: readonly string[], settings: readonly GitSetting[]): Promise<boolean> {
  const remotes = [...new Set(settings.flatMap(({ key }) => /^remote\.(.+)\.url$/.exec(key)?.[1] ?? []))];
  const remote = remotes.includes('origin') ? 'origin' : remotes[0];
  if (remote === undefined) return false;
  const { code } = await git(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--stdin', remote], { cwd: source.folder, input: missing.map((commit) => `${commit}\n`), accept: [0, 1, 128] });
  return code === 0;
}

function reaches(from: string, to: string, parents: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
    if (commit === to) return true;
    if (seen.has(commit)) continue;
    seen.add(commit);
    open.push(...(parents.get(commit) ?? []));
  }
  return false;
}

/**
 * Whether a change that renders may have been made and undone between a recorded commit and the source: then a run of the commit in between
 * may still be on its way. Documentation doesn't render, nor does the folder that publish itself writes (where both are one repository).
 */
export async function isInFlight(git: Git, source: SourceRepo, recorded: string, runtimeFolder: string | undefined): Promise<boolean> {
  const without = [':(exclude,top,glob)**/*.md', ':(exclude)docs', ...(runtimeFolder === undefined ? [] : [`:(exclude,top,literal)${runtimeFolder}`])];
  const { stdout } = await git(['rev-list', '--full-history', '--stdin', '--', '.', ...without], { cwd: source.folder, input: `${source.commit}\n^${recorded}\n` });
  return stdout.toString('utf8').split('\n').some((commit) => commit !== '' && commit !== source.commit);
}

/** Git's configuration as it is in force in the config repo, with where each setting comes from. Values may be secret: they are never reported. */
export async function readSettings(git: Git, folder: string): Promise<GitSetting[]> {
  const { stdout } = await git(['config', '--list', '--show-scope', '--includes', '-z'], { cwd: folder });
  const parts = stdout.toString('utf8').split('\0');
  const settings: GitSetting[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [scope = '', entry = ''] = [parts[i], parts[i + 1]];
    const end = entry.indexOf('\n');
    settings.push({ scope, key: end < 0 ? entry : entry.slice(0, end), value: end < 0 ? 'true' : entry.slice(end + 1) });
  }
  return settings;
}
