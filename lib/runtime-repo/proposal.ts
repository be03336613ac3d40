import { SlipwayError } from '../values/errors.ts';
import type { RuntimeRepository } from './repository.ts';

/** A pull request's branch that isn't merged yet. */
export interface Proposal {
  readonly head: string;
  /** The commit of the config repo from which it was last made. */
  readonly source: string;
  /** When it was last made. */
  readonly date: Date;
  /** Whether the target branch hasn't moved on since. */
  readonly holdsTarget: boolean;
}

/** Where a proposal is read. */
export interface ProposalOptions {
  readonly repository: RuntimeRepository;
  /** The commit of the pull request's branch. @default - there is no such branch */
  readonly head: string | undefined;
  /** The commit of the target branch. */
  readonly into: string;
  readonly branch: string;
  /** What this publish speaks for. */
  readonly scope: string;
}

/**
 * Reads what a pull request's branch proposes beyond the target; `undefined` where there is no branch, or it is merged.
 * Fails on commits that Slipway didn't make, or made for another scope: a further one would silently take them back.
 */
export async function readProposal({ repository, head, into, branch, scope }: ProposalOptions): Promise<Proposal | undefined> {
  if (head === undefined) return undefined;
  const trailer = (key: string): string => `%(trailers:key=${key},valueonly,separator=%x1e)`;
  const format = `%H%x1f%P%x1f%ct%x1f${trailer('Slipway-Source')}%x1f${trailer('Slipway-Scope')}%x1f%s`;
  const { stdout } = await repository.git(['log', '-z', '--topo-order', `--format=${format}`, `${into}..${head}`]);
  const commits = stdout.toString('utf8').split('\0').filter((row) => row !== '').map((row) => {
    const [id = '', parents = '', seconds = '', source = '', madeFor = '', subject = ''] = row.split('\x1f');
    return { id, merge: parents.includes(' '), date: new Date(Number(seconds) * 1000), source: source.split('\x1e')[0] ?? '', madeFor, subject };
  });
  if (commits.length === 0) return undefined;
  // A merge is what a host's "update branch" button makes: it brings nothing of its own.
  const foreign = commits.filter(({ source, merge }) => source === '' && !merge);
  const newest = commits.find(({ source }) => source !== '');
  if (foreign.length > 0 || newest === undefined) {
    const names = foreign.map(({ id, subject }) => `${id.slice(0, 12)} ${subject}`).join('; ');
    throw SlipwayError.of(branch, `expected only commits of Slipway on this branch, got ${names === '' ? 'a merge only' : names}`, 'merge the branch, delete it, or name another: --branch NAME');
  }
  if (newest.madeFor !== scope) {
    throw SlipwayError.of(branch, `expected a branch that proposes ${scope}, but it proposes ${newest.madeFor || 'something else'}, which this publish would withdraw`, 'name another branch for one of the two: --branch NAME');
  }
  const behind = await repository.git(['rev-list', '--count', `${head}..${into}`]);
  return { head, source: newest.source, date: newest.date, holdsTarget: behind.stdout.toString('utf8').trim() === '0' };
}
