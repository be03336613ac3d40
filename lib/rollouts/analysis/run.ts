import { assessAll, assessMetric, type Assessment } from './assess.ts';
import { measured, unmeasured, type Metric, type MetricResult } from './metric.ts';
import { isCompleted, type Phase } from './phase.ts';

/** After an error a measurement is tried again in this time, whatever the interval says. */
const errorRetry = 10_000;

/** One measurement, as it came. */
export interface Measurement {
  readonly metric: string;
  /** When it was finished, in milliseconds. */
  readonly at: number;
  readonly phase: Phase;
  /** What was measured, as text. @default - nothing was */
  readonly value?: string;
  readonly message?: string;
  /** Whether it counts for nothing. */
  readonly dryRun: boolean;
}

/** Takes a measurement of a metric. */
export type Measure = (metric: Metric, at: number) => Pick<Measurement, 'message' | 'phase' | 'value'>;

/** An AnalysisRun on a clock of its own: the rules of the controller without the controller. */
export class AnalysisRun {
  readonly metrics: readonly Metric[];
  readonly startedAt: number;
  readonly #results = new Map<string, MetricResult>();
  #terminated = false;
  #assessment: Assessment = { phase: 'Running' };

  constructor(metrics: readonly Metric[], startedAt: number) {
    this.metrics = metrics;
    this.startedAt = startedAt;
  }

  get assessment(): Assessment {
    return this.#assessment;
  }

  get phase(): Phase {
    return this.#assessment.phase;
  }

  /** Why it ended as it did, as the controller says it; empty where it says nothing. */
  get message(): string {
    const bad = this.metrics.find((metric) => !metric.dryRun && this.result(metric.name).phase === this.phase);
    const why = this.#assessment.why?.split(': ')[1];
    return bad === undefined || why === undefined ? '' : `Metric "${bad.name}" assessed ${this.phase} due to ${why}`;
  }

  result(metric: string): MetricResult {
    return this.#results.get(metric) ?? unmeasured;
  }

  /** Takes the measurements that are due, and judges. */
  advance(now: number, measure: Measure): Measurement[] {
    if (isCompleted(this.phase)) return [];
    const taken = this.#isTerminating() ? [] : this.metrics.filter((metric) => this.#dueAt(metric) <= now).map((metric): Measurement => ({ metric: metric.name, at: now, dryRun: metric.dryRun, ...measure(metric, now) }));
    for (const { metric, phase } of taken) this.#results.set(metric, measured(this.result(metric), phase, now));
    this.#assess();
    return taken;
  }

  /** Stops measuring: what runs on counts as successful. */
  terminate(): void {
    this.#terminated = true;
    this.#assess();
  }

  /** When the next measurement is due; undefined when there is none. */
  nextAt(): number | undefined {
    if (isCompleted(this.phase)) return undefined;
    const next = Math.min(...this.metrics.map((metric) => this.#dueAt(metric)));
    return Number.isFinite(next) ? next : undefined;
  }

  #assess(): void {
    // One metric that failed stops the others; what it does to them shows at once.
    for (let pass = 0; pass < 2; pass += 1) {
      const terminating = this.#isTerminating();
      for (const metric of this.metrics) {
        const result = this.result(metric.name);
        const { phase } = assessMetric(metric, result, terminating);
        if (result.last !== undefined || terminating) this.#results.set(metric.name, { ...result, phase });
      }
    }
    this.#assessment = assessAll(this.metrics, this.#results, this.#isTerminating());
  }

  /** A metric that ended badly ends the run, unless it counts for nothing. */
  #isTerminating(): boolean {
    return this.#terminated || this.metrics.some((metric) => !metric.dryRun && ['Error', 'Failed', 'Inconclusive'].includes(this.result(metric.name).phase));
  }

  #dueAt(metric: Metric): number {
    const result = this.result(metric.name);
    if (isCompleted(result.phase) || (metric.count !== undefined && result.count >= metric.count)) return Infinity;
    if (result.last === undefined) return this.startedAt + metric.initialDelay;
    if (result.last.phase === 'Error') return result.last.finishedAt + errorRetry;
    return metric.interval === undefined ? Infinity : result.last.finishedAt + metric.interval;
  }
}
