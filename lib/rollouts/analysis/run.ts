import { assessAll, assessMetric, exceededLimit, type Assessment } from './assess.ts';
import { measured, unmeasured, type Metric, type MetricResult } from './metric.ts';
import { isBad, isCompleted, type Phase } from './phase.ts';

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

/** What an AnalysisRun is made of. */
export interface AnalysisPlan {
  readonly metrics: readonly Metric[];
  /** Why the controller refuses it when it starts, in its own words. @default - it doesn't */
  readonly invalid?: string;
}

/** An AnalysisRun on a clock of its own: the rules of the controller without the controller. */
export class AnalysisRun {
  readonly metrics: readonly Metric[];
  readonly startedAt: number;
  readonly #invalid: string | undefined;
  readonly #results = new Map<string, MetricResult>();
  #terminated = false;
  #terminating = false;
  #assessment: Assessment = { phase: 'Running', message: '' };

  constructor({ metrics, invalid }: AnalysisPlan, startedAt: number) {
    this.metrics = metrics;
    this.#invalid = invalid;
    this.startedAt = startedAt;
  }

  get phase(): Phase {
    return this.#assessment.phase;
  }

  /** Why it ended as it did, as the controller says it; empty where it says nothing. */
  get message(): string {
    return this.#assessment.message;
  }

  get isCompleted(): boolean {
    return isCompleted(this.#assessment.phase);
  }

  result(metric: string): MetricResult {
    return this.#results.get(metric) ?? unmeasured;
  }

  /** Takes the measurements that are due, and judges. */
  advance(now: number, measure: Measure): Measurement[] {
    if (this.isCompleted) return [];
    if (this.#invalid !== undefined) {
      this.#assessment = { phase: 'Error', message: this.#invalid };
      return [];
    }
    const taken: Measurement[] = [];
    if (!this.#terminating) {
      for (const metric of this.metrics) {
        if (this.#dueAt(metric) > now) continue;
        const measurement = { metric: metric.name, at: now, dryRun: metric.dryRun, ...measure(metric, now) };
        taken.push(measurement);
        this.#results.set(metric.name, measured(this.result(metric.name), measurement.phase, now, measurement.message));
      }
    }
    this.#assess();
    return taken;
  }

  /** Stops measuring: what runs on counts as successful. */
  terminate(): void {
    if (this.isCompleted) return;
    this.#terminated = true;
    this.#terminating = true;
    this.#assess();
  }

  /** When the next measurement is due; undefined when there is none. */
  nextAt(): number | undefined {
    if (this.isCompleted) return undefined;
    if (this.#invalid !== undefined) return this.startedAt;
    let next = Infinity;
    for (const metric of this.metrics) next = Math.min(next, this.#dueAt(metric));
    return next === Infinity ? undefined : next;
  }

  #assess(): void {
    // One metric that failed stops the others when the controller looks again, which it does at once.
    for (let isSettled = false; !isSettled;) {
      const terminating = this.#terminating;
      for (const metric of this.metrics) this.#assessMetric(metric, terminating);
      this.#assessment = assessAll(this.metrics, this.#results, terminating, this.#terminated);
      isSettled = terminating === this.#terminating || this.isCompleted;
    }
  }

  #assessMetric(metric: Metric, terminating: boolean): void {
    const result = this.#results.get(metric.name);
    if (result === undefined || isCompleted(result.phase)) return;
    const phase = assessMetric(metric, result, terminating);
    if (phase === result.phase) return;
    const why = metric.dryRun && isCompleted(phase) ? exceededLimit(metric, result)?.why : undefined;
    this.#results.set(metric.name, { ...result, phase, message: why === undefined ? result.last?.message ?? '' : `Metric assessed ${phase} due to ${why}` });
    // A metric that ended badly ends the run, unless it counts for nothing.
    if (!metric.dryRun && isBad(phase)) this.#terminating = true;
  }

  #dueAt(metric: Metric): number {
    const result = this.#results.get(metric.name);
    if (result?.last === undefined) return this.startedAt + metric.initialDelay;
    if (isCompleted(result.phase) || (metric.count !== undefined && result.count >= metric.count)) return Infinity;
    if (result.last.phase === 'Error') return result.last.finishedAt + errorRetry;
    return metric.interval === undefined ? Infinity : result.last.finishedAt + metric.interval;
  }
}
