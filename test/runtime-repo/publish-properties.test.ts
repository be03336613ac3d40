import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { blobId } from '../../lib/runtime-repo/blob.ts';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';
import { SlipwayError } from '../../lib/values/errors.ts';
import { applyPlan, planTexts, stateOf, type Texts } from './state.ts';

const apps = ['api', 'shop', 'web'];
const environments = ['dev', 'prod'];

/** One app as it is rendered: contents by file, and perhaps a content-hashed config. */
const render = fc.record({ app: fc.constantFrom(...apps), environment: fc.constantFrom(...environments), files: fc.dictionary(fc.constantFrom('a.yaml', 'b.yaml', 'c/d.yaml'), fc.constantFrom('1', '2', '3'), { noNullPrototype: true }), config: fc.option(fc.constantFrom('x', 'y', 'z')), cluster: fc.boolean() });
type Render = typeof render extends fc.Arbitrary<infer T> ? T : never;

function unitOf({ app, environment, files, config, cluster }: Render): PublishUnit {
  const id = `apps/${environment}/${app}`;
  const inFolder = (folder: string) => [
    ...Object.entries(files).map(([name, text]) => ({ path: `${folder}/${name}`, text })),
    ...(config === null ? [] : [{ path: `${folder}/configmap-${config}.yaml`, text: config, contentHashed: 'config' }]),
    { path: `${folder}/kustomization.yaml`, text: `resources:\n- ${[...Object.keys(files), ...(config === null ? [] : [`configmap-${config}.yaml`]), 'z.yaml'].sort().join('\n- ')}\n` },
  ];
  return { id, app, environment, images: [], files: [...inFolder(id), ...(cluster ? inFolder(`${id}@eu`) : [])] };
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('publish' as const), renders: fc.uniqueArray(render, { selector: ({ app, environment }) => `${environment}/${app}` }), scope: fc.constantFrom({}, { environments: ['dev'] }, { environments: ['prod'] }, { apps: ['shop'] }), days: fc.nat({ max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('foreign' as const), path: fc.constantFrom('README.md', 'apps/dev/shop/notes.txt', 'apps/dev/shop/c.txt', 'apps/prod/other/x.yaml', 'clusters/eu/x.yaml'), text: fc.option(fc.string()) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), path: fc.constantFrom('apps/dev/shop/a.yaml', 'apps/prod/api/b.yaml', 'apps/dev/web/kustomization.yaml'), text: fc.constantFrom('1', 'by hand') }) },
);

const inScopeOf = (scope: { readonly environments?: readonly string[]; readonly apps?: readonly string[] }) => ({ environment, app }: { readonly environment?: string | undefined; readonly app?: string | undefined }) =>
  (scope.environments?.includes(environment ?? '') ?? true) && (scope.apps?.includes(app ?? '') ?? true);

/** Everything that must hold after a publish that wasn't refused. */
function check(before: Texts, after: Texts, units: readonly PublishUnit[], scope: Parameters<typeof inScopeOf>[0]): void {
  const [old, now] = [stateOf(before), stateOf(after)];
  const desired = new Map(units.flatMap(({ files }) => files.map((file) => [file.path, file] as const)));
  const owned = (state: typeof now) => new Map([...state.ledgers.values()].flatMap((ledger) => Object.entries(ledger.files)));
  const [ownedBefore, ownedAfter] = [owned(old), owned(now)];
  // Foreign files, and units outside of the scope, are as they were.
  for (const [path, text] of before) if (!path.startsWith('.slipway/') && !ownedBefore.has(path)) expect(after.get(path)).toBe(text);
  for (const ledger of old.ledgers.values()) if (!inScopeOf(scope)(ledger)) for (const path of Object.keys(ledger.files)) expect(after.get(path)).toBe(before.get(path));
  // What is rendered is there; a kustomization has its own resources and those that are kept.
  for (const [path, { text }] of desired) {
    if (!path.endsWith('/kustomization.yaml')) {
      expect(after.get(path)).toBe(text);
      continue;
    }
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const kept = [...now.ledgers.values()].flatMap((ledger) => Object.entries(ledger.hashed)).filter(([file, entry]) => entry.left !== undefined && file.startsWith(folder)).map(([file]) => file.slice(folder.length));
    expect((parse(after.get(path) ?? '') as { resources: string[] }).resources.sort()).toEqual([...(parse(text) as { resources: string[] }).resources, ...kept].sort());
  }
  // The ledgers are the tree of what is owned: rendered or kept, and nothing else.
  for (const ledger of now.ledgers.values()) {
    if (!inScopeOf(scope)(ledger)) continue;
    for (const [path, blob] of Object.entries(ledger.files)) {
      expect(blobId(after.get(path) ?? 'gone')).toBe(blob);
      expect(desired.has(path) || ledger.hashed[path]?.left !== undefined).toBe(true);
    }
  }
  // Whatever is gone was owned; whatever is new is owned.
  for (const path of before.keys()) if (!after.has(path) && !path.startsWith('.slipway/')) expect(ownedBefore.has(path)).toBe(true);
  for (const path of after.keys()) if (!before.has(path) && !path.startsWith('.slipway/')) expect(ownedAfter.has(path)).toBe(true);
}

test('whatever is published and edited in whatever order, foreign files stay, the tree is foreign + rendered + kept, and the ledgers say so', () => {
  let [accepted, refused] = [0, 0];
  fc.assert(fc.property(fc.array(step, { minLength: 2, maxLength: 14 }), (steps) => {
    let texts: Texts = new Map();
    let now = Date.UTC(2026, 0, 1);
    for (const action of steps) {
      if (action.kind !== 'publish') {
        const owned = [...stateOf(texts).ledgers.values()].some((ledger) => Object.hasOwn(ledger.files, action.path));
        const next = new Map(texts);
        if (action.kind === 'edit' && !owned) continue;
        if (action.text === null) next.delete(action.path);
        else next.set(action.path, action.text);
        texts = next;
        continue;
      }
      now += action.days * 24 * 3600 * 1000;
      const units = action.renders.filter(inScopeOf(action.scope)).map(unitOf);
      const input = { scope: action.scope, now: new Date(now), allowRemoval: { share: 1 } };
      try {
        const after = applyPlan(texts, planTexts(texts, units, input));
        check(texts, after, units, action.scope);
        expect(planTexts(after, units, input).kind).toBe('unchanged');
        texts = after;
        accepted += 1;
      } catch (error) {
        if (!(error instanceof SlipwayError)) throw error;
        // A refusal names a file that somebody edited or put in the way.
        for (const { where } of error.problems) expect(texts.has(where) || stateOf(texts).ledgers.size > 0).toBe(true);
        refused += 1;
      }
    }
  }), { numRuns: 400 });
  expect(Math.min(accepted, refused)).toBeGreaterThan(50);
});
