import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Manifest } from '../../lib/constructs/manifest.ts';
import { isPlain, plainProblems } from '../../lib/constructs/plain.ts';
import { problemsOf, testChart } from './support.ts';

test('an object is written as it was given, without a copy', () => {
  const value = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' }, data: { on: 'off' } };
  const manifest = new Manifest(testChart(), 'a', value);
  expect(manifest.toJson()).toBe(value);
});

test('an object without a kind or an apiVersion is refused by name', () => {
  expect(() => new Manifest(testChart(), 'a', { kind: 'Service' } as never)).toThrow(/storefront\/a: apiVersion: expected text, got nothing/);
  expect(() => new Manifest(testChart(), 'a', { apiVersion: 'v1', kind: 7 } as never)).toThrow(/storefront\/a: kind: expected text, got 7/);
});

test('an object that refers to itself is reported instead of followed for ever', () => {
  const chart = testChart();
  const value: Record<string, unknown> & { apiVersion: string; kind: string } = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } };
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

describe('the namespace of an object', () => {
  const configMap = (metadata: object): { apiVersion: string; kind: string; metadata: object } => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata });

  it('is the app\'s unless the object names another, and nothing of what was given changes', () => {
    const chart = testChart();
    const given = configMap({ name: 'a' });
    expect(new Manifest(chart, 'a', given).toJson().metadata).toEqual({ name: 'a', namespace: chart.context.namespace });
    expect(given.metadata).toEqual({ name: 'a' });
    expect(new Manifest(chart, 'b', configMap({ name: 'b', namespace: 'kube-system' })).toJson().metadata).toEqual({ name: 'b', namespace: 'kube-system' });
  });

  it('is left out where that is said', () => {
    expect(new Manifest(testChart(), 'a', configMap({ name: 'a' }), { withoutNamespace: true }).toJson().metadata).toEqual({ name: 'a' });
  });
});
