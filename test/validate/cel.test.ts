import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../lib/validate/cel/program.ts';
import { carriedBundle, kubernetesData, schemaIndex } from '../../lib/validate/schemas/library.ts';

const self = { name: 'web', port: 80, tags: ['a', 'b'], nested: { namespace: 'x', on: true, 'x-y': 1, if: 2 }, empty: [], gone: null, timeout: '1m30s', labels: { 'a/b': 'c' } };

describe('conditions in CEL', () => {
  it.each([
    'self.port == 80 && self.port != 81',
    'self.port + 1 > 80 ? true : false',
    '(self.port - 10) * 2 / 7 == 20 && self.port % 7 == 3',
    "self.name in ['web', 'api'] && !('x' in self.tags)",
    'has(self.nested.on) && !has(self.nested.off) && !has(self.gone)',
    "self.tags.all(t, t != 'c') && self.tags.exists(t, t == 'a') && self.tags.exists_one(t, t == 'b')",
    "self.tags.filter(t, t == 'a').size() == 1 && size(self.tags.map(t, t + '!')) == 2",
    "self.labels.all(k, k.split('/')[0] == 'a') && self.labels['a/b'] == 'c'",
    "self.name.matches('^w.b$') && self.name.startsWith('w') && self.name.endsWith('b') && self.name.contains('e')",
    'self.name.matches(r"""^[a-z]+$""") && self.name.matches("(?i)WEB")',
    "duration(self.timeout) > duration('89s') && duration('0s') == duration('0')",
    "self.nested.__namespace__ == 'x'",
    '-self.port < 0 && [1, 2] == [1, 2] && {"a": 1} == {"a": 1}',
    // One side that decides outweighs the other's error.
    'self.missing || self.nested.on',
    '!(self.missing && !self.nested.on)',
    "self.tags.exists(t, t == 'a' || self.missing)",
    "'a' < 'b' && 'b' >= 'a' && !('b' < 'a')",
    '"\\x41\\u0042\\n" == "AB\\n" && r"\\n".size() == 2',
    'isSorted([1, 2, 2]) && !isSorted([1, 3, 2])',
    'self.nested.x__dash__y == 1 && self.nested.__if__ == 2',
    '// a comment\nself.port == 0x50',
  ])('holds: %s', (rule) => {
    const program = compileProgram(rule);
    expect(program.unknown).toBeUndefined();
    expect(program.holds(self)).toBe(true);
  });

  it.each(['self.missing == 1', "self.name > 1", 'self.tags[7] == "a"', "duration('soon') == duration('0s')", 'self.port && true', 'self.name.size()'])('does not hold without a value that is true: %s', (rule) => {
    expect(compileProgram(rule).holds(self)).toBe(false);
  });

  it.each(['self.', 'self.name.frobnicate()', 'has(self)', '"open', 'self ? 1', '[1, 2', '@'])('says that it cannot check: %s', (rule) => {
    expect(compileProgram(rule).unknown).toMatch(/./);
    expect(compileProgram(rule).holds(self)).toBe(true);
  });

  it('can check every condition of the schemas that Slipway carries', () => {
    const rulesIn = (value: unknown): string[] => {
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]) => (key === 'rules' && Array.isArray(inner) ? inner.flatMap((each: { rule?: string }) => each.rule ?? []) : rulesIn(inner)));
    };
    const all = [...rulesIn(kubernetesData()), ...schemaIndex().customResources.flatMap(({ file }) => rulesIn(carriedBundle(file)))];
    expect(new Set(all).size).toBeGreaterThan(150);
    expect([...new Set(all)].filter((rule) => compileProgram(rule).unknown !== undefined)).toEqual([]);
  });
});
