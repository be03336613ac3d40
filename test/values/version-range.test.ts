import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, inRange, parseVersion, versionRangeProblem, type Version } from '../../lib/values/version-range.ts';

const versions = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)).map((parts) => parts.join('.'));
const preReleases = fc.array(fc.constantFrom('0', '1', '10', 'alpha', 'beta', 'rc'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const anyVersions = fc.tuple(versions, fc.option(preReleases)).map(([version, pre]) => (pre === null ? version : `${version}-${pre}`));

function read(text: string): Version {
  const version = parseVersion(text);
  if (version === undefined) throw new Error(text);
  return version;
}

describe('a range of versions', () => {
  it.each([
    ['>=1.2.0 <2.0.0', ['1.2.0', '1.9.9', 'v1.3.0'], ['1.1.9', '2.0.0', '1.3.0-rc.1', '1.3']],
    ['>=1.2.0, <2.0.0', ['1.2.0'], ['2.0.0']],
    ['~1.2', ['1.2.0', '1.2.9'], ['1.3.0', '1.1.9']],
    ['~1.2.3', ['1.2.3', '1.2.9'], ['1.2.2', '1.3.0']],
    ['~1', ['1.0.0', '1.9.0'], ['2.0.0']],
    ['^1.2.3', ['1.2.3', '1.9.0'], ['1.2.2', '2.0.0']],
    ['^0.2.3', ['0.2.3', '0.2.9'], ['0.3.0', '0.2.2']],
    ['^0.0.3', ['0.0.3'], ['0.0.4']],
    ['1.x', ['1.0.0', '1.9.9'], ['0.9.0', '2.0.0']],
    ['1.2.*', ['1.2.7'], ['1.3.0']],
    ['*', ['0.0.1', '9.9.9'], ['1.0.0-rc.1', 'main']],
    ['1.2 - 1.4', ['1.2.0', '1.4.9'], ['1.5.0', '1.1.0']],
    ['=1.2.3', ['1.2.3'], ['1.2.4']],
    ['!=1.2.3 1.x', ['1.2.4'], ['1.2.3', '2.0.0']],
    ['1.x || 3.x', ['1.5.0', '3.0.0'], ['2.0.0']],
    ['>1', ['2.0.0'], ['1.9.9']],
    ['<=1', ['1.9.9', '0.1.0'], ['2.0.0']],
    ['>=1.0.0-0', ['1.0.0-rc.1', '1.0.0', '2.0.0-beta'], ['0.9.9']],
    ['^1.2.0-0', ['1.2.0-rc.1', '1.9.0'], ['2.0.0-rc.1']],
  ])('%s has what it says', (range, within, without) => {
    expect(versionRangeProblem(range)).toBeUndefined();
    expect(within.filter((tag) => !inRange(range, tag))).toEqual([]);
    expect(without.filter((tag) => inRange(range, tag))).toEqual([]);
  });

  it.each(['', 'latest', '>=', '1.2.3.4', '>=1.0 or <2', '~>'])('%j is none, and the message shows some', (range) => {
    expect(versionRangeProblem(range)).toMatch(/^expected a range of versions such as/);
  });

  it('orders versions as semver.org does, and orders all of them', () => {
    const ordered = ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1', '1.10.0', '2.0.0'];
    expect([...ordered].reverse().sort((a, b) => compareVersions(read(a), read(b)))).toEqual(ordered);
    fc.assert(fc.property(anyVersions, anyVersions, anyVersions, (a, b, c) => {
      expect(compareVersions(read(a), read(b)) + compareVersions(read(b), read(a))).toBe(0);
      if (compareVersions(read(a), read(b)) <= 0 && compareVersions(read(b), read(c)) <= 0) expect(compareVersions(read(a), read(c))).toBeLessThanOrEqual(0);
    }));
  });

  it('between two versions has just those between them', () => {
    fc.assert(fc.property(versions, versions, versions, (low, high, version) => {
      const between = compareVersions(read(low), read(version)) <= 0 && compareVersions(read(version), read(high)) < 0;
      expect(inRange(`>=${low} <${high}`, version)).toBe(between);
    }));
  });

  it('never throws, whatever is written', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (range, tag) => { inRange(range, tag); }));
  });
});
