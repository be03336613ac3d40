import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binary } from '../../../lib/control-plane/build.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';
import { renderChecked } from '../../../lib/synth/checked.ts';
import { loadWorkspace } from '../../../lib/workspace.ts';
import type { Loose } from '../../validate/healthy-app.ts';
import { referenceRefusals, specRefusals } from '../../validate/rollouts/upstream-refusals.ts';
import { builtWorlds } from '../../validate/rollouts/random-canaries.ts';
import { worlds } from '../../validate/rollouts/random-worlds.ts';
import { beyondUpstream, judged, lineOf, type World } from '../../validate/rollouts/world.ts';
import { build } from '../harness/build.ts';
import { named, whyWithout } from '../harness/need.ts';
import { root } from '../harness/sample-fleet.ts';

const reason = await whyWithout('rolloutcheck');

/** What Argo Rollouts' own validation refuses in each world. */
async function refusedByUpstream(worlds: readonly World[]): Promise<string[][]> {
  const { stdout } = await runOk(binary(await build('rolloutcheck'), 'rolloutcheck'), [], { input: worlds.map((world) => `${lineOf(world)}\n`).join('') });
  return stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as string[]);
}

describe.skipIf(reason !== undefined)(named('Argo Rollouts\' own validation', reason), () => {
  it('refuses each Rollout of which the rules\' tests say so, with that message', async () => {
    const refusals = [...specRefusals, ...referenceRefusals];
    const theirs = await refusedByUpstream(refusals.map(({ world }) => world));
    const different = refusals.flatMap(({ error, says }, index) => (theirs[index]?.some((message) => says.test(message)) === true ? [] : [{ error, says: String(says), theirs: theirs[index] }]));
    expect(different).toEqual([]);
  });

  it('takes whatever the rules let pass, for 6,000 random Rollouts', async () => {
    const list = fc.sample(worlds, { numRuns: 6000, seed: 6 });
    const theirs = await refusedByUpstream(list);
    const verdicts = list.map((world, index) => ({ world, ours: judged(world).filter(({ rule, severity }) => severity === 'error' && !beyondUpstream.has(rule)), theirs: theirs[index] ?? ['no answer'] }));
    expect(verdicts.filter((verdict) => verdict.ours.length === 0 && verdict.theirs.length > 0).map((verdict) => ({ rollout: verdict.world.rollout, theirs: verdict.theirs }))).toEqual([]);
    // Otherwise the comparison would say little: neither side may refuse all, or take all.
    const share = (holds: (verdict: (typeof verdicts)[number]) => boolean): number => verdicts.filter(holds).length / verdicts.length;
    expect(share(({ ours }) => ours.length === 0)).toBeGreaterThan(0.3);
    expect(share((verdict) => verdict.theirs.length > 0)).toBeGreaterThan(0.3);
    // What the rules refuse beyond upstream is little, and each time with a reason of its own.
    expect(share((verdict) => verdict.ours.length > 0 && verdict.theirs.length === 0)).toBeLessThan(0.03);
  });

  it('takes every canary that the constructs make, and the rules find in them only what would fail on its way, for 1,000 random ones', async () => {
    const built = fc.sample(builtWorlds, { numRuns: 1000, seed: 6 }).filter((world) => world !== undefined);
    expect(built.length).toBeGreaterThan(300);
    expect((await refusedByUpstream(built)).flat()).toEqual([]);
    const found = built.map((world) => judged(world, { namespace: 'storefront-prod' }).filter(({ severity }) => severity === 'error').map(({ rule }) => rule));
    expect([...new Set(found.flat())].filter((rule) => !beyondUpstream.has(rule) && rule !== 'canary-steps')).toEqual([]);
    expect(found.filter((rules) => rules.length === 0).length).toBeGreaterThan(built.length / 3);
  });

  it('takes the Rollouts of the sample fleet', async () => {
    const units = renderChecked(await loadWorkspace(root), {}, (unit) => unit).kept;
    const rendered = units.map(({ files }) => files.flatMap(({ objects }) => objects.map(({ value }) => value as unknown as Loose)));
    const list = rendered.flatMap((objects) => objects.filter(({ kind }) => kind === 'Rollout').map((rollout): World => ({ rollout, objects: objects.filter((object) => object !== rollout) })));
    expect(list.length).toBeGreaterThan(1);
    expect((await refusedByUpstream(list)).flat()).toEqual([]);
  });
});
