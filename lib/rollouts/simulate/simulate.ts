import { AnalysisRun, type Measure, type Measurement } from '../analysis/run.ts';
import type { PlannedStep, RolloutPlan } from './plan.ts';

/** What may happen. */
type Happening =
  | { readonly kind: 'step'; readonly label: string }
  | ({ readonly kind: 'measurement'; readonly run: string } & Omit<Measurement, 'at'>)
  | { readonly kind: 'analysis'; readonly run: string; readonly phase: string; readonly why?: string };

/** Something that happened: when, in milliseconds from the start, and at which share of the traffic in percent. */
export type TimelineEvent = Happening & { readonly at: number; readonly weight: number };

/** How a rollout ended: `paused` by an inconclusive analysis, `waiting` for a person as its steps say. */
export type Verdict = 'promoted' | 'aborted' | 'paused' | 'waiting';

/** What a simulation came to. */
export interface Simulation {
  readonly verdict: Verdict;
  /** When it was decided. */
  readonly at: number;
  /** Why, in words. */
  readonly reason: string;
  /** The step at which it was decided, from 0. */
  readonly step: number;
  readonly events: readonly TimelineEvent[];
  /** The new version's share of the traffic in percent, from each time on. */
  readonly weights: readonly { readonly at: number; readonly weight: number }[];
  /** The analyses that ran, in the order in which they started. */
  readonly runs: readonly SimulatedRun[];
}

/** An analysis that ran. */
export interface SimulatedRun {
  readonly origin: 'background' | 'post-promotion' | 'pre-promotion' | 'step';
  readonly step?: number;
  readonly run: AnalysisRun;
}

/** What a simulation needs beside the plan. */
export interface SimulationOptions {
  /** Takes a measurement at a time, while the new version has a weight. */
  measure(...args: [...Parameters<Measure>, number]): ReturnType<Measure>;
  /** How long new pods take until they serve, in milliseconds. @default 30000 */
  readonly podStart?: number;
  /** How long a person takes where the steps wait for one, in milliseconds. @default - the simulation ends there */
  readonly person?: number;
}

interface Ended {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** Steps through a rollout on a clock of its own, by the controller's rules. Pure: the same measurements give the same course. */
export function simulate(plan: RolloutPlan, options: SimulationOptions): Simulation {
  return new Course(plan, options).run();
}

class Course {
  readonly #plan: RolloutPlan;
  readonly #options: SimulationOptions;
  readonly #events: TimelineEvent[] = [];
  readonly #weights: { at: number; weight: number }[] = [{ at: 0, weight: 0 }];
  readonly #runs: SimulatedRun[] = [];
  #now = 0;
  #background: AnalysisRun | undefined;

  constructor(plan: RolloutPlan, options: SimulationOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  run(): Simulation {
    const { steps } = this.#plan;
    for (const [index, step] of steps.entries()) {
      this.#note({ kind: 'step', label: step.label });
      this.#startBackground(index);
      const ended = this.#take(step, index);
      if (ended !== undefined) return this.#end(ended, index);
    }
    this.#background?.terminate();
    return this.#end({ verdict: 'promoted', reason: 'all steps done' }, steps.length);
  }

  #startBackground(index: number): void {
    const background = this.#plan.background;
    if (background === undefined || this.#background !== undefined || index < background.fromStep) return;
    this.#background = new AnalysisRun(background.metrics, this.#now);
    this.#runs.push({ origin: 'background', run: this.#background });
  }

  #take(step: PlannedStep, index: number): Ended | undefined {
    switch (step.kind) {
      case 'weight': return this.#setWeight(step);
      case 'route': return undefined;
      case 'pause': return this.#pause(step.duration ?? this.#options.person);
      case 'analysis': {
        const run = new AnalysisRun(step.metrics, this.#now);
        this.#runs.push(this.#plan.strategy === 'canary' ? { origin: 'step', step: index, run } : { origin: this.#weight === 100 ? 'post-promotion' : 'pre-promotion', run });
        return this.#analyse(run);
      }
    }
  }

  #pause(duration: number | undefined): Ended | undefined {
    return duration === undefined ? { verdict: 'waiting', reason: 'waits for a person' } : this.#until(this.#now + duration);
  }

  /** Traffic moves when the pods that take it are ready. */
  #setWeight({ weight, pods }: Extract<PlannedStep, { readonly kind: 'weight' }>): Ended | undefined {
    const ended = pods ? this.#until(this.#now + (this.#options.podStart ?? 30_000)) : undefined;
    if (ended === undefined && this.#weight !== weight) this.#weights.push({ at: this.#now, weight });
    return ended;
  }

  get #weight(): number {
    return this.#weights.at(-1)?.weight ?? 0;
  }

  /** Lets time pass: the background analysis may end it. */
  #until(time: number): Ended | undefined {
    for (let next = this.#background?.nextAt(); next !== undefined && next <= time; next = this.#background?.nextAt()) {
      this.#now = Math.max(this.#now, next);
      const ended = this.#advance(this.#background, 'background');
      if (ended !== undefined) return ended;
    }
    this.#now = Math.max(this.#now, time);
    return undefined;
  }

  #analyse(run: AnalysisRun): Ended | undefined {
    for (let next = run.nextAt(); next !== undefined; next = run.nextAt()) {
      const ended = this.#until(next) ?? this.#advance(run, 'step');
      if (ended !== undefined) return ended;
    }
    return undefined;
  }

  /** Measures what is due; a run that ended badly ends the rollout. */
  #advance(run: AnalysisRun | undefined, name: string): Ended | undefined {
    if (run === undefined) return undefined;
    for (const measurement of run.advance(this.#now, (metric, at) => this.#options.measure(metric, at, this.#weight))) {
      this.#note({ kind: 'measurement', run: name, ...measurement });
    }
    const { phase, why } = run.assessment;
    if (phase === 'Running' || phase === 'Pending') return undefined;
    this.#note({ kind: 'analysis', run: name, phase, ...(why !== undefined && { why }) });
    if (phase === 'Successful') return undefined;
    return { verdict: phase === 'Inconclusive' ? 'paused' : 'aborted', reason: `${name} analysis ${phase}${why === undefined ? '' : `: ${why}`}` };
  }

  #note(happening: Happening): void {
    this.#events.push({ ...happening, at: this.#now, weight: this.#weight });
  }

  #end({ verdict, reason }: Ended, step: number): Simulation {
    if (verdict === 'aborted') this.#weights.push({ at: this.#now, weight: 0 });
    return { verdict, at: this.#now, reason, step, events: this.#events, weights: this.#weights, runs: this.#runs };
  }
}

/** How many requests the new version got until a time, at a rate of requests a second. */
export function requestsReached({ weights }: Pick<Simulation, 'weights'>, until: number, requestsPerSecond: number): number {
  return weights.reduce((sum, { at, weight }, index) => {
    const end = Math.min(until, weights[index + 1]?.at ?? until);
    return sum + (Math.max(0, end - at) / 1000) * (weight / 100) * requestsPerSecond;
  }, 0);
}
