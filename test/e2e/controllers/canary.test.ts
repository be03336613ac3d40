import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RolloutCase } from '../harness/canary/case.ts';
import { analysisCases } from '../harness/canary/cases/analysis.ts';
import { blueGreenCases } from '../harness/canary/cases/blue-green.ts';
import { experimentCases } from '../harness/canary/cases/experiments.ts';
import { otherCases } from '../harness/canary/cases/others.ts';
import { stepCases } from '../harness/canary/cases/steps.ts';
import { foretell } from '../harness/canary/foretell.ts';
import { playCase } from '../harness/canary/play.ts';
import { startStage, type Stage } from '../harness/canary/stage.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'argo-rollouts');

// All at once: each in a namespace of its own, on one plane, under one controller. What takes time is waiting.
describe.skipIf(reason)(named('updates under the real Argo Rollouts, as the simulator foretold them', reason), () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage?.stop());

  const groups: Readonly<Record<string, readonly RolloutCase[]>> = { 'analysis at a step': analysisCases, 'steps of a canary': stepCases, 'blue-green': blueGreenCases, 'canary': otherCases, 'experiment': experimentCases };
  for (const [group, each] of Object.entries(groups).flatMap(([name, cases]) => cases.map((item) => [name, item] as const))) {
    it.concurrent(`${group}: ${each.name}`, { timeout: 600_000 }, async () => {
      const foretold = foretell(each);
      expect(foretold).toMatchObject(each.comesTo);
      expect(await playCase(stage, each)).toEqual(foretold);
    });
  }
});
