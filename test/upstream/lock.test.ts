import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lockedEntry, parseLock, type LockEntry } from '../../lib/upstream/lock.ts';
import { withPinned } from '../../lib/upstream/lock-edit.ts';
import { textOf } from '../source-files.ts';
import { SlipwayError } from '../../lib/values/errors.ts';

const sha = 'ab'.repeat(32);
const path = 'lock.yaml';

function problemsOf(text: string): string[] {
  try {
    parseLock(path, text);
  } catch (error) {
    if (error instanceof SlipwayError) return error.problems.map((problem) => `${problem.where}: ${problem.message}${problem.fix === undefined ? '' : ` | ${problem.fix}`}`);
    throw error;
  }
  return [];
}

describe('a lock of upstream manifests', () => {
  it('is read entry by entry, pinned or not', () => {
    expect(parseLock(path, `upstream:\n  - name: a\n    version: 1.2.3\n    url: https://a.example/x.yaml\n  - { name: b, version: 1.2.3-rc.1, url: https://b.example/c.tgz, sha256: ${sha}, source: a mirror, chart: { helm: 3.21.0, sha256: ${sha} } }\n`)).toEqual([
      { name: 'a', version: '1.2.3', url: 'https://a.example/x.yaml' },
      { name: 'b', version: '1.2.3-rc.1', url: 'https://b.example/c.tgz', sha256: sha, source: 'a mirror', chart: { helm: '3.21.0', sha256: sha } },
    ]);
  });

  it.each(['', '# nothing yet\n', 'upstream:\n', 'upstream: []\n', 'upstream: # none\n'])('may be empty: %j', (text) => {
    expect(parseLock(path, text)).toEqual([]);
  });

  it('tells every mistake at once, each with its line', () => {
    expect(problemsOf(`upstreams: []\nupstream:\n  - name: a\n    version: 1.2\n    url: http://a.example/x.yaml\n    sha: ${sha}\n  - version: v1.2.3\n    url: https://user:secret@a.example/x\n    sha256: ABC\n  - text\n`)).toEqual([
      'lock.yaml:10: upstream[2]: expected an entry with name, version and url, got "text"',
      'lock.yaml:1: upstreams: unknown field. | remove it or spell it right. Did you mean "upstream"? Known: upstream.',
      'lock.yaml:4: upstream[0].version: expected a string, got 1.2 | write it in quotes',
      'lock.yaml:5: upstream[0].url: expected a URL that begins with https://, got "http://a.example/x.yaml"',
      'lock.yaml:6: upstream[0].sha: unknown field. | remove it or spell it right. Known: chart, name, sha256, source, url, version.',
      'lock.yaml:7: upstream[1].name: expected the name, got nothing',
      'lock.yaml:7: upstream[1].version: expected a version such as 3.5.1, without a leading "v", got "v1.2.3"',
      'lock.yaml:8: upstream[1].url: expected a URL without user name and password, got "https://…@a.example/x"',
      'lock.yaml:9: upstream[1].sha256: expected a SHA-256 (64 lower-case hexadecimal digits), got "ABC" (3 characters)',
    ]);
  });

  it('refuses an upstream that is listed twice, naming both lines', () => {
    const entry = '  - name: a\n    version: 1.2.3\n    url: https://a.example/x.yaml\n';
    expect(problemsOf(`upstream:\n${entry}${entry}`)).toEqual(['lock.yaml:5: upstream[1]: a 1.2.3 is listed twice, first in line 2 | keep the entry whose sha256 is right']);
  });

  it('refuses where bytes were had when there are no bytes', () => {
    expect(problemsOf('upstream:\n  - name: a\n    version: 1.2.3\n    url: https://a.example/x.yaml\n    source: x\n')).toEqual([expect.stringContaining('lock.yaml:5: upstream[0].source: says what the bytes of sha256 were')]);
  });

  it.each(['upstream: {}\n', '- a\n', 'upstream: [', 'a: b: c'])('is refused when it isn\'t one: %j', (text) => {
    expect(problemsOf(text)).toHaveLength(1);
  });

  it('never fails in another way, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('upstream', 'name', 'version', ': ', '\n', '  ', '- ', '1.2.3', '{', '}', '[', ']', '"', '#', '&a', '*a', '|', '\t', 'sha256') }), (text) => void problemsOf(text)));
  });

  it('of this repository is right, and has only hashes that say where the bytes were had', () => {
    const entries = parseLock('environments/upstream.lock.yaml', textOf('environments/upstream.lock.yaml'));
    expect(entries.length).toBeGreaterThan(5);
    expect(entries.filter((entry) => (entry.sha256 === undefined) !== (entry.source === undefined))).toEqual([]);
  });
});

const nameArbitrary = fc.constantFrom('argo-cd', 'flux', 'x');
const versionArbitrary = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join('.'));
const shaArbitrary = fc.oneof(fc.stringMatching(/^[0-9a-f]{64}$/), fc.stringMatching(/^[0-9]{64}$/), fc.stringMatching(/^[1-9]e[0-9]{62}$/));
const sourceArbitrary = fc.oneof(fc.constantFrom('a mirror', 'at: noon', 'x #1', 'true', '1.5', '- y', 'it\'s "q"', 'null', 'a:'), fc.string({ unit: 'grapheme-ascii', minLength: 1 }));
const pinArbitrary = fc.record({ sha256: shaArbitrary, source: sourceArbitrary, chart: fc.option(fc.record({ sha256: shaArbitrary, helm: fc.constantFrom('3.21', '3.21.0') }), { nil: undefined }) });
const plain = ({ chart, ...pin }: { readonly sha256: string; readonly source: string; readonly chart?: LockEntry['chart'] | undefined }): Pick<LockEntry, 'sha256' | 'source' | 'chart'> => ({ ...pin, ...(chart !== undefined && { chart }) });

/** A lock in one of the layouts that people write, with comments everywhere. */
function layoutOf(entries: readonly LockEntry[], style: 'block' | 'flow' | 'indented', newline: string): string {
  const lines = entries.flatMap(({ name, version, url }, index) => {
    const [first, ...more] = [`name: ${name}`, `version: "${version}" # of ${index}`, `url: ${url}`];
    if (style === 'flow') return [`  # before ${index}`, `  - { name: ${name}, version: ${version}, url: "${url}" } # behind ${index}`];
    const indent = style === 'indented' ? '    ' : '';
    return [`${indent}# before ${index}`, `${indent}-   ${first ?? ''}`, ...more.map((line) => `${indent}    ${line}`), '', `${indent}# behind ${index}`];
  });
  return ['# head', entries.length === 0 ? 'upstream: [] # none' : 'upstream:', ...lines, '# tail', ''].join(newline);
}

describe('pinning an upstream in the lock', () => {
  it('adds lines and changes no other byte, whatever the layout', () => {
    const lock = fc.uniqueArray(fc.tuple(nameArbitrary, versionArbitrary), { selector: (pair) => pair.join(' '), maxLength: 5 });
    fc.assert(fc.property(lock, fc.constantFrom('block', 'flow', 'indented' as const), fc.constantFrom('\n', '\r\n'), fc.nat(), pinArbitrary, (pairs, style, newline, which, pin) => {
      const entries = pairs.map(([name, version]): LockEntry => ({ name, version, url: `https://x.example/${name}/${version}.yaml` }));
      const text = layoutOf(entries, style as 'block', newline);
      const target: LockEntry = entries[which % (entries.length + 1)] ?? { name: 'new', version: '1.2.3', url: 'https://new.example/install.yaml' };
      const edited = withPinned(path, text, { ...target, ...plain(pin) });
      const after = parseLock(path, edited);
      expect(lockedEntry(after, target)).toEqual({ ...target, ...plain(pin) });
      expect(after.filter((each) => each.name !== target.name || each.version !== target.version)).toEqual(entries.filter((each) => each !== target));
      // What is left when the new lines are taken out again is the old text.
      const kept = edited.split('\n').filter((line) => text.split('\n').includes(line));
      if (style !== 'flow' && entries.length > 0) expect(kept).toEqual(text.split('\n'));
      else expect(edited).toContain('# head');
    }));
  });

  it('writes a lock where there was none', () => {
    const entry = { name: 'a', version: '1.2.3', url: 'https://a.example/x.yaml', sha256: sha, source: 'https://a.example/x.yaml' };
    const text = withPinned(path, undefined, entry);
    expect(parseLock(path, text)).toEqual([entry]);
    expect(text).toMatch(/^# The upstream manifests[^]*upstream:\n  - name: a\n    version: 1\.2\.3\n    url: https:\/\/a\.example\/x\.yaml\n    sha256: (ab){32}\n    source: https:\/\/a\.example\/x\.yaml\n$/);
  });

  it('never changes what is pinned', () => {
    const entry = { name: 'a', version: '1.2.3', url: 'https://a.example/x.yaml', sha256: sha };
    const text = withPinned(path, undefined, entry);
    expect(() => withPinned(path, text, { ...entry, sha256: 'cd'.repeat(32) })).toThrow('is pinned already');
  });
});
