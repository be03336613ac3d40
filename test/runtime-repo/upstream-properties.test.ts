import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';
import { applyPlan, planTexts, stateOf, type Texts } from './state.ts';

const clusters = ['eu', 'us', 'asia'] as const;
const versions = ['1.0.0', '2.0.0', '3.0.0'] as const;

function install(cluster: string, version: string): PublishUnit {
  const id = `clusters/${cluster}/argo-cd`;
  return { id, cluster, images: [], needs: [`upstream/argo-cd-${version}`], files: [{ path: `${id}/kustomization.yaml`, text: `upstream/argo-cd-${version}` }] };
}

function upstream(version: string): PublishUnit {
  const id = `upstream/argo-cd-${version}`;
  return { id, images: [], files: [{ path: `${id}/install.yaml`, text: version }, { path: `${id}/kustomization.yaml`, text: 'resources' }] };
}

/** One publish: the version of each cluster in it, the versions that its publisher has vendored, and for which clusters it speaks. */
const step = fc.record({
  wanted: fc.record(Object.fromEntries(clusters.map((cluster) => [cluster, fc.option(fc.constantFrom(...versions))]))),
  stored: fc.subarray([...versions]),
  scope: fc.option(fc.subarray([...clusters], { minLength: 1 })),
  late: fc.boolean(),
});

it('whoever publishes what with which store, no install stands on a manifest that isn\'t there, and none is there on which nothing stands', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 9 }), (steps) => {
    let tree: Texts = new Map([['README.md', 'mine']]);
    for (const [index, { wanted, stored, scope, late }] of steps.entries()) {
      const units = [
        ...clusters.filter((cluster) => scope?.includes(cluster) ?? true).flatMap((cluster) => wanted[cluster] === null || wanted[cluster] === undefined ? [] : [install(cluster, wanted[cluster])]),
        ...stored.map(upstream),
      ];
      const digit = late ? Math.max(1, index - 2) : index + 1;
      const plan = planTexts(tree, units, { digit, ...(scope !== null && { scope: { environments: [], clusters: scope } }) });
      tree = applyPlan(tree, plan);
      const { files, ledgers } = stateOf(tree);
      const referred = clusters.flatMap((cluster) => tree.get(`clusters/${cluster}/argo-cd/kustomization.yaml`) ?? []);
      for (const unit of referred) expect([files.has(`${unit}/kustomization.yaml`), files.has(`${unit}/install.yaml`), ledgers.has(unit)]).toEqual([true, true, true]);
      const there = new Set([...tree.keys()].filter((path) => path.startsWith('upstream/')).map((path) => path.split('/').slice(0, 2).join('/')));
      expect([...there].filter((unit) => !referred.includes(unit))).toEqual([]);
      expect(tree.get('README.md')).toBe('mine');
      // What is published is what was asked for, unless it is told why not.
      if (late) continue;
      for (const unit of plan.units.filter(({ change }) => change === 'left-out')) expect(unit.missing?.every((id) => !stored.some((version) => id.endsWith(version)))).toBe(true);
      for (const unit of units.filter(({ needs }) => needs !== undefined)) {
        const told = plan.units.find(({ id }) => id === unit.id);
        if (told?.change !== 'left-out') expect(tree.get(unit.files[0]?.path ?? '')).toBe(unit.files[0]?.text);
      }
    }
  }), { numRuns: 400 });
});
