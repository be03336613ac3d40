import { expect, test } from 'vitest';
import { blobId } from '../../lib/runtime-repo/blob.ts';
import { parseLedger } from '../../lib/runtime-repo/ledger.ts';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';
import { appUnit } from './fixture.ts';
import { applyPlan, plainFiles, planTexts, type Texts } from './state.ts';

const shop = appUnit('shop', 'prod', { 'web.yaml': 'web', 'worker.yaml': 'worker' });
const api = appUnit('api', 'prod', { 'web.yaml': 'api' });
const empty: Texts = new Map();
const published = applyPlan(empty, planTexts(empty, [shop, api]));

test('every refusal is reported at once: edited, deleted, foreign', () => {
  const edited = new Map(published).set('apps/prod/shop/web.yaml', 'by hand').set('apps/prod/shop/new.yaml', 'foreign');
  edited.delete('apps/prod/api/web.yaml');
  const units = [appUnit('shop', 'prod', { 'web.yaml': 'web', 'worker.yaml': 'worker', 'new.yaml': 'ours' }), api];
  expect(() => planTexts(edited, units)).toThrow(/apps\/prod\/api\/web\.yaml: .*deleted[^]*apps\/prod\/shop\/new\.yaml: .*didn't write[^]*apps\/prod\/shop\/web\.yaml: .*edited/);
  const plan = planTexts(edited, units, { adopt: ['apps/prod/shop/web.yaml', 'apps/prod/shop/new.yaml', 'apps/prod/api/web.yaml'] });
  expect(plainFiles(applyPlan(edited, plan))).toEqual({ 'apps/prod/shop/web.yaml': 'web', 'apps/prod/shop/worker.yaml': 'worker', 'apps/prod/shop/new.yaml': 'ours', 'apps/prod/api/web.yaml': 'api' });
});

test('a file that was edited by hand isn\'t deleted either', () => {
  const edited = new Map(published).set('apps/prod/api/web.yaml', 'by hand');
  expect(() => planTexts(edited, [shop])).toThrow(/apps\/prod\/api\/web\.yaml: expected the file as it was published, but somebody edited it/);
  expect(planTexts(edited, [shop], { adopt: ['apps/prod/api/web.yaml'] }).deletes).toContain('apps/prod/api/web.yaml');
});

test('a hand edit that says what would be published is no conflict', () => {
  const edited = new Map(published).set('apps/prod/api/web.yaml', 'api 2');
  const plan = planTexts(edited, [shop, appUnit('api', 'prod', { 'web.yaml': 'api 2' })], { digit: 2 });
  expect(plan.writes.map(({ path }) => path)).toEqual(['.slipway/apps/prod/api.json', '.slipway/sources/all.json']);
});

test('a symbolic link or an executable in place of our file counts as edited', () => {
  const plan = () => planTexts(published, [shop, api], { state: {
    files: new Map([['apps/prod/api/web.yaml', { mode: '120000', blob: 'x' }]]), records: new Map(), workloads: new Map(),
    ledgers: new Map([['apps/prod/api', parseLedger('.slipway/apps/prod/api.json', published.get('.slipway/apps/prod/api.json') ?? '')]]),
  } });
  expect(plan).toThrow(/mode 120000/);
  const link = { mode: '120000', blob: blobId('api') };
  expect(() => planTexts(empty, [api], { state: { files: new Map([['apps/prod/api/web.yaml', link]]), records: new Map(), ledgers: new Map(), workloads: new Map() } })).toThrow(/didn't write/);
});

test('an app that isn\'t rendered any more goes with its ledger when the scope speaks for it, and stays otherwise', () => {
  const plan = planTexts(published, [shop], { digit: 2 });
  expect(plan.deletes).toEqual(['.slipway/apps/prod/api.json', 'apps/prod/api/web.yaml']);
  expect(plan.units.find(({ id }) => id === 'apps/prod/api')?.change).toBe('removed');
  expect(planTexts(published, [], { digit: 2, scope: { environments: ['dev'] } })).toMatchObject({ kind: 'unchanged', writes: [], deletes: [] });
  expect(planTexts(published, [], { digit: 2, scope: { environments: ['prod'], apps: ['shop'] } }).deletes).toEqual(['apps/prod/shop/web.yaml', 'apps/prod/shop/worker.yaml']);
});

test('a file may become a folder and a folder a file', () => {
  const nested = appUnit('shop', 'prod', { 'web.yaml/a.yaml': 'a', 'worker.yaml': 'worker' });
  const after = applyPlan(published, planTexts(published, [nested, api], { digit: 2 }));
  expect(Object.keys(plainFiles(after))).toEqual(['apps/prod/api/web.yaml', 'apps/prod/shop/web.yaml/a.yaml', 'apps/prod/shop/worker.yaml']);
  expect(plainFiles(applyPlan(after, planTexts(after, [shop, api], { digit: 3 })))).toEqual(plainFiles(published));
});

test('a foreign file where a folder is needed, and a foreign folder where a file is, are refused', () => {
  expect(() => planTexts(new Map([['apps/prod', 'a file']]), [shop])).toThrow(/apps\/prod: expected a folder/);
  expect(() => planTexts(new Map([['apps/prod/shop/web.yaml/x', 'foreign']]), [shop])).toThrow(/apps\/prod\/shop\/web\.yaml: expected to write a file, but the runtime repo has a folder there \(with apps\/prod\/shop\/web\.yaml\/x\)/);
});

test('a file may move from one unit to another', () => {
  const inner: PublishUnit = { id: 'clusters/eu/platform', cluster: 'eu', images: [], files: [{ path: 'clusters/eu/platform/ns.yaml', text: 'kind: Namespace\nmetadata: {name: shop}\n' }] };
  const outer: PublishUnit = { ...inner, id: 'clusters/eu' };
  const before = applyPlan(empty, planTexts(empty, [outer]));
  const plan = planTexts(before, [inner], { digit: 2 });
  expect(plan.deletes).toEqual(['.slipway/clusters/eu.json']);
  expect(plainFiles(applyPlan(before, plan))).toEqual(plainFiles(before));
  const edited = new Map(before).set('clusters/eu/platform/ns.yaml', 'by hand');
  expect(() => planTexts(edited, [inner], { digit: 2 })).toThrow(/clusters\/eu\/platform\/ns\.yaml: .*somebody edited it/);
});

test.each([
  ['apps/prod/other/x.yaml', /lies outside/], ['/etc/passwd', /is absolute/], ['apps/prod/shop/../x', /"\.\."/], ['apps/prod/shop/.GIT/config', /Git keeps/], ['apps/prod/shop/.git /x', /Git keeps/],
  ['apps/prod/shop/git~1/x', /Git keeps/], ['apps/prod/shop/.g\u200cit/x', /Git keeps/], ['apps/prod/shop/a\\b', /backslash/], ['apps/prod/shop/a\0b', /control/], ['apps/prod/shop//a', /empty part/],
  ['apps/prod/shop/', /empty part/], ['apps/prod/shop', /lies outside/], ['apps/prod/shop@/x', /lies outside/], ['.slipway/apps/prod/shop.json', /lies outside/], ['C:/x', /absolute/],
])('the path %j is refused', (path, message) => {
  expect(() => planTexts(empty, [{ ...shop, files: [{ path, text: '' }] }])).toThrow(message);
});

test('two units with one path, a file that is a folder too, and hostile ids are refused at once', () => {
  const units: PublishUnit[] = [
    { id: 'clusters/eu', images: [], files: [{ path: 'clusters/eu/platform/x', text: '' }, { path: 'clusters/eu/a', text: '' }, { path: 'clusters/eu/a/b', text: '' }] },
    { id: 'clusters/eu/platform', images: [], files: [{ path: 'clusters/eu/platform/x', text: '' }] },
    { id: '.slipway/x', images: [], files: [] }, { id: 'sources/all', images: [], files: [] }, { id: '../up', images: [], files: [] }, { id: 'a/b.json/c', images: [], files: [] },
  ];
  expect(() => planTexts(empty, units)).toThrow(/"\.\.\/up"[^]*"\.slipway\/x"[^]*"a\/b\.json\/c"[^]*"sources\/all"[^]*clusters\/eu\/a: is a file of clusters\/eu and a folder[^]*written by two units: clusters\/eu and clusters\/eu\/platform/);
});
