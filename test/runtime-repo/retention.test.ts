import fc from 'fast-check';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { keptGenerations } from '../../lib/manifests/content-hashed.ts';
import { withResources } from '../../lib/runtime-repo/kustomization-resources.ts';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';
import { applyPlan, plainFiles, planTexts, type Texts } from './state.ts';

const kustomization = (resources: readonly string[]) => `# made from apps/shop.ts\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.map((name) => `  - ${name}\n`).join('')}images:\n  - name: shop\n    newTag: "1"\n`;

/** The app with a config of one content, in each of the folders. */
function shop(hash: string | undefined, folders: readonly string[] = ['']): PublishUnit {
  const files = folders.flatMap((variant) => {
    const folder = `apps/prod/shop${variant}`;
    const config = hash === undefined ? [] : [{ path: `${folder}/configmap-web-${hash}.yaml`, text: `kind: ConfigMap # ${hash}\n`, contentHashed: 'web' }];
    return [...config, { path: `${folder}/deployment-web.yaml`, text: `uses ${hash}\n` }, { path: `${folder}/kustomization.yaml`, text: kustomization([...config.map(() => `configmap-web-${hash}.yaml`), 'deployment-web.yaml']) }];
  });
  return { id: 'apps/prod/shop', app: 'shop', environment: 'prod', images: [], files };
}

const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number));
const publishDay = (texts: Texts, unit: PublishUnit, number: number) => applyPlan(texts, planTexts(texts, [unit], { now: day(number) }));
const configs = (texts: Texts, variant = '') => Object.keys(plainFiles(texts)).flatMap((path) => /configmap-web-(\w+)\.yaml/.exec(path.startsWith(`apps/prod/shop${variant}/`) ? path : '')?.[1] ?? []);
const listed = (texts: Texts, variant = '') => (parse(texts.get(`apps/prod/shop${variant}/kustomization.yaml`) ?? '') as { resources: string[] }).resources;

test('a config that left the render stays in its folder and in the kustomization, and publishing again changes nothing', () => {
  const first = publishDay(new Map(), shop('b'), 0);
  const second = publishDay(first, shop('a'), 1);
  expect(configs(second)).toEqual(['a', 'b']);
  expect(listed(second)).toEqual(['configmap-web-a.yaml', 'configmap-web-b.yaml', 'deployment-web.yaml']);
  expect(planTexts(second, [shop('a')], { now: day(400) }).kind).toBe('unchanged');
});

test('a config goes only when ten newer ones exist and seven days have passed', () => {
  let texts: Texts = publishDay(new Map(), shop('g00'), 0);
  const name = (n: number) => `g${String(n).padStart(2, '0')}`;
  for (let n = 1; n <= 9; n += 1) texts = publishDay(texts, shop(name(n)), 1);
  expect(configs(publishDay(texts, shop(name(10)), 7.9))).toContain('g00');
  expect(configs(publishDay(texts, shop(name(10)), 8))).not.toContain('g00');
  expect(configs(publishDay(texts, shop(name(9)), 100))).toContain('g00');
  const due = publishDay(texts, shop(name(10)), 7.9);
  expect(planTexts(due, [shop(name(10))], { now: day(100) }).kind).toBe('unchanged');
  const later = publishDay(publishDay(texts, shop(name(10)), 2), shop(name(11)), 8);
  expect(configs(later)).toEqual(Array.from({ length: 10 }, (_, i) => name(i + 2)));
  expect(listed(later)).not.toContain('configmap-web-g01.yaml');
});

test('the widest rollbackWindow is inside retention: each of its versions finds its config, whatever was published and however long ago', () => {
  const window = keptGenerations - 1;
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 30 }), (publishes) => {
    let texts: Texts = new Map();
    const versions: string[] = [];
    let now = 0;
    for (const [content, days] of publishes) {
      const hash = `c${content}`;
      now += days;
      texts = publishDay(texts, shop(hash), now);
      // A version is a new one when it differs from the running one; the revisions of the window are the versions before it.
      if (versions.at(-1) !== hash) versions.push(hash);
      expect(configs(texts)).toEqual(expect.arrayContaining(versions.slice(-1 - window)));
    }
  }), { numRuns: 60 });
});

test('a config that returns counts as the newest again', () => {
  let texts: Texts = publishDay(new Map(), shop('old'), 0);
  for (let n = 0; n < 9; n += 1) texts = publishDay(texts, shop(`x${n}`), 1);
  texts = publishDay(texts, shop('old'), 2);
  texts = publishDay(texts, shop('new'), 3);
  expect(configs(publishDay(texts, shop('newer'), 60))).toContain('old');
});

test('a config that goes for good stays, since nothing newer tells that no pod mounts it', () => {
  const texts = publishDay(publishDay(new Map(), shop('a'), 0), shop(undefined), 1);
  expect(listed(publishDay(texts, shop(undefined), 400))).toEqual(['configmap-web-a.yaml', 'deployment-web.yaml']);
});

test('a cluster that gets a folder of its own takes the shared configs along, and brings its own back', () => {
  const shared = publishDay(publishDay(new Map(), shop('a'), 0), shop('b'), 1);
  const split = publishDay(shared, shop('c', ['', '@eu']), 2);
  expect([configs(split), configs(split, '@eu')]).toEqual([['a', 'b', 'c'], ['a', 'b', 'c']]);
  expect(listed(split, '@eu')).toEqual(['configmap-web-a.yaml', 'configmap-web-b.yaml', 'configmap-web-c.yaml', 'deployment-web.yaml']);
  const joined = publishDay(publishDay(split, shop('d', ['', '@eu']), 3), shop('e'), 4);
  expect([configs(joined), configs(joined, '@eu')]).toEqual([['a', 'b', 'c', 'd', 'e'], []]);
});

test('an app that goes takes its configs along', () => {
  const texts = publishDay(publishDay(new Map(), shop('a'), 0), shop('b'), 1);
  expect(plainFiles(applyPlan(texts, planTexts(texts, [], { now: day(2) })))).toEqual({});
});

test('a kept config that somebody deleted is refused by name, and forgotten when adopted', () => {
  const texts = publishDay(publishDay(new Map(), shop('a'), 0), shop('b'), 1);
  const path = 'apps/prod/shop/configmap-web-a.yaml';
  const without = new Map(texts);
  without.delete(path);
  expect(() => planTexts(without, [shop('b')], { now: day(2) })).toThrow(`${path}: expected the file that was published, but somebody deleted it`);
  const after = applyPlan(without, planTexts(without, [shop('b')], { now: day(2), adopt: [path] }));
  expect([configs(after), listed(after)]).toEqual([['b'], ['configmap-web-b.yaml', 'deployment-web.yaml']]);
});

test('only the resources of a kustomization change: order, comments and every other byte stay', () => {
  const text = kustomization(['deployment-web.yaml', 'service-web.yaml']);
  expect(withResources('k', text, ['a.yaml', 'service-a.yaml', 'z.yaml', 'deployment-web.yaml'])).toBe(kustomization(['a.yaml', 'deployment-web.yaml', 'service-a.yaml', 'service-web.yaml', 'z.yaml']));
  expect(withResources('k', 'kind: Kustomization\nresources:\n- b.yaml', ['c.yaml', 'a.yaml'])).toBe('kind: Kustomization\nresources:\n- a.yaml\n- b.yaml\n- c.yaml');
  expect(withResources('k', 'kind: Kustomization\n', ['a.yaml'])).toBe('kind: Kustomization\nresources:\n  - a.yaml\n');
  for (const bad of ['- a', 'resources: [a.yaml]', 'resources: x', 'a: b: c']) expect(() => withResources('apps/k.yaml', bad, ['a.yaml'])).toThrow('apps/k.yaml');
});
