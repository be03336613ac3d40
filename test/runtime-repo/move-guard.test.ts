import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../lib/runtime-repo/ledger.ts';
import { placementProblems } from '../../lib/runtime-repo/move-guard.ts';
import type { PlanInput } from '../../lib/runtime-repo/plan-types.ts';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';

const source = 'a'.repeat(40);
const clusters = ['a', 'b', 'c', 'm'] as const;
type Name = (typeof clusters)[number];

/** Where the tracking objects of a cluster lie: `m` is a member of the hub `a`. */
const folder = (cluster: Name): string => (cluster === 'm' ? 'clusters/a/members/m/prod' : `clusters/${cluster}/prod`);
const tracker = (cluster: Name): string => `${folder(cluster)}/${cluster === 'b' ? 'kustomization' : 'application'}-${cluster === 'm' ? 'm-' : ''}shop-prod.yaml`;

function ledger(unit: string, paths: readonly string[], more: Partial<Ledger> = {}): Ledger {
  return { unit, environment: 'prod', source, images: [], files: Object.fromEntries(paths.map((path) => [path, source])), hashed: {}, guarded: {}, ...more };
}

/** A publish after which the app runs on some clusters, where it ran on others before. */
function change(before: readonly Name[], after: readonly Name[], more: { readonly allow?: readonly string[]; readonly guarded?: Ledger['guarded'] } = {}): PlanInput {
  const units: PublishUnit[] = clusters.map((cluster) => ({
    id: folder(cluster), environment: 'prod', cluster, images: [],
    files: [`${folder(cluster)}/kustomization.yaml`, ...(after.includes(cluster) ? [tracker(cluster)] : [])].map((path) => ({ path, text: '' })),
  }));
  const app: PublishUnit = { id: 'apps/prod/shop', app: 'shop', environment: 'prod', images: [], files: [{ path: 'apps/prod/shop/kustomization.yaml', text: '' }] };
  const ledgers = [
    ledger(app.id, ['apps/prod/shop/kustomization.yaml'], { app: 'shop', guarded: more.guarded ?? {} }),
    ...clusters.map((cluster) => ledger(folder(cluster), before.includes(cluster) ? [tracker(cluster)] : [], { cluster })),
  ];
  const files = new Map(ledgers.flatMap((each) => Object.keys(each.files).map((path) => [path, { mode: '100644', blob: source }] as const)));
  return {
    state: { files, ledgers: new Map(ledgers.map((each) => [each.unit, each])), records: new Map(), workloads: new Map() }, units: after.length === 0 ? units : [app, ...units], scope: {}, source, now: new Date(0), order: new Map(),
    ...(more.allow !== undefined && { allowRemoval: { objects: more.allow } }),
  };
}

describe('a publish that changes where an app runs', () => {
  it.each([
    ['from one cluster to another', ['a'], ['b']],
    ['from two to a third', ['a', 'b'], ['c']],
    ['from a hub\'s member to the hub', ['m'], ['a']],
  ] as const)('is refused when it goes %s in one commit', (_, before, after) => {
    const [problem, ...more] = placementProblems(change(before, after));
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ where: 'apps/prod/shop', message: `would go from ${before.join(', ')} to ${after.join(', ')} in one commit, so that nothing serves it until it is ready there` });
    expect(problem?.fix).toContain(`clusters: { prod: [${[...before, ...after].map((name) => `'${name}'`).join(', ')}] }`);
    expect(problem?.fix).toContain(`slipway move shop --environment prod --from ${before[0]} --to ${after[0]}`);
  });

  it('goes on when it is told that the old cluster is lost', () => {
    expect(placementProblems(change(['a'], ['b'], { allow: ['App/prod/shop'] }))).toEqual([]);
  });

  it('goes on whenever a cluster keeps it, or nothing of it stays at all', () => {
    const some = fc.subarray([...clusters]);
    fc.assert(fc.property(some, some, (before, after) => {
      const jumps = before.length > 0 && after.length > 0 && !after.some((name) => before.includes(name));
      expect(placementProblems(change(before, after)).length).toBe(jumps ? 1 : 0);
    }));
  });

  it('names the data that a cluster loses, also when the folder stays for others', () => {
    const guarded = { 'apps/prod/shop/persistentvolumeclaim-uploads.yaml': ['PersistentVolumeClaim/shop-prod/uploads'] };
    expect(placementProblems(change(['a', 'b'], ['b'], { guarded }))).toMatchObject([{ where: 'apps/prod/shop', message: 'would be taken from a, and with it PersistentVolumeClaim/shop-prod/uploads, whose data nobody copies' }]);
    expect(placementProblems(change(['a', 'b'], ['b'], { guarded, allow: ['PersistentVolumeClaim/uploads'] }))).toEqual([]);
    expect(placementProblems(change(['a', 'b'], ['a', 'b'], { guarded }))).toEqual([]);
  });

  it('doesn\'t count data that only another cluster\'s own folder has', () => {
    const guarded = { 'apps/prod/shop@b/persistentvolumeclaim-uploads.yaml': ['PersistentVolumeClaim/shop-prod/uploads'] };
    expect(placementProblems(change(['a', 'b'], ['b'], { guarded }))).toEqual([]);
    expect(placementProblems(change(['a', 'b'], ['a'], { guarded }))).toHaveLength(1);
  });
});
