import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../lib/values/canonical-json.ts';
import { contentHash, sha256Hex } from '../../lib/values/content-hash.ts';

describe('content hashes', () => {
  it('are ten hexadecimal digits that never change between releases', () => {
    expect(contentHash({ b: [1, 'x', null], a: { d: true } })).toBe(sha256Hex('{"a":{"d":true},"b":[1,"x",null]}').slice(0, 10));
    expect(contentHash({})).toBe('44136fa355');
    expect(sha256Hex('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });

  it('don\'t depend on the order of keys or on undefined properties', () => {
    expect(contentHash({ a: 1, b: { d: 2, c: 3 } })).toBe(contentHash({ b: { c: 3, d: 2, e: undefined }, a: 1 }));
  });

  it('depend on everything else', () => {
    const values = [{}, [], null, '', 0, false, '0', { a: 1 }, { a: '1' }, { a: null }, [1, 2], [2, 1], [[1], 2], { '': {} }];
    expect(new Set(values.map(contentHash)).size).toBe(values.length);
  });

  it('refuse what JSON can\'t hold, with its path', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('a'), new Date(0), new Map(), undefined]) {
      expect(() => contentHash({ a: [value] }), String(value)).toThrow('$.a[0]: expected plain data');
    }
  });

  it('are taken over JSON that reads back as the same value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }));
  });
});
