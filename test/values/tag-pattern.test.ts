import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFrom, replacementProblem, tagMatches, tagPatternProblem } from '../../lib/values/tag-pattern.ts';

describe('a pattern of tags', () => {
  it.each([
    ['(?=a)', 'look-ahead'], ['(?!a)', 'a negative look-ahead'], ['(?<=a)b', 'look-behind'], ['(a)\\1', 'a back-reference'],
    ['(?>a)', 'an atomic group'], ['a**', 'two repetitions'], ['(', 'an open group'], ['[z-a]', 'a range that runs backwards'],
  ])('%s is refused: %s isn\'t RE2', (pattern) => {
    expect(tagPatternProblem(pattern)).toMatch(/^expected a pattern of RE2, got /);
  });

  it('is RE2\'s own, with named groups in Go\'s spelling', () => {
    expect(tagPatternProblem('^main-[0-9a-f]{7,40}-(?P<seconds>[0-9]{10})$')).toBeUndefined();
    expect(tagMatches('^main-\\d+$', 'main-12')).toBe(true);
    expect(tagMatches('^main-\\d+$', 'main-12\n')).toBe(false);
  });

  it('is found anywhere unless it is anchored, as Go finds it', () => {
    expect(tagMatches('main', 'tmp-main-1')).toBe(true);
    expect(tagMatches('^main', 'tmp-main-1')).toBe(false);
  });

  it('gives what a replacement names, as Go\'s Expand does', () => {
    const pattern = '^(?P<branch>[a-z]+)-([0-9]+)$';
    const cases = [['$branch', 'main'], ['${branch}', 'main'], ['$2', '42'], ['$1', 'main'], ['$0', 'main-42'], ['${2}x', '42x'], ['$2x', ''], ['a$$b', 'a$b'], ['$none', '']] as const;
    expect(cases.map(([replacement]) => extractFrom(pattern, replacement, 'main-42'))).toEqual(cases.map(([, expected]) => expected));
    expect(extractFrom(pattern, '$1', '42')).toBeUndefined();
  });

  it('is told which groups it has when a replacement names another', () => {
    expect(replacementProblem('^(?P<ts>[0-9]+)$', '$seconds')).toBe('expected groups that the pattern has (ts, 0, 1), got $seconds');
    expect(replacementProblem('^(?P<ts>[0-9]+)$', '$ts')).toBeUndefined();
  });

  it('never hangs where JavaScript\'s own regular expressions would', () => {
    expect(tagMatches('^(a+)+$', `${'a'.repeat(128)}b`)).toBe(false);
  });

  it('agrees with JavaScript on what both know', () => {
    const part = fc.constantFrom('a', 'b', '[ab]', '[^a]', '\\d', '(a|b)', '(?:ab)?', 'a{1,2}', '.', 'b*', '1+');
    fc.assert(fc.property(fc.array(part, { maxLength: 6 }), fc.string({ unit: fc.constantFrom('a', 'b', '1', '-'), maxLength: 8 }), (parts, tag) => {
      const pattern = `^${parts.join('')}$`;
      expect(tagMatches(pattern, tag)).toBe(new RegExp(pattern).test(tag));
    }));
  });

  it('is judged without an exception, whatever is written', () => {
    fc.assert(fc.property(fc.string(), (pattern) => { tagPatternProblem(pattern); }));
  });
});
