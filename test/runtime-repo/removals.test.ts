import { expect, test } from 'vitest';
import { guardedObjects } from '../../lib/runtime-repo/guarded.ts';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';
import { appUnit } from './fixture.ts';
import { applyPlan, planTexts, type Texts } from './state.ts';

const empty: Texts = new Map();
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}.yaml`, String(i)]));
const big = applyPlan(empty, planTexts(empty, [appUnit('big', 'prod', many(100))]));

test('up to 20 files go without asking, and up to the share of a larger fleet', () => {
  const small = applyPlan(empty, planTexts(empty, [appUnit('a', 'prod', many(20))]));
  expect(planTexts(small, [], { digit: 2 }).deletes).toHaveLength(21);
  expect(planTexts(big, [appUnit('big', 'prod', many(80))], { digit: 2 }).deletes).toHaveLength(20);
});

test('more than the share is refused with the counts, and done when the share is raised', () => {
  const less = [appUnit('big', 'prod', many(75))];
  expect(() => planTexts(big, less, { digit: 2 })).toThrow(/at most 20 % of the 100 files.*but 25 would go: apps\/prod\/big \(25\)[^]*--max-removal 0\.25/);
  expect(planTexts(big, less, { digit: 2, allowRemoval: { share: 0.25 } }).deletes).toHaveLength(25);
  expect(() => planTexts(big, [], { digit: 2 })).toThrow(/100 would go/);
});

const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;
const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  namespace: shop\n';
const platform = (texts: Readonly<Record<string, string>>, cluster = 'eu'): PublishUnit => ({
  id: `clusters/${cluster}/platform`, cluster, images: [], files: Object.entries(texts).map(([name, text]) => ({ path: `clusters/${cluster}/platform/${name}`, text })),
});

test('a namespace, a claim and a CRD go only by name, also out of a file that stays', () => {
  const crd = 'kind: CustomResourceDefinition\nmetadata: { name: rollouts.argoproj.io }\n';
  const before = applyPlan(empty, planTexts(empty, [platform({ 'ns.yaml': `${namespace('a')}---\n${namespace('b')}`, 'pvc.yaml': claim, 'crd.yaml': crd })]));
  const after = [platform({ 'ns.yaml': namespace('a') })];
  expect(() => planTexts(before, after, { digit: 2 })).toThrow(/crd\.yaml: would remove CustomResourceDefinition\/rollouts\.argoproj\.io[^]*ns\.yaml: would remove Namespace\/b,[^]*pvc\.yaml: would remove PersistentVolumeClaim\/shop\/data/);
  const objects = ['Namespace/b', 'PersistentVolumeClaim/data', 'CustomResourceDefinition/rollouts.argoproj.io'];
  expect(planTexts(before, after, { digit: 2, allowRemoval: { objects } }).kind).toBe('changes');
});

test('an object that only moves to another file or unit of its cluster isn\'t removed, one of another cluster\'s name is', () => {
  const before = applyPlan(empty, planTexts(empty, [platform({ 'ns.yaml': namespace('a') }), platform({ 'ns.yaml': namespace('a') }, 'us')]));
  expect(planTexts(before, [platform({ 'namespaces.yaml': namespace('a') }), platform({ 'ns.yaml': namespace('a') }, 'us')], { digit: 2 }).kind).toBe('changes');
  expect(() => planTexts(before, [platform({ 'ns.yaml': namespace('a') }, 'us')], { digit: 2 })).toThrow(/clusters\/eu\/platform\/ns\.yaml: would remove Namespace\/a/);
});

test('a claim that a cluster\'s own folder loses is removed there, unless the cluster returns to the shared folder', () => {
  const unit = (files: Readonly<Record<string, string>>): PublishUnit => ({ id: 'apps/prod/shop', app: 'shop', environment: 'prod', images: [], files: Object.entries(files).map(([path, text]) => ({ path: `apps/prod/${path}`, text })) });
  const before = applyPlan(empty, planTexts(empty, [unit({ 'shop/pvc.yaml': claim, 'shop@eu/pvc.yaml': claim, 'shop@eu/x.yaml': 'x' })]));
  expect(() => planTexts(before, [unit({ 'shop/pvc.yaml': claim, 'shop@eu/x.yaml': 'x' })], { digit: 2 })).toThrow(/shop@eu\/pvc\.yaml: would remove/);
  expect(planTexts(before, [unit({ 'shop/pvc.yaml': claim })], { digit: 2 }).kind).toBe('changes');
});

test('guarded objects are found in lists, JSON and several documents, and harmless ones are not', () => {
  expect(guardedObjects(`kind: List\napiVersion: v1\nitems:\n- ${JSON.stringify({ kind: 'Namespace', metadata: { name: 'x' } })}\n`)).toEqual(['Namespace/x']);
  expect(guardedObjects('# kind: Namespace\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "kind: Namespace"}\n')).toEqual([]);
  const set = (policy: string) => `kind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec:\n  volumeClaimTemplates: [{}]\n  persistentVolumeClaimRetentionPolicy: {whenDeleted: ${policy}}\n`;
  expect([guardedObjects(set('Delete')), guardedObjects(set('Retain'))]).toEqual([['StatefulSet/shop/db'], []]);
});
