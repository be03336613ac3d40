import { describe, expect, it } from 'vitest';
import { binary } from '../../../lib/control-plane/build.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';
import { canaryReplicas, surgeOf, weightOf } from '../../../lib/rollouts/replica-counts.ts';
import { canary } from '../../validate/rules/rollout-objects.ts';
import { judged } from '../../validate/rollouts/world.ts';
import { build } from '../harness/build.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('rolloutcheck');
const shares = [undefined, 0, 1, 3, '10%', '50%', '25'] as const;
const least = [undefined, 0, 1, '30%'] as const;

/** Canaries at rest at one weight, for every number of pods, surge and lack of them that makes sense. */
const cases = [1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 20, 33].flatMap((replicas) => shares.flatMap((maxSurge) => least.filter((maxUnavailable) => maxSurge !== 0 || maxUnavailable !== 0).flatMap((maxUnavailable) => [1, 5, 10, 20, 25, 33, 40, 50, 60, 66, 67, 75, 80, 90, 99].map((weight) => {
  const sizes = { ...(maxSurge !== undefined && { maxSurge }), ...(maxUnavailable !== undefined && { maxUnavailable }) };
  return { replicas, weight, maxSurge, rollout: canary({ ...sizes, steps: [{ setWeight: weight }] }, { replicas }) };
}))));

describe.skipIf(reason !== undefined)(named('weights without a traffic router', reason), () => {
  it(`are refused where Argo Rollouts' own arithmetic comes to rest at another, whatever maxSurge and maxUnavailable, in ${cases.length} cases`, async () => {
    const { stdout } = await runOk(binary(await build('rolloutcheck'), 'rolloutcheck'), ['counts'], { input: cases.map(({ rollout }) => `${JSON.stringify(rollout)}\n`).join('') });
    const theirs = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as [number, number]);
    const different = cases.flatMap(({ replicas, weight, maxSurge }, index) => {
      const [fresh, total] = theirs[index] ?? [-1, -1];
      const ours = canaryReplicas(replicas, weight, surgeOf(replicas, maxSurge));
      return ours.canary === fresh && ours.total === total ? [] : [{ replicas, weight, maxSurge, ours, theirs: { fresh, total } }];
    });
    expect(different).toEqual([]);
    const refused = cases.filter((_, index) => index % 40 === 0).map(({ rollout }) => judged({ rollout, objects: [] }).some(({ rule }) => rule === 'canary-weight'));
    const reached = cases.filter((_, index) => index % 40 === 0).map(({ weight }, index) => Math.round(weightOf({ canary: theirs[index * 40]?.[0] ?? 0, total: theirs[index * 40]?.[1] ?? 1 })) === weight);
    expect(refused).toEqual(reached.map((is) => !is));
  });
});
