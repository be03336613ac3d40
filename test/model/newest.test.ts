import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestBuild, newestSchema, newestTag, newestVersion, type NewestInput } from '../../lib/model/image-automation.ts';
import { comparedOf, newestOf, policyFor, sampleProblems, type TagPolicy } from '../../lib/model/newest.ts';

const policy = (input: NewestInput): TagPolicy => policyFor(newestSchema.parse(input));
const faults = (input: NewestInput): string[] => sampleProblems(newestSchema.parse(input));
const sha = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 7, maxLength: 40 });
const seconds = fc.integer({ min: 1_000_000_000, max: 9_999_999_999 });

describe('the newest build of a branch', () => {
  it('is the one with the most seconds, in whatever order the registry lists them', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(sha, seconds), { minLength: 1, maxLength: 8, selector: ([, time]) => time }), fc.nat(), (builds, turn) => {
      const tags = builds.map(([commit, time]) => `main-${commit}-${time}`);
      const turned = [...tags.slice(turn % tags.length), ...tags.slice(0, turn % tags.length)];
      const latest = Math.max(...builds.map(([, time]) => time));
      expect(newestOf(policy(newestBuild()), turned)).toMatch(new RegExp(`-${latest}$`));
    }));
  });

  it('is never a temporary one, another branch\'s, or a tag that moves', () => {
    fc.assert(fc.property(sha, seconds, fc.constantFrom('tmp-main', 'mainx', 'feature', 'main.x', 'Main'), (commit, time, branch) => {
      expect(newestOf(policy(newestBuild('main')), [`${branch}-${commit}-${time}`, `main-${commit}`, 'main', 'latest', `main-${commit}-${time}-debug`])).toBeUndefined();
    }));
    expect(comparedOf(policy(newestBuild('release-1.2')), 'release-1x2-4c1f2ab-1763650000')).toBeUndefined();
  });

  it.each(['main', 'release-1.2', 'v2', 'a.b.c'])('of %s is what the built-in sample tags say', (branch) => {
    expect(faults(newestBuild(branch))).toEqual([]);
  });
});

describe('the newest version', () => {
  it('is the highest in the range, never a pre-release that it doesn\'t name', () => {
    const tags = ['1.9.0', '1.10.0', '2.0.0', '1.11.0-rc.1', 'latest', '1.2'];
    expect(newestOf(policy(newestVersion('1.x')), tags)).toBe('1.10.0');
    expect(newestOf(policy(newestVersion('>=1.0.0-0 <2.0.0-0')), tags)).toBe('1.11.0-rc.1');
    expect(newestOf(policy(newestVersion('1.x', { pattern: '^v(?P<version>.+)-slim$', extract: '$version' })), ['v1.2.0-slim', 'v1.3.0-full', 'v1.1.0-slim'])).toBe('v1.2.0-slim');
  });
});

describe('sample tags', () => {
  const own = (more: object) => newestTag({ pattern: '^build-(?P<number>[0-9]+)$', extract: '$number', order: 'numerical', samples: { wins: 'build-10', loses: ['build-9'], never: ['tmp-11'] }, ...more });

  it('that a pattern keeps to are fine', () => {
    expect(faults(own({}))).toEqual([]);
    expect(faults(newestVersion('1.x', { samples: { wins: '1.10.0', loses: ['1.9.0'], never: ['2.0.0', '1.11.0-rc.1'] } }))).toEqual([]);
  });

  it.each<[string, NewestInput, string]>([
    ['a wrong order', own({ order: 'alphabetical' }), 'expected "build-10" to win, got "build-9"'],
    ['an order that runs backwards', own({ descending: true }), 'expected "build-10" to win, got "build-9"'],
    ['a pattern without an anchor', own({ pattern: '(?P<number>[0-9]+)$' }), 'expected "tmp-11" never to be chosen, but it matches'],
    ['a pattern that is too narrow', own({ pattern: '^build-(?P<number>[0-9])$' }), 'expected "build-10" to count, but it doesn\'t match'],
    ['words where numbers are compared', own({ pattern: '^(?P<number>build-[0-9]+)$' }), 'expected a number from "build-10", got "build-10": Flux would stop at such a tag'],
    ['a version outside of the range', newestVersion('1.x', { samples: { wins: '2.0.0' } }), 'expected "2.0.0" to count, but it doesn\'t match'],
  ])('show %s', (_, input, message) => {
    expect(faults(input)).toContain(message);
  });

  it('agree with the choice: the one that wins is chosen among all, and the others never', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(500), { minLength: 2, maxLength: 6 }), fc.boolean(), (numbers, descending) => {
      const [first = 0, ...rest] = [...numbers].sort((a, b) => (descending ? a - b : b - a));
      expect(faults(own({ descending, samples: { wins: `build-${first}`, loses: rest.map((each) => `build-${each}`) } }))).toEqual([]);
      expect(faults(own({ descending, samples: { wins: `build-${rest[0] ?? 0}`, loses: [`build-${first}`] } }))).toHaveLength(1);
    }));
  });
});
