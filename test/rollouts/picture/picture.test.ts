import { describe, expect, it } from 'vitest';
import { simulationSvg, type PictureOptions } from '../../../lib/rollouts/picture/picture.ts';
import { ticks, xOf } from '../../../lib/rollouts/picture/scale.ts';
import { planRollout } from '../../../lib/rollouts/plan/read-rollout.ts';
import { ratesOf } from '../../../lib/rollouts/simulate/rates.ts';
import { simulate } from '../../../lib/rollouts/simulate/simulate.ts';
import { requestsOf, type SimulationOptions } from '../../../lib/rollouts/simulate/simulation.ts';
import { syntheticTrace, type Fault } from '../../../lib/rollouts/simulate/synthetic.ts';
import { measureBy } from '../../../lib/rollouts/simulate/trace.ts';
import { analysis, rollout, successRate, template } from '../simulate/rollout.ts';

const latency = { ...successRate, name: 'latency-p95', successCondition: 'len(result) > 0 && result[0] < 0.5' };
const objects = [template('checks', [successRate, latency]), template('smoke', [{ name: 'smoke-test', provider: { job: {} } }]), template('odd', [{ name: 'odd <name> & "more"', provider: { job: {} } }])];
const steps = [{ setWeight: 20 }, { analysis: analysis('checks') }, { setWeight: 80 }, { analysis: analysis('checks') }, { pause: { duration: '5m' } }];
const canary = { canary: { trafficRouting: { plugins: {} }, analysis: { ...analysis('smoke'), startingStep: 1 }, steps } };

function draw(strategy: object, fault: Fault | undefined, onset: number, more: Partial<SimulationOptions> & { runs?: number } = {}): string {
  const plan = planRollout(rollout(strategy, 6), objects);
  const simulation = simulate(plan, { ...more, neverStarts: fault === 'no-start', measure: measureBy(syntheticTrace({ seed: 1, onset, ...(fault !== undefined && { fault }) })) });
  const rates = more.runs === undefined ? undefined : ratesOf(plan, { runs: more.runs, seed: 1, latestOnset: 300_000, requestsPerSecond: 100, horizon: 3_600_000, ...(fault !== undefined && { fault }) });
  const options: PictureOptions = { reached: requestsOf(simulation, 100), requests: 100, ...(fault !== undefined && { fault: { name: fault, at: onset } }), ...(rates !== undefined && { rates }) };
  return simulationSvg(plan, simulation, options);
}

/** Whether every element is closed by its own name, and no text holds what could be one. */
function isWellFormed(svg: string): boolean {
  const open: string[] = [];
  for (const [, close, name = '', self] of svg.matchAll(/<(\/?)([a-z]+)(?:\s+[a-zA-Z0-9-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) return false;
    } else if (self !== '/') open.push(name);
  }
  return open.length === 0 && !/[<>]/.test(svg.replace(/<[^>]*>/g, ''));
}

describe('the picture of a rollout', () => {
  it('is the one that the documentation shows', async () => {
    await expect(draw(canary, 'latency-step', 400_000, { runs: 500 })).toMatchFileSnapshot('../../../docs/rollout-aborted.svg');
  });

  it.each<[string, string]>([
    ['an abort', draw(canary, 'latency-step', 400_000, { runs: 20 })],
    ['a promotion', draw(canary, undefined, 0)],
    ['pods that never start', draw(canary, 'no-start', 0)],
    ['a first version', draw(canary, undefined, 0, { change: 'first' })],
    ['blue-green', draw({ blueGreen: { activeService: 'a', prePromotionAnalysis: analysis('smoke'), postPromotionAnalysis: analysis('checks'), autoPromotionSeconds: 60 } }, 'slow-leak', 0)],
    ['a canary without steps or metrics', draw({ canary: {} }, undefined, 0)],
  ])('of %s is well-formed, and holds nothing that isn\'t a number where one belongs', (_, svg) => {
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('says what it shows to those who can\'t see it, and follows the reader\'s light or dark scheme', () => {
    const svg = draw({ canary: { ...canary.canary, analysis: { ...analysis('odd'), startingStep: 1 } } }, 'latency-step', 400_000);
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="web: aborted after \d+:\d\d">/);
    expect(svg).toContain('@media(prefers-color-scheme:dark)');
    expect(svg).toContain('odd &lt;name&gt; &amp; &quot;more&quot;');
    expect(svg).toContain('fault: latency-step');
    expect(svg).toContain('>background<');
  });

  it('is the same bytes for the same course', () => {
    expect(draw(canary, 'flapping', 0)).toBe(draw(canary, 'flapping', 0));
  });
});

describe('the axis of time', () => {
  it.each([[30_000, [0, 5000, 10_000, 15_000, 20_000, 25_000, 30_000]], [600_000, [0, 60_000, 120_000, 180_000, 240_000, 300_000, 360_000, 420_000, 480_000, 540_000, 600_000]], [1000, [0]]])('shows at %d milliseconds %j', (end, expected) => {
    expect(ticks(end)).toEqual(expected);
  });

  it('shows ten intervals at most, however long it is', () => {
    for (let end = 1000; end < 1e10; end *= 1.7) expect(ticks(end).length).toBeLessThanOrEqual(11);
  });

  it('puts what is beyond its end at the end', () => {
    expect([0, 50, 100, 200].map((at) => xOf({ width: 130, left: 20, right: 10, end: 100 }, at))).toEqual([20, 70, 120, 120]);
  });
});
