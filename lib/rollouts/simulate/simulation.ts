import type { Measure } from '../analysis/run.ts';
import type { StartedRun, StartOptions } from '../controller/rollout-state.ts';
import type { Status } from '../controller/status.ts';
import type { TimelineEvent } from './events.ts';

/** How a rollout ended: `paused` by an inconclusive analysis, `waiting` for a person as its steps say, `stuck` where nothing would ever end it. */
export type Verdict = 'aborted' | 'paused' | 'promoted' | 'stuck' | 'waiting';

/** The new version's share of the traffic in percent, from a time on. */
export interface Share {
  readonly at: number;
  readonly weight: number;
}

/** Pods of both versions that serve, from a time on; an experiment's are among them. */
export interface Pods {
  readonly at: number;
  readonly new: number;
  readonly old: number;
}

/** What a simulation came to. Times in milliseconds from the start. */
export interface Simulation {
  readonly verdict: Verdict;
  /** When it was decided. */
  readonly at: number;
  /** Why, in the controller's words. */
  readonly reason: string;
  /** The step at which it was decided, from 0. */
  readonly step: number;
  /** When nothing happened any more: the traffic is where it belongs, and pods that nobody needs are gone. */
  readonly endedAt: number;
  /** When an aborted version had no traffic any more. @default - it wasn't aborted */
  readonly trafficBackAt?: number;
  /** When the last pod of the version that isn't needed was gone. @default - it stays */
  readonly podsGoneAt?: number;
  readonly events: readonly TimelineEvent[];
  readonly weights: readonly Share[];
  readonly pods: readonly Pods[];
  /** The analyses that ran, in the order in which they started. */
  readonly runs: readonly StartedRun[];
  /** The controller's status at the end. */
  readonly status: Status;
}

/** What a simulation needs beside the plan. */
export interface SimulationOptions {
  /** Takes a measurement at a time, while the new version has a share of the traffic in percent. */
  measure(...args: [...Parameters<Measure>, number]): ReturnType<Measure>;
  /** What it is: a new version, the first one, or a way back by some revisions. @default 'update' */
  readonly change?: StartOptions['change'];
  /** How long new pods take until they serve, in milliseconds. @default 30000 */
  readonly podStart?: number;
  /** Whether pods of the new version never serve. @default false */
  readonly neverStarts?: boolean;
  /** How long a person takes where the steps wait for one, in milliseconds. @default - the simulation ends there */
  readonly person?: number;
  /** When to give up on a rollout that goes on and on, in milliseconds. @default - a day */
  readonly limit?: number;
  /** Whether to leave out the events: for many runs. @default false */
  readonly isQuiet?: boolean;
}

/** How many requests a version reached that was stopped or let through: until it had no traffic any more, or until that was decided. */
export function requestsOf(simulation: Simulation, requestsPerSecond: number, since = 0): number {
  return requestsReached(simulation, simulation.verdict === 'aborted' ? simulation.endedAt : simulation.at, requestsPerSecond, since);
}

/** How many requests the new version got between two times, at a rate of requests a second. */
export function requestsReached({ weights }: Pick<Simulation, 'weights'>, until: number, requestsPerSecond: number, since = 0): number {
  let sum = 0;
  for (const [index, { at, weight }] of weights.entries()) {
    const end = Math.min(until, weights[index + 1]?.at ?? until);
    sum += (Math.max(0, end - Math.max(since, at)) / 1000) * (weight / 100) * requestsPerSecond;
  }
  return sum;
}
