import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogFor } from '../../../lib/validate/object-schema.ts';
import { Walk, type SchemaIssue } from '../../../lib/validate/schemas/issue.ts';
import type { SchemaNode } from '../../../lib/validate/schemas/node.ts';
import { checkValue } from '../../../lib/validate/schemas/walk.ts';
import { fixture, type Loose, type LooseValue } from '../healthy-app.ts';
import { changed, placesOf } from './places.ts';

const objects = ['workloads', 'platform', 'custom'].flatMap(fixture);

function nodeOf(object: Loose, minor = '1.35'): SchemaNode {
  const found = catalogFor(minor).find(String(object['apiVersion']), String(object['kind']));
  if (!('node' in found)) throw new Error(found.message);
  return found.node;
}

function issuesOf(object: unknown, node: SchemaNode): SchemaIssue[] {
  const walk = new Walk();
  checkValue(node, object, walk);
  return walk.issues;
}

const places = objects.flatMap((object) => placesOf(nodeOf(object), object).filter(({ path }) => path.length > 0).map((place) => ({ object, ...place })));
const anyPlace = fc.constantFrom(...places);
const named = ({ object, path }: { object: Loose; path: readonly (string | number)[] }): string => `${String(object['kind'])} ${path.join('.')}`;

describe('the schema walk', () => {
  it.each(objects.map((object) => [String(object['kind']), object] as const))('finds nothing wrong with a valid %s on any minor that serves it', (_, object) => {
    for (const minor of ['1.32', '1.33', '1.34', '1.35', '1.36']) expect(issuesOf(object, nodeOf(object, minor))).toEqual([]);
  });

  it('finds exactly one unknown field where one is added', () => {
    const closed = places.filter(({ node }) => node.type === 'object' && !node.open && node.additional === undefined);
    fc.assert(fc.property(fc.constantFrom(...closed), (place) => {
      const mutant = changed(place.object, place.path, (parent, key) => void ((parent[key] as Loose)['zzUnknown'] = 1));
      const issues = issuesOf(mutant, nodeOf(place.object)).filter(({ rule }) => rule !== 'broken-condition' && rule !== 'out-of-bounds');
      expect(issues.map(({ rule }) => rule), named(place)).toEqual(['unknown-field']);
      expect(issues[0]?.field).toMatch(/zzUnknown$/);
    }), { numRuns: 400 });
  });

  it('finds exactly one wrong type where a value of another type stands', () => {
    const typed = places.filter(({ node }) => node.type !== 'any' && (node.type !== 'object' || !node.open) && node.extras?.oneOf.length !== 2);
    fc.assert(fc.property(fc.constantFrom(...typed), (place) => {
      const other = typeof place.value === 'object' ? 5 : [];
      const issues = issuesOf(changed(place.object, place.path, (parent, key) => void (parent[key] = other)), nodeOf(place.object));
      expect(issues.filter(({ rule }) => rule === 'wrong-type').map(({ rule }) => rule), named(place)).toEqual(['wrong-type']);
      expect(issues.every(({ rule }) => rule === 'wrong-type' || rule === 'broken-condition'), named(place)).toBe(true);
    }), { numRuns: 600 });
  });

  it('finds a missing field, by its path, wherever a required one is taken out', () => {
    const required = places.filter(({ path, object }) => {
      const parent = placesOf(nodeOf(object), object).find((each) => each.path.join('/') === path.slice(0, -1).join('/'));
      return parent?.node.type === 'object' && parent.node.required.includes(String(path.at(-1)));
    });
    expect(required.length).toBeGreaterThan(100);
    fc.assert(fc.property(fc.constantFrom(...required), (place) => {
      const issues = issuesOf(changed(place.object, place.path, (parent, key) => void delete parent[key]), nodeOf(place.object));
      expect(issues.some(({ rule, field }) => rule === 'missing-field' && field.endsWith(String(place.path.at(-1)))), named(place)).toBe(true);
    }), { numRuns: 300 });
  });

  it('finds exactly the value that an enumeration does not have', () => {
    const enumerated = places.filter(({ node, value }) => 'enum' in node && node.enum !== undefined && typeof value === 'string');
    expect(enumerated.length).toBeGreaterThan(30);
    for (const place of enumerated) {
      const issues = issuesOf(changed(place.object, place.path, (parent, key) => void (parent[key] = 'Zzz')), nodeOf(place.object));
      expect(issues.filter(({ rule }) => rule === 'wrong-value').length, named(place)).toBe(1);
    }
  });

  it('says what was expected, what came, and what was perhaps meant', () => {
    const messagesOf = (change: (spec: Loose) => void): string[] => {
      const service: Loose = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } };
      change(service['spec'] as Loose);
      return issuesOf(service, nodeOf(service)).map(({ message }) => message);
    };
    expect(messagesOf((spec) => void (spec['type'] = 'ClusterIp'))).toEqual(['expected one of "ClusterIP", "ExternalName", "LoadBalancer", "NodePort", got the string "ClusterIp". Did you mean "ClusterIP"?']);
    expect(messagesOf((spec) => void (spec['type'] = 'None'))).toEqual(['expected one of "ClusterIP", "ExternalName", "LoadBalancer", "NodePort", got the string "None"']);
    expect(messagesOf((spec) => void (spec['ports'] = [{ port: 70000 }]))).toEqual(['expected at most 65535, got 70000']);
    expect(messagesOf((spec) => void (spec['ports'] = [{ port: '80' }]))).toEqual(['expected a whole number of 32 bits, got the string "80"']);
    expect(messagesOf((spec) => void (spec['ports'] = [{ port: 80 }, { port: 80, protocol: 'TCP' }]))).toEqual(['item 1 has the same port and protocol as item 0: [80,"TCP"]']);
    expect(messagesOf((spec) => void (spec['prots'] = []))[0]).toMatch(/^there is no field prots here\. Did you mean "ports"\? Known: allocateLoadBalancerNodePorts, /);
  });

  it('takes a null for an absent field in a built-in kind, and in a custom resource only where a default takes its place', () => {
    const nulled = (kind: string, ...path: readonly string[]): string[] => {
      const object = objects.find((each) => each['kind'] === kind)!;
      return issuesOf(changed(object, path, (parent, key) => void (parent[key] = null)), nodeOf(object)).map(({ rule, field, message }) => `${rule} ${field}: ${message}`);
    };
    expect(nulled('Deployment', 'spec', 'replicas')).toEqual([]);
    expect(nulled('Rollout', 'spec', 'revisionHistoryLimit')).toEqual(['wrong-type spec.revisionHistoryLimit: expected a value of type int32, got null']);
    expect(nulled('ExternalSecret', 'spec', 'refreshInterval')).toEqual([]);
  });

  it('refuses a whole number beyond 64 bits', () => {
    const job = objects.find((each) => each['kind'] === 'Job')!;
    const at = (seconds: number): string[] => issuesOf(changed(job, ['spec', 'activeDeadlineSeconds'], (parent, key) => void (parent[key] = seconds)), nodeOf(job)).map(({ message }) => message);
    expect(at(2 ** 62)).toEqual([]);
    expect(at(2 ** 63)).toEqual(['expected a whole number of 64 bits, got the number 9223372036854776000']);
  });

  it('never throws, whatever stands wherever', () => {
    const hostile = fc.oneof(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSet: true, withSparseArray: true, maxDepth: 4 }), fc.constantFrom(NaN, Infinity, undefined, () => 1, Symbol('x')));
    fc.assert(fc.property(anyPlace, hostile, (place, value) => {
      expect(Array.isArray(issuesOf(changed(place.object, place.path, (parent, key) => void (parent[key] = value as LooseValue)), nodeOf(place.object)))).toBe(true);
    }), { numRuns: 1500 });
  });

  it('takes keys such as __proto__ and constructor for what they are: unknown fields', () => {
    const object = JSON.parse('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","__proto__":{"name":"y"},"constructor":1,"toString":2},"__proto__":[]}') as unknown;
    expect(issuesOf(object, nodeOf({ apiVersion: 'v1', kind: 'ConfigMap' })).map(({ rule, field }) => `${rule} ${field}`)).toEqual([
      'unknown-field metadata.__proto__', 'unknown-field metadata.constructor', 'unknown-field metadata.toString', 'unknown-field __proto__',
    ]);
  });

  it('stops at a schema that contains itself a hundred thousand levels deep', () => {
    let schema: Loose = { type: 'object' };
    for (let depth = 0; depth < 100_000; depth++) schema = { type: 'object', properties: { a: schema } };
    const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'a.b' }, spec: { group: 'b', names: { kind: 'A', plural: 'a' }, scope: 'Cluster', versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }] } };
    expect(issuesOf(definition, nodeOf(definition)).map(({ message }) => message)).toEqual(['expected at most 200 levels, got more']);
  });
});
