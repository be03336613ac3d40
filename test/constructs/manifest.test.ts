import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Manifest } from '../../lib/constructs/manifest.ts';
import { isPlain, plainProblems } from '../../lib/constructs/plain.ts';
import { problemsOf, testChart } from './support.ts';

test('an object is written as it was given, without a copy', () => {
  const value = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { on: 'off' } };
  const manifest = new Manifest(testChart(), 'a', value);
  expect(manifest.toJson()).toBe(value);
});

test('an object without a kind or an apiVersion is refused by name', () => {
  expect(() => new Manifest(testChart(), 'a', { kind: 'Service' } as never)).toThrow(/storefront\/a: apiVersion: expected text, got nothing/);
  expect(() => new Manifest(testChart(), 'a', { apiVersion: 'v1', kind: 7 } as never)).toThrow(/storefront\/a: kind: expected text, got 7/);
});

test('an object that refers to itself is reported instead of followed for ever', () => {
  const chart = testChart();
  const value: Record<string, unknown> & { apiVersion: string; kind: string } = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  value['self'] = value;
  new Manifest(chart, 'a', value).toJson();
  expect(problemsOf(chart)).toEqual(['storefront/a: self: expected a tree, got a reference back to what it is in\n    fix: leave it out']);
});

test('the quick look and the slow one agree on what is plain', () => {
  const values = fc.oneof(fc.jsonValue(), fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }));
  fc.assert(fc.property(values, (value) => {
    expect(isPlain(value)).toBe(plainProblems(value).length === 0);
  }), { numRuns: 1000 });
});
