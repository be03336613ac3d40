import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';
import { SlipwayError } from '../../lib/values/errors.ts';
import { publish } from '../../lib/runtime-repo/publish.ts';
import { appUnit, bareRepo, configRepo, publishOptions } from './fixture.ts';
import { applyPlan, planTexts } from './state.ts';

type Files = Readonly<Record<string, string>>;

const labels = '{ app: shop }';
const service: Files = { 'service-shop.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: shop, namespace: shop-prod }\nspec: { selector: ${labels} }\n` };
const ref = (scaleDown: string): string => `workloadRef: { apiVersion: apps/v1, kind: Deployment, name: shop${scaleDown === '' ? '' : `, scaleDown: ${scaleDown}`} }`;
const plain = 'strategy: { canary: {} }';
const steering = { canary: 'strategy: { canary: { stableService: shop, canaryService: shop-canary } }', blueGreen: 'strategy: { blueGreen: { activeService: shop } }', pingPong: 'strategy: { canary: { pingPong: { pingService: shop, pongService: shop-pong } } }' };

function workload(kind: string, spec: readonly string[] = [], name = 'shop'): Files {
  const selector = `selector: { matchLabels: ${labels} }`;
  return { [`${kind.toLowerCase()}-${name}.yaml`]: `apiVersion: any/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop-prod }\nspec: { ${['replicas: 3', selector, ...spec].join(', ')} }\n` };
}

const deployment = workload('Deployment');
const rollout = workload('Rollout', [plain]);
const emptyDeployment: Files = { 'deployment-shop.yaml': deployment['deployment-shop.yaml']!.replace('replicas: 3', 'replicas: 0') };
const queue: Files = { 'statefulset-queue.yaml': 'kind: StatefulSet\nmetadata: { name: queue, namespace: shop-prod }\nspec: { selector: { matchLabels: { app: queue } } }\n' };
const beside = (scaleDown: string, strategy = plain): Files => ({ ...deployment, ...workload('Rollout', [ref(scaleDown), strategy]) });

/** What publishing the second set of files after the first comes to: the refusals. */
function refusals(before: Files, after: Files, allow: readonly string[] = []): string[] {
  const published = applyPlan(new Map(), planTexts(new Map(), [unit(before)]));
  try {
    planTexts(published, [unit(after)], { digit: 2, allowRemoval: { share: 1, objects: allow } });
    return [];
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return error.problems.map(({ where, message, fix }) => `${where} ${message}; ${fix}`);
  }
}

function unit(files: Files): PublishUnit {
  return appUnit('shop', 'prod', { ...service, ...files, 'kustomization.yaml': JSON.stringify(Object.keys(files)) });
}

describe('a publish in which a workload takes the place of another', () => {
  it.each([
    ['a Rollout that of a Deployment', deployment, rollout, /^apps\/prod\/shop would delete Deployment\/shop-prod\/shop, whose place Rollout\/shop-prod\/shop takes, so that nothing serves it until the pods of the Rollout are ready; publish both first \(rollout: fromDeployment\(/],
    ['a Deployment that of a Rollout', rollout, deployment, /^apps\/prod\/shop would delete Rollout\/shop-prod\/shop, .* until the pods of the Deployment are ready; publish both first \(rollout: toDeployment\(/],
    ['a StatefulSet that of a Deployment', deployment, workload('StatefulSet'), /under a name and a selector of its own/],
    ['a Rollout of another name, found by the same labels,', deployment, workload('Rollout', [plain], 'shop-next'), /whose place Rollout\/shop-prod\/shop-next takes/],
    ['a Deployment that says that it has no pods', { ...rollout, ...emptyDeployment }, deployment, /until the pods of the Deployment are ready/],
    ['a Deployment whose pods the Rollout took away', beside('onsuccess'), deployment, /but the Rollout as published takes the pods of the Deployment away \(workloadRef\.scaleDown\)/],
    ['a Deployment whose pods the Rollout takes away as it grows', beside('progressively'), deployment, /\(workloadRef\.scaleDown\)/],
    ['a Deployment to which no Service leads, because a canary has it,', beside('never', steering.canary), deployment, /but the Rollout as published lets shop lead to its own pods alone/],
    ['a Deployment to which no Service leads, because blue-green has it,', beside('', steering.blueGreen), deployment, /lets shop lead to its own pods alone/],
    ['a Deployment to which no Service leads, because two take turns,', beside('', steering.pingPong), deployment, /lets shop lead to its own pods alone/],
    ['a Rollout that still refers to the Deployment', beside('never'), workload('Rollout', [ref('never'), plain]), /but the Rollout would still take its pods from it \(workloadRef\)/],
  ] as const)('is refused when %s does', (_, before, after, message) => {
    const [refusal, ...more] = refusals(before, after);
    expect(more).toEqual([]);
    expect(refusal).toMatch(message);
  });

  it.each([
    ['both are published first', deployment, beside('never')],
    ['both were published before, whichever way the Deployment loses its pods: never', beside('never', steering.canary), rollout],
    ['both were published before, whichever way the Deployment loses its pods: onsuccess', beside('onsuccess', steering.canary), rollout],
    ['both were published before, whichever way the Deployment loses its pods: progressively', beside('progressively', steering.blueGreen), rollout],
    ['the Deployment comes back beside a Rollout', workload('Rollout', [steering.canary]), { ...deployment, ...rollout }],
    ['the Rollout that gave the Service back goes', { ...deployment, ...rollout }, deployment],
    ['a Service that only the Rollout has goes with it', { ...deployment, ...workload('Rollout', ['strategy: { canary: { stableService: shop-stable } }']) }, deployment],
    ['the app keeps a worker, and one that nothing replaces goes', { ...deployment, ...queue }, deployment],
    ['all of them go', beside('onsuccess'), {}],
  ] as const)('goes on when %s', (_, before, after) => {
    expect(refusals(before, after)).toEqual([]);
  });

  it('goes on when it is told that an outage is meant', () => {
    expect(refusals(deployment, rollout, ['Deployment/shop-prod/shop'])).toEqual([]);
    expect(refusals(deployment, rollout, ['Deployment/shop'])).toEqual([]);
    expect(refusals(deployment, rollout, ['Rollout/shop-prod/shop'])).toHaveLength(1);
  });

  it('is judged for each cluster by the folder that it reads', () => {
    const at = (folder: string, files: Files) => Object.entries(files).map(([name, text]) => ({ path: `apps/prod/shop${folder}/${name}`, text }));
    const change = (before: PublishUnit['files'], after: PublishUnit['files']): string[] => {
      const published = applyPlan(new Map(), planTexts(new Map(), [{ ...unit({}), files: before }]));
      try {
        planTexts(published, [{ ...unit({}), files: after }], { digit: 2, allowRemoval: { share: 1 } });
        return [];
      } catch (error) {
        return [(error as Error).message];
      }
    };
    const shared = at('', { ...service, ...deployment });
    expect(change(shared, [...shared, ...at('@blue', { ...service, ...rollout })])).toHaveLength(1);
    expect(change(shared, [...shared, ...at('@blue', { ...service, ...beside('never') })])).toEqual([]);
    expect(change([...at('', { ...service, ...rollout }), ...at('@blue', { ...service, ...deployment })], at('', { ...service, ...rollout }))).toHaveLength(1);
    expect(change([...at('', { ...service, ...rollout }), ...at('@blue', { ...service, ...beside('never') })], at('', { ...service, ...rollout }))).toEqual([]);
  });

  it('leaves pods that serve whatever is published in whatever order, once each publish has settled', () => {
    const states: readonly Files[] = [deployment, rollout, workload('Rollout', [steering.canary]), workload('Rollout', [steering.blueGreen]), beside('never'), beside('never', steering.canary), beside('onsuccess', steering.canary), beside('progressively', steering.blueGreen), { ...deployment, ...rollout }, workload('StatefulSet')];
    fc.assert(fc.property(fc.array(fc.constantFrom(...states), { minLength: 2, maxLength: 6 }), (path) => {
      for (const [index, next] of path.slice(1).entries()) {
        const before = path[index]!;
        expect(refusals(before, next).length > 0).toBe(serving(before, next).length === 0);
      }
    }), { numRuns: 60 });
  });
});

/** The workloads that serve while what is new starts: those that stay, have pods once the first publish has settled, and are led to. */
function serving(before: Files, next: Files): string[] {
  const rollouts = before['rollout-shop.yaml'] ?? '';
  return Object.keys(before).filter((file) => file in next).filter((file) => {
    if (file !== 'deployment-shop.yaml') return true;
    const leftToRollout = /scaleDown: (onsuccess|progressively)/.test(rollouts) || /Service: shop\b/.test(rollouts);
    return !leftToRollout || 'rollout-shop.yaml' in next;
  });
}

describe('a publish that starts a Rollout from the pods of a Deployment', () => {
  const pods = (version: string): string => `template: { metadata: { labels: { app: shop, version: ${version} } }, spec: { containers: [{ name: main, image: ghcr.io/acme/shop }] } }`;
  const running = (version: string): Files => workload('Deployment', [pods(version)]);
  const started = (version: string): Files => ({ ...running(version), ...workload('Rollout', [ref('never'), steering.canary]) });
  const tagged = (files: Files, tag: string): PublishUnit => ({ ...unit(files), images: [{ name: 'ghcr.io/acme/shop', tag }, { name: 'ghcr.io/acme/beside', tag }] });
  const change = (before: PublishUnit, after: PublishUnit): string[] => {
    const published = applyPlan(new Map(), planTexts(new Map(), [before]));
    try {
      planTexts(published, [after], { digit: 2 });
      return [];
    } catch (error) {
      return (error as SlipwayError).problems.map(({ where, message, fix }) => `${where} ${message}; ${fix}`);
    }
  };

  it('is refused while their template changes: the controller may begin with the former one', () => {
    expect(change(tagged(running('a'), 'v1'), tagged(started('b'), 'v1'))).toEqual([
      expect.stringMatching(/^apps\/prod\/shop would start Rollout\/shop-prod\/shop from the pods of Deployment\/shop-prod\/shop while their template changes: .*; publish the change of the pods first, without fromDeployment\(\)/),
    ]);
  });

  it('is refused while the version of their image changes, which stands beside them', () => {
    expect(change(tagged(running('a'), 'v1'), tagged(started('a'), 'v2'))).toEqual([expect.stringContaining('while the version of ghcr.io/acme/shop changes')]);
  });

  it.each([
    ['the pods stay as they are', tagged(running('a'), 'v1'), tagged(started('a'), 'v1')],
    ['the Deployment is new as well', tagged({}, 'v1'), tagged(started('a'), 'v1')],
    ['the Rollout has started before', tagged(started('a'), 'v1'), tagged(started('b'), 'v2')],
    ['the Deployment had no pods', tagged({ 'deployment-shop.yaml': running('a')['deployment-shop.yaml']!.replace('replicas: 3', 'replicas: 0') }, 'v1'), tagged(started('b'), 'v1')],
  ] as const)('goes on where %s', (_, before, after) => {
    expect(change(before, after)).toEqual([]);
  });
});

describe('a publish to a runtime repo', () => {
  it('reads what was published, refuses the direct way, writes nothing then, and goes the long way', async () => {
    const folder = configRepo();
    const target = { url: bareRepo() };
    const deliver = async (files: Files) => (await publish(publishOptions(folder, [unit(files)], { target, allowRemoval: { share: 1 } }))).outcome;
    expect(await deliver(deployment)).toBe('published');
    await expect(deliver(rollout)).rejects.toThrow(/would delete Deployment\/shop-prod\/shop/);
    expect(await deliver(beside('onsuccess', steering.canary))).toBe('published');
    await expect(deliver(deployment)).rejects.toThrow(/takes the pods of the Deployment away/);
    expect(await deliver(workload('Rollout', [steering.canary]))).toBe('published');
    expect(await deliver({ ...deployment, ...rollout })).toBe('published');
    expect(await deliver(deployment)).toBe('published');
  });
});
