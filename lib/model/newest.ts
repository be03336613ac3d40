import { extractFrom, tagMatches } from '../values/tag-pattern.ts';
import { compareVersions, inRange, parseVersion } from '../values/version-range.ts';
import { compareText } from '../values/errors.ts';
import type { Newest } from './image-automation.ts';

/** How tags are chosen and compared: the words of Flux's ImagePolicy. */
export interface TagPolicy {
  /** RE2. @default - every tag */
  readonly pattern?: string;
  /** @default - the whole tag */
  readonly extract?: string;
  readonly order: { readonly kind: 'alphabetical' | 'numerical'; readonly descending: boolean } | { readonly kind: 'semver'; readonly range: string };
}

/** Tags that show what a policy does. */
interface Samples {
  readonly wins: string;
  readonly loses: readonly string[];
  readonly never: readonly string[];
}

/** The policy that finds the newest tag. */
export function policyFor(newest: Newest): TagPolicy {
  switch (newest.kind) {
    case 'build': return { pattern: `^${newest.branch.replaceAll('.', '\\.')}-[0-9a-f]{7,40}-(?P<seconds>[0-9]{10})$`, extract: '$seconds', order: { kind: 'numerical', descending: false } };
    case 'version': return { ...(newest.pattern !== undefined && { pattern: newest.pattern }), ...(newest.extract !== undefined && { extract: newest.extract }), order: { kind: 'semver', range: newest.range } };
    case 'tag': return { pattern: newest.pattern, ...(newest.extract !== undefined && { extract: newest.extract }), order: { kind: newest.order, descending: newest.descending } };
  }
}

/** What a policy compares of a tag; undefined where the tag doesn't count. */
export function comparedOf(policy: TagPolicy, tag: string): string | undefined {
  if (policy.pattern !== undefined && !tagMatches(policy.pattern, tag)) return undefined;
  const compared = policy.pattern === undefined || policy.extract === undefined ? tag : extractFrom(policy.pattern, policy.extract, tag);
  return compared !== undefined && policy.order.kind === 'semver' && !inRange(policy.order.range, compared) ? undefined : compared;
}

/** The newest of tags by a policy, as Flux chooses it; undefined where none counts. */
export function newestOf(policy: TagPolicy, tags: readonly string[]): string | undefined {
  let best: { readonly tag: string; readonly compared: string } | undefined;
  for (const tag of tags) {
    const compared = comparedOf(policy, tag);
    if (compared !== undefined && (best === undefined || compare(policy, compared, best.compared) > 0)) best = { tag, compared };
  }
  return best?.tag;
}

function compare({ order }: TagPolicy, a: string, b: string): number {
  if (order.kind === 'semver') {
    const [left, right] = [parseVersion(a), parseVersion(b)];
    return left === undefined || right === undefined ? 0 : compareVersions(left, right);
  }
  const ascending = order.kind === 'numerical' ? Number(a) - Number(b) : compareText(a, b);
  return order.descending ? -ascending : ascending;
}

/** What sample tags show to be wrong with a choice; those of builds are built in. */
export function sampleProblems(newest: Newest): string[] {
  const policy = policyFor(newest);
  const samples = samplesOf(newest);
  if (samples === undefined) return [];
  const { wins, loses, never } = samples;
  const all = [wins, ...loses, ...never];
  const numbers = policy.order.kind !== 'numerical' ? [] : all.flatMap((tag) => {
    const compared = comparedOf(policy, tag);
    return compared === undefined || /^[+-]?(\d+\.?\d*|\.\d+)$/.test(compared) ? [] : [`expected a number from ${JSON.stringify(tag)}, got ${JSON.stringify(compared)}: Flux would stop at such a tag`];
  });
  const unmatched = [wins, ...loses].filter((tag) => comparedOf(policy, tag) === undefined).map((tag) => `expected ${JSON.stringify(tag)} to count, but it doesn't match`);
  const wrong = never.filter((tag) => comparedOf(policy, tag) !== undefined).map((tag) => `expected ${JSON.stringify(tag)} never to be chosen, but it matches`);
  if (numbers.length + unmatched.length + wrong.length > 0) return [...numbers, ...unmatched, ...wrong];
  const chosen = newestOf(policy, [...loses, wins]);
  const again = newestOf(policy, [wins, ...loses]);
  return chosen === wins && again === wins ? [] : [`expected ${JSON.stringify(wins)} to win, got ${JSON.stringify(chosen === wins ? again : chosen)}`];
}

function samplesOf(newest: Newest): Samples | undefined {
  if (newest.kind !== 'build') return newest.samples;
  const { branch } = newest;
  return {
    wins: `${branch}-4c1f2ab-1763650000`,
    loses: [`${branch}-9be01d7-1763640000`, `${branch}-77d0c3e5f2a1b4c6d8e90f1a2b3c4d5e6f708192-1763639999`],
    never: [branch, 'latest', `tmp-${branch}-4c1f2ab-1763650000`, `${branch}-4c1f2ab`, `${branch}-4c1f2ab-1763650000-debug`, 'sha256-4c1f2ab.sig'],
  };
}
