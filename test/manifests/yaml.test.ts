import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { documentsToYaml, orderKeys, toYaml } from '../../lib/manifests/yaml.ts';

const nasty = z.array(z.string()).parse(JSON.parse(readFileSync(new URL('corpus/nasty-strings.json', import.meta.url), 'utf8')));

/** Three readings of YAML: js-yaml 5, and the `yaml` package by the rules of 1.1 and of 1.2. */
const readings: Readonly<Record<string, (text: string) => unknown>> = {
  'js-yaml': (text) => load(text),
  'YAML 1.1': (text) => parse(text, { version: '1.1' }),
  'YAML 1.2': (text) => parse(text, { version: '1.2' }),
};

function expectReadBack(value: unknown): void {
  const text = toYaml(value);
  const asJson: unknown = JSON.parse(JSON.stringify(value));
  for (const [name, read] of Object.entries(readings)) expect(JSON.parse(JSON.stringify(read(text))), `${name} reads ${JSON.stringify(text)}`).toEqual(asJson);
}

describe('text that looks like something else', () => {
  it('is a list of at least 155', () => {
    expect(new Set(nasty).size).toBeGreaterThanOrEqual(155);
  });

  it.each(nasty)('stays text for every parser: %j', (text) => {
    for (const value of [text, [text], { k: text }, { [text]: text }, { a: [{ b: text }, text, [text]], c: 1 }, [[text, text], { [text]: { [text]: [text] } }]]) expectReadBack(value);
  });
});

describe('any value', () => {
  const piece = fc.constantFrom(...nasty, '\n', ' ', '\t', '#', ':', '-', 'a', '"', '\'', '\n  ', '1', 'e', '_', '.');
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom(...nasty), fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')));
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(1e21, 1e-7, 1.5e300, 5e-324, -0));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ depthSize: 'small' }, text, number, fc.boolean(), fc.constant(null), fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(text, tie('tree'), { maxKeys: 4 })),
  }));

  it('is read back the same by every parser', () => {
    fc.assert(fc.property(tree, expectReadBack), { numRuns: 2000 });
  });

  it('is read back the same when it is deep, wide or has long keys', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 12 }), expectReadBack), { numRuns: 300 });
    for (const length of [249, 250, 251, 1024, 1025, 5000]) expectReadBack({ ['k'.repeat(length)]: { ['ü: '.repeat(length)]: [1, { a: 'b' }] }, z: [] });
  });

  it('is one text: written twice it is the same', () => {
    fc.assert(fc.property(tree, (value) => { expect(toYaml(structuredClone(value))).toBe(toYaml(value)); }));
  });
});

describe('the look of the text', () => {
  it('keeps the order of keys, leaves undefined out, and sets lists at the column of their key', () => {
    expect(toYaml({ kind: 'Service', spec: { ports: [{ port: 80, name: 'http' }], selector: {}, ips: [], extra: undefined }, nested: [[1, ['on']], [{ a: null }]] })).toBe([
      'kind: Service', 'spec:', '  ports:', '  - port: 80', '    name: http', '  selector: {}', '  ips: []', 'nested:', '- - 1', '  - - "on"', '- - a: null', '',
    ].join('\n'));
  });

  it('writes several lines as a block where every parser agrees on it', () => {
    expect(toYaml({ data: { 'app.ini': '[main]\n# a comment\n  key = "value"\n\nend\n', last: 'a\nb' } })).toBe([
      'data:', '  app.ini: |', '    [main]', '    # a comment', '      key = "value"', '', '    end', '  last: |-', '    a', '    b', '',
    ].join('\n'));
  });

  it.each([' a\nb', '\ta\nb', '\na', 'a\n\n', 'a\n \nb', 'a\r\nb', 'a\nb\u0085', 'a\nb\u2028', 'a\n\u0000', 'a\nb\ufeff'])('writes %j on one line', (text) => {
    expect(toYaml({ text })).toBe(`text: ${toYaml(text)}`);
    expect(toYaml(text)).toMatch(/^".*"\n$/);
  });

  it('spells out what can\'t be seen', () => {
    expect(toYaml('a\u007f\u0085\u200b\u202e\u2028\ufeff\uffffé😀')).toBe('"a\\u007f\\u0085\\u200b\\u202e\\u2028\\ufeff\\uffffé😀"\n');
  });

  it('writes exponents with a point and a sign, as YAML 1.1 wants them', () => {
    expect(toYaml([1e21, 1e-7, 1.5e300, 0.1, -0, 100])).toBe('- 1.0e+21\n- 1.0e-7\n- 1.5e+300\n- 0.1\n- 0\n- 100\n');
  });

  it('never writes an anchor, even for one object used twice', () => {
    const shared = { app: 'web' };
    expect(toYaml({ a: shared, b: shared })).toBe('a:\n  app: web\nb:\n  app: web\n');
  });

  it('starts with the header as a comment, whatever stands in it', () => {
    expect(toYaml({ a: 1 }, { header: 'Edit apps/web.ts instead.\n\nb: 2\r\u2028c: 3' })).toBe('# Edit apps/web.ts instead.\n#\n# b: 2??c: 3\na: 1\n');
  });

  it('joins documents with ---', () => {
    const values = [{ a: 'x\n---\ny\n' }, [], { b: undefined }, [1]];
    const text = documentsToYaml(values, { header: 'Made.' });
    expect(text).toBe('# Made.\na: |\n  x\n  ---\n  y\n---\n[]\n---\n{}\n---\n- 1\n');
    expect(parseAllDocuments(text).map((document) => document.toJS() as unknown)).toEqual([values[0], [], {}, [1]]);
  });
});

describe('what YAML can\'t hold', () => {
  class Odd { a = 1; }
  const unfit: readonly (readonly [string, unknown, string])[] = [
    ['a function', () => 1, 'got a function'], ['a symbol', Symbol('a'), 'got a symbol'], ['a bigint', 1n, 'got a bigint'], ['NaN', Number.NaN, 'got NaN'],
    ['an infinity', Number.NEGATIVE_INFINITY, 'got -Infinity'], ['a date', new Date(0), 'an instance of Date'], ['a map', new Map(), 'an instance of Map'],
    ['an instance of a class', new Odd(), 'an instance of Odd'], ['an object with an odd prototype', Object.create({ a: 1 }), 'an instance of'],
    ['half a surrogate pair', 'a\ud800', 'half a surrogate pair'],
  ];

  it.each(unfit)('is refused with its path: %s', (_, value, message) => {
    expect(() => toYaml({ spec: { list: [1, value] } })).toThrow(`spec.list[1]: expected`);
    expect(() => toYaml({ spec: { list: [1, value] } })).toThrow(message);
    expect(() => toYaml(value)).toThrow('the document: expected');
  });

  it('is refused all at once, missing items, keys and cycles too', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = { again: cycle };
    expect(() => toYaml({ b: [undefined], a: { 'x y': 1n }, '\udc00': 1, cycle })).toThrow(
      /^\["\\udc00"\]: expected text.*\n.*\na\["x y"\]: expected plain data, got a bigint\n.*\nb\[0\]: expected an item, got nothing\n.*\ncycle\.self\.again: expected a tree/,
    );
  });

  it('is refused when it is deeper than any manifest', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 'x' : { a: nested(levels - 1) });
    expect(() => toYaml(nested(150))).not.toThrow();
    expect(() => toYaml(nested(300))).toThrow('expected at most 200 levels, got more');
  });

  it('takes plain objects without a prototype', () => {
    expect(toYaml(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('a: 1\n');
  });
});

describe('the order of keys', () => {
  it('puts what names an object first and its status last', () => {
    const object = orderKeys({ status: {}, spec: 1, data: 2, metadata: { uid: 'u', annotations: {}, labels: {}, namespace: 'n', name: 'a' }, kind: 'K', apiVersion: 'v1' });
    expect(Object.keys(object)).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'data', 'status']);
    expect(Object.keys(object.metadata)).toEqual(['name', 'namespace', 'labels', 'annotations', 'uid']);
  });
});
