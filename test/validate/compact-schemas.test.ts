import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCustomResources } from '../../lib/validate/schemas/custom-resources.ts';
import { findingsOf, unitOf, type Loose } from './healthy-app.ts';

const root = resolve(import.meta.dirname, '../..');
const upstream = join(import.meta.dirname, 'fixtures/upstream');
const out = mkdtempSync(join(tmpdir(), 'slipway-schemas-'));
afterAll(() => rmSync(out, { recursive: true }));

function compact(folder: string, target: string, ...options: readonly string[]): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/compact-schemas.ts', folder, '--out', target, ...options], { cwd: root, stdio: 'pipe' });
}

describe('the script that compacts schemas', () => {
  it('makes what is written here of a small folder, the same each time', () => {
    for (const target of ['first', 'second']) compact(upstream, join(out, target), '--sources', join(upstream, 'sources.json'));
    const files = readdirSync(join(out, 'first')).sort();
    expect(files).toEqual(['farm-operator-0.4.0.json', 'index.json', 'kubernetes.json']);
    for (const file of files) expect(readFileSync(join(out, 'first', file), 'utf8')).toBe(readFileSync(join(out, 'second', file), 'utf8'));
    const read = (file: string): unknown => JSON.parse(readFileSync(join(out, 'first', file), 'utf8'));
    const metadata = { properties: { creationTimestamp: 'dateTime', name: 'string' } };
    const map = { additional: { type: 'string' }, keyFormat: 'configKey', type: 'object' };
    expect(read('kubernetes.json')).toMatchObject({
      versions: { '1.40': '1.40.0', '1.41': '1.41.2' },
      kinds: { 'v1/ConfigMap': '#core.v1.ConfigMap', 'v1/Namespace': '#core.v1.Namespace' },
      clusterScoped: ['Namespace'],
      offByDefault: ['beta.k8s.io/v1beta1/Thing'],
      definitions: {
        'core.v1': {
          ConfigMap: {
            '1.40': { properties: { apiVersion: 'string', data: { ...map, additional: 'string' }, kind: 'string', metadata: '#meta.v1.ObjectMeta' } },
            '1.41': { properties: { apiVersion: 'string', data: { ...map, additional: 'string' }, immutable: 'boolean', kind: 'string', metadata: '#meta.v1.ObjectMeta' } },
          },
          Namespace: { '1.41': { properties: { metadata: '#meta.v1.ObjectMeta' } } },
        },
        'meta.v1': { ObjectMeta: { '1.40': metadata } },
      },
    });
    expect(read('index.json')).toEqual({ kubernetes: { '1.40': '1.40.0', '1.41': '1.41.2' }, customResources: [{ software: 'farm-operator', version: '0.4.0', file: 'farm-operator-0.4.0.json', kinds: ['example.com/Farm'] }] });
    const farm = read('farm-operator-0.4.0.json') as { definitions: Record<string, unknown> };
    const [shared = ''] = Object.keys(farm.definitions);
    expect(farm).toEqual({
      software: 'farm-operator',
      version: '0.4.0',
      kinds: {
        'example.com/Farm': {
          namespaced: true,
          unserved: ['v1alpha1'],
          served: {
            v1: {
              required: ['spec'],
              properties: {
                apiVersion: 'string',
                kind: 'string',
                metadata: '#meta.v1.ObjectMeta',
                spec: {
                  required: ['min', 'max'],
                  rules: [{ rule: 'self.min <= self.max', message: 'min is at most max' }],
                  properties: {
                    anything: { open: true, type: 'object' },
                    fields: { items: `#${shared}`, keys: ['name'] },
                    max: { default: 9, type: 'integer' },
                    min: { minimum: 1, type: 'int32' },
                    herd: { rules: [{ rule: 'self % 5 == 0' }], type: 'integer' },
                    rain: { maximum: 1, minimum: 0, rules: [{ rule: 'self > 0.000000' }], type: 'number' },
                    size: 'quantity',
                    spare: { items: `#${shared}`, keys: ['name'] },
                  },
                },
              },
            },
          },
        },
      },
      definitions: { [shared]: { properties: { crop: { enum: ['rye', 'oats'], type: 'string' }, name: { maxLength: 5, type: 'string' } }, required: ['name'] } },
    });
  });

  it('refuses a custom resource whose software nobody names', () => {
    expect(() => compact(upstream, join(out, 'none'))).toThrow(/no software of the sources file brings example\.com\/Farm/);
  });
});

describe('a user\'s own custom resources', () => {
  const farm = (spec: Loose): Loose => ({ apiVersion: 'example.com/v1', kind: 'Farm', metadata: { name: 'north', namespace: 'shop' }, spec });
  const found = (spec: Loose): string[] => findingsOf(unitOf([farm(spec)]), { customResources: readCustomResources(upstream) }).map(({ rule, field }) => `${rule} ${field}`);

  it('are read from a folder of YAML files', () => {
    expect(found({ min: 1, size: '1Gi', fields: [{ name: 'a' }, { name: 'b', crop: 'rye' }], anything: { goes: [1] } })).toEqual([]);
    expect(findingsOf(unitOf([farm({ min: 1 })])).map(({ rule }) => rule)).toEqual(['unserved-kind']);
    expect(readCustomResources(join(upstream, 'not-there'))).toEqual([]);
  });

  it('are checked with their bounds, keys, enumerations, defaults and conditions', () => {
    expect(found({ min: 0 })).toEqual(['out-of-bounds spec.min']);
    expect(found({ min: 10 })).toEqual(['broken-condition spec']);
    expect(found({ min: 1, rain: 0 })).toEqual(['broken-condition spec.rain']);
    expect(found({ min: 1, rain: 0.5, herd: 15 })).toEqual([]);
    expect(found({ min: 1, rain: 1.5 })).toEqual(['out-of-bounds spec.rain']);
    expect(found({ min: 1, herd: 7 })).toEqual(['broken-condition spec.herd']);
    expect(found({ min: 10, max: 10 })).toEqual([]);
    expect(found({ min: 1, size: 'big' })).toEqual(['wrong-type spec.size']);
    expect(found({ min: 1, fields: [{ name: 'a' }, { name: 'a' }] })).toEqual(['duplicate-item spec.fields[1]']);
    expect(found({ min: 1, fields: [{ name: 'toolong', crop: 'hay' }] })).toEqual(['wrong-value spec.fields[0].crop', 'out-of-bounds spec.fields[0].name']);
    expect(found({ min: 1, feilds: [] })).toEqual(['unknown-field spec.feilds']);
    expect(found({})).toEqual(['missing-field spec.min']);
    // Lengths count code points, not the halves of an emoji.
    expect(found({ min: 1, fields: [{ name: '🌾🌾🌾🌾🌾' }] })).toEqual([]);
    expect(found({ min: 1, fields: [{ name: '🌾🌾🌾🌾🌾🌾' }] })).toEqual(['out-of-bounds spec.fields[0].name']);
    expect(found({ min: 2147483647, max: 2147483647 })).toEqual([]);
    expect(found({ min: 2147483648, max: 2147483648 })).toEqual(['wrong-type spec.min']);
    // A default stands in for a null; where there is none, the API server refuses it.
    expect(found({ min: 1, max: null })).toEqual([]);
    expect(found({ min: 1, size: null })).toEqual(['wrong-type spec.size']);
    expect(found({ min: 10, max: null })).toEqual(['broken-condition spec']);
    expect(found({ min: null })).toEqual(['missing-field spec.min']);
  });
});
