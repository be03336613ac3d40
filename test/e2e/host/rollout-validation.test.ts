import { describe, expect, it } from 'vitest';
import { binary } from '../../../lib/control-plane/build.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';
import { referenceRefusals, specRefusals } from '../../validate/rollouts/upstream-refusals.ts';
import { lineOf, type World } from '../../validate/rollouts/world.ts';
import { build } from '../harness/build.ts';
import { named, whyWithout } from '../harness/need.ts';

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
});
