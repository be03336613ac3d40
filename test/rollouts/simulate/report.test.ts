import { describe, expect, it } from 'vitest';
import { planRollout } from '../../../lib/rollouts/plan/read-rollout.ts';
import { simulationDocument } from '../../../lib/rollouts/simulate/json.ts';
import { simulate } from '../../../lib/rollouts/simulate/simulate.ts';
import { requestsReached } from '../../../lib/rollouts/simulate/simulation.ts';
import { syntheticTrace } from '../../../lib/rollouts/simulate/synthetic.ts';
import { clock, simulationText } from '../../../lib/rollouts/simulate/text.ts';
import { measureBy } from '../../../lib/rollouts/simulate/trace.ts';
import { analysis, rollout, successRate, template } from './rollout.ts';

const canary = { canary: { steps: [{ setWeight: 20 }, { analysis: analysis('rate') }, { setWeight: 80 }, { pause: { duration: '5m' } }] } };
const plan = planRollout(rollout(canary), [template('rate', [{ ...successRate, name: 'success <rate> & "more"' }])]);
const bad = simulate(plan, { measure: measureBy(syntheticTrace({ seed: 1, fault: 'latency-step', onset: 60_000 })) });

describe('the table', () => {
  it('shows when what happened at which weight, and how it ended', () => {
    const text = simulationText(plan, bad, requestsReached(bad, bad.at, 100));
    expect(text).toMatch(/^web: canary, 4 steps, 1 metric, 5 pods\n/);
    expect(text).toMatch(/^0:30 +20 % +step 2: analyse$/m);
    expect(text).toMatch(/^2:30 +20 % +ABORTED +Step-based analysis phase error\/failed: .*failed \(2\) > failureLimit \(1\)$/m);
    expect(text).toContain('2400 requests reached the new version');
    expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  it.each([[0, '0:00'], [59_600, '1:00'], [61_000, '1:01'], [3_600_000, '60:00']])('writes %d milliseconds as %s', (milliseconds, text) => {
    expect(clock(milliseconds)).toBe(text);
  });
});

describe('the document', () => {
  const document = simulationDocument(plan, bad, { change: 'update', reached: 2400.4, sinceFault: 1800.2 });

  it('has everything as plain data, without anything of the inside', () => {
    expect(Object.keys(document).sort()).toEqual(['analysisRuns', 'at', 'change', 'endedAt', 'events', 'pods', 'podsGoneAt', 'reason', 'replicas', 'requestsReached', 'requestsSinceFault', 'rollout', 'status', 'step', 'strategy', 'trafficBackAt', 'verdict', 'weights']);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(document).toMatchObject({ rollout: 'web', strategy: 'canary', replicas: 5, verdict: 'aborted', step: 1, requestsReached: 2400, requestsSinceFault: 1800 });
  });

  it('has the status and the analyses in the controller\'s words', () => {
    expect(document.status).toMatchObject({ phase: 'Degraded', abort: true, promoted: false, currentStepIndex: 0, pauseReasons: [] });
    expect(document.analysisRuns).toMatchObject([{ origin: 'step', step: 1, phase: 'Failed', metrics: [{ count: 3, successful: 1, failed: 2, inconclusive: 0, error: 0, consecutiveError: 0 }] }]);
  });
});
