import { win32, posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dns1035Problem, dnsLabelProblem, dnsSubdomainProblem, envNameProblem, hostnameProblem, labelKeyProblem, labelValueProblem, pathSegmentProblem,
  portNameProblem,
} from '../../lib/values/names.ts';
import { goAnswers } from './go-answers.ts';

const checks = { l: dnsLabelProblem, s: dnsSubdomainProblem, o: dns1035Problem, p: portNameProblem, k: labelKeyProblem, v: labelValueProblem, e: envNameProblem };

describe('names', () => {
  it.each(goAnswers.names)('judges %j as apimachinery does', (text, passing) => {
    const passed = Object.entries(checks).filter(([, check]) => check(text) === undefined).map(([letter]) => letter);
    expect(passed.join('')).toBe(passing);
  });

  it('says what was expected and what came, cut short', () => {
    expect(dnsLabelProblem('Web')).toBe('expected a DNS label (lower-case letters, digits and "-", starting and ending with a letter or digit, at most 63 characters), got "Web"');
    expect(portNameProblem('a'.repeat(16))).toMatch(/^expected a port name .*, got "a{16}"$/);
    expect(dnsSubdomainProblem('a'.repeat(300))).toMatch(/got "a{57}\.\.\." \(300 characters\)$/);
    expect(labelValueProblem('a\nb\u202e')).toContain('got "a\\nb\\u202e"');
  });

  it('takes host names, and wildcards only when asked', () => {
    for (const text of ['a', 'shop.example.com', '1.example.com', 'xn--bcher-kva.example']) expect(hostnameProblem(text), text).toBeUndefined();
    for (const text of ['', '.', 'a.', '.a', 'a..b', 'A.b', 'a_b.c', 'https://a.b', 'a.b:80', 'a b', '10.0.0.1', '::1', '*.a.b', 'a.*.b', `${'a'.repeat(64)}.b`, `${'a.'.repeat(127)}ab`]) {
      expect(hostnameProblem(text), text).toContain('expected a host name');
    }
    expect(hostnameProblem('*.a.b', { wildcard: true })).toBeUndefined();
    for (const text of ['*', '*.', '**.a', '*a.b', 'a.*.b', '*.*.a']) expect(hostnameProblem(text, { wildcard: true }), text).toContain('"*."');
  });
});

describe('segments of a path', () => {
  it('takes names that every file system keeps', () => {
    for (const text of ['storefront', 'deployment-web.yaml', 'storefront@prod-eu', 'a', '.slipway', '日本', 'common', 'nullable.yaml', 'com', 'a b']) {
      expect(pathSegmentProblem(text), text).toBeUndefined();
    }
  });

  it.each([
    '', '.', '..', 'a/b', '/', '\\', 'a\\b', '..\\x', 'a\u0000', 'a\nb', '\u007f', '\u200ba', 'a\u202eb', '\ud800', '-rf', '--', 'a.', 'a ', ' a', 'a\u00a0',
    '...', 'con', 'NUL', 'nul.yaml', 'Com1', 'lpt9.txt', 'COM\u00b9', 'aux', 'prn', 'CONIN$', '.git', '.GIT', 'git~1', 'a'.repeat(256), '日'.repeat(86),
  ])('refuses %j', (text) => {
    expect(pathSegmentProblem(text)).toContain('expected one plain segment of a path, got ');
  });

  it('never lets a name leave its folder', () => {
    const hostile = fc.string({ unit: fc.constantFrom('.', '/', '\\', '-', ' ', 'a', '\u0000', ':', '~', '\n'), maxLength: 6 });
    fc.assert(fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
      if (pathSegmentProblem(text) !== undefined) return;
      expect(posix.relative('/out', posix.join('/out', text))).toBe(text);
      expect(posix.dirname(posix.resolve('/out', text))).toBe('/out');
      expect(win32.basename(win32.join('C:\\out', text))).toBe(text);
    }), { numRuns: 2000 });
  });
});
