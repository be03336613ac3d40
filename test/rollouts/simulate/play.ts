import { planRollout } from '../../../lib/rollouts/plan/read-rollout.ts';
import { simulate } from '../../../lib/rollouts/simulate/simulate.ts';
import type { Simulation, SimulationOptions } from '../../../lib/rollouts/simulate/simulation.ts';
import { measureBy, type Sample } from '../../../lib/rollouts/simulate/trace.ts';
import { analysis, rollout, successRate, template } from './rollout.ts';

/** An analysis of three measurements a minute apart, of which none may fail. */
export const use = analysis('checks');
const templates = [template('checks', [{ ...successRate, count: 3, failureLimit: 0 }])];

/** Good until a time in seconds, bad from then on. */
export function badFrom(seconds: number): (at: number) => Sample {
  return (at) => ({ number: at < seconds * 1000 ? 0.99 : 0.1 });
}

/** What a simulated Rollout of ten pods is made of, beside its strategy. */
export interface PlayOptions extends Omit<Partial<SimulationOptions>, 'measure'> {
  readonly sample?: (at: number) => Sample;
  readonly spec?: object;
}

/** Plays a Rollout of ten pods that take ten seconds to start. */
export function play(strategy: object, { sample = badFrom(Infinity), spec = {}, ...options }: PlayOptions = {}): Simulation {
  const made = rollout(strategy, 10);
  const plan = planRollout({ ...made, spec: { ...(made['spec'] as object), ...spec } }, templates);
  return simulate(plan, { podStart: 10_000, measure: measureBy({ sample: (_, at) => sample(at) }), ...options });
}

/** Shares of the traffic as `seconds:percent`. */
export function shares({ weights }: Simulation): string[] {
  return weights.map(({ at, weight }) => `${at / 1000}:${Math.round(weight * 10) / 10}`);
}

/** Pods as `seconds:new/old`. */
export function pods(simulation: Simulation): string[] {
  return simulation.pods.map((each) => `${each.at / 1000}:${each.new}/${each.old}`);
}

/** A router that shares traffic by weight. */
export const routed = { trafficRouting: { nginx: {} } };
