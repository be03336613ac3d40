import type { Measure, Measurement } from '../analysis/run.ts';
import { reconcileBlueGreen } from '../controller/blue-green.ts';
import { reconcileCanary } from '../controller/canary.ts';
import { isIndefinite } from '../controller/progress.ts';
import { RolloutState, type Note, type StartedRun } from '../controller/rollout-state.ts';
import { pauseOf } from '../controller/status.ts';
import type { RolloutPlan } from '../plan/rollout-plan.ts';
import { Recorder, runName } from './recorder.ts';
import type { Simulation, SimulationOptions, Verdict } from './simulation.ts';

const day = 86_400_000;
/** More looks at one moment than any rollout needs. */
const mostLooks = 10_000;

/** Steps through a rollout on a clock of its own, by the controller's rules. Pure: the same measurements give the same course. */
export function simulate(plan: RolloutPlan, options: SimulationOptions): Simulation {
  return new Course(plan, options).run();
}

/** The sooner of two times; what is past doesn't count. */
function sooner(next: number, time: number | undefined, now: number): number {
  return time !== undefined && time > now && time < next ? time : next;
}

class Course {
  readonly #plan: RolloutPlan;
  readonly #options: SimulationOptions;
  readonly #state: RolloutState;
  readonly #recorder: Recorder;
  readonly #take: Measure;
  #verdict: { readonly verdict: Verdict; readonly at: number; readonly reason: string; readonly step: number } | undefined;

  constructor(plan: RolloutPlan, options: SimulationOptions) {
    this.#plan = plan;
    this.#options = options;
    const start = options.podStart ?? 30_000;
    this.#state = new RolloutState(plan, {
      change: options.change ?? 'update', note: (note) => { this.#hear(note); },
      podTimes: (of) => ({ start: of === 'new' && options.neverStarts === true ? Infinity : start, minReady: plan.minReady }),
    });
    this.#recorder = new Recorder(this.#state, options.isQuiet ?? false);
    this.#take = (metric, at) => options.measure(metric, at, this.#recorder.share);
  }

  run(): Simulation {
    const limit = this.#options.limit ?? day;
    this.#recorder.step(0);
    for (let others = this.#settle(); ;) {
      if (this.#stops()) break;
      const runs = this.#nextRunAt();
      const next = Math.min(runs, others);
      if (next === Infinity) break;
      if (next > limit) {
        this.#decide('stuck', `still at step ${this.#stepNumber()} after ${limit / 60_000} minutes`);
        break;
      }
      this.#state.now = next;
      // A measurement that decides nothing concerns nobody but its analysis.
      const isDecided = this.#measure();
      if (isDecided || next >= others) others = this.#settle();
    }
    if (this.#verdict === undefined) this.#decide('stuck', this.#state.status.phase === 'Degraded' ? this.#state.status.message : `nothing ends step ${this.#stepNumber()}`);
    return this.#end();
  }

  /** Looks at everything until nothing changes any more; says when something other than a measurement happens next. */
  #settle(): number {
    const { fresh, old, experiments, now } = this.#state;
    fresh.advance(now);
    old?.advance(now);
    this.#letGoOn();
    this.#recorder.look();
    for (let looks = 0, changed = true; changed; looks += 1) {
      if (looks > mostLooks) throw new Error(`the rollout ${this.#plan.name} never came to rest at ${now} ms`);
      changed = this.#measure();
      for (const experiment of experiments) changed = [experiment.advance(now), experiment.reconcile(now)].includes(true) || changed;
      changed = this.#reconcile() || changed;
      this.#recorder.look();
      // Nothing goes on until a person has decided, though the controller may go on changing its mind on conditions.
      if (this.#isUnclear()) break;
    }
    if (this.#options.change === 'first' && this.#state.status.phase === 'Healthy' && this.#verdict === undefined) {
      this.#recorder.note({ kind: 'promotion', reason: 'Initial deploy' });
      this.#decide('promoted', 'Initial deploy');
    }
    return this.#nextOtherAt();
  }

  #reconcile(): boolean {
    const { strategy } = this.#plan;
    return strategy.kind === 'canary' ? reconcileCanary(this.#state, strategy) : reconcileBlueGreen(this.#state, strategy);
  }

  /** Takes the measurements that are due; says whether an analysis ended. */
  #measure(): boolean {
    const { started, now } = this.#state;
    let ended = false;
    for (const each of started) {
      const at = each.run.nextAt();
      if (at === undefined || at > now) continue;
      const taken = each.run.advance(now, this.#take);
      if (this.#options.isQuiet !== true) this.#noteRun(each, taken);
      ended ||= each.run.isCompleted;
    }
    return ended;
  }

  #noteRun(each: StartedRun, taken: readonly Measurement[]): void {
    const run = runName(each);
    for (const { at: _, ...measurement } of taken) this.#recorder.note({ kind: 'measurement', run, ...measurement });
    if (each.run.isCompleted) this.#recorder.note({ kind: 'analysis', run, phase: each.run.phase, message: each.run.message });
  }

  /** A person goes on after a pause without an end. */
  #letGoOn(): void {
    const { status, now } = this.#state;
    const { person } = this.#options;
    if (person !== undefined && this.#waitsForPerson() && status.pauses.every(({ startedAt }) => startedAt + person <= now)) this.#state.status = { ...status, pauses: [] };
  }

  #waitsForPerson(): boolean {
    const { strategy } = this.#plan;
    const { status } = this.#state;
    if (strategy.kind === 'blueGreen') return !strategy.autoPromotion && pauseOf(status, 'BlueGreenPause') !== undefined;
    const step = strategy.steps[status.stepIndex ?? 0];
    return step?.kind === 'pause' && step.duration === undefined && pauseOf(status, 'CanaryPauseStep') !== undefined;
  }

  #isUnclear(): boolean {
    const { status } = this.#state;
    return pauseOf(status, 'InconclusiveAnalysisRun') !== undefined || pauseOf(status, 'InconclusiveExperiment') !== undefined;
  }

  /** Whether there is nothing more to see: it waits for a person. */
  #stops(): boolean {
    if (this.#verdict !== undefined) return false;
    const { status } = this.#state;
    if (this.#isUnclear()) {
      const bad = this.#state.started.find(({ run }) => run.phase === 'Inconclusive');
      this.#decide('paused', bad === undefined || bad.run.message === '' ? status.message : bad.run.message);
      return true;
    }
    if (this.#options.person !== undefined || !this.#waitsForPerson()) return false;
    this.#decide('waiting', 'waits for a person');
    return true;
  }

  #nextRunAt(): number {
    let next = Infinity;
    for (const { run } of this.#state.started) next = Math.min(next, run.nextAt() ?? Infinity);
    return next;
  }

  #nextOtherAt(): number {
    const { fresh, old, experiments, status, now } = this.#state;
    let next = Math.min(fresh.nextAt(), old?.nextAt() ?? Infinity);
    for (const experiment of experiments) next = sooner(next, experiment.nextAt(), now);
    if (fresh.wanted > 0) next = sooner(next, fresh.scaleDownAt, now);
    if (old !== undefined && old.wanted > 0) next = sooner(next, old.scaleDownAt, now);
    return sooner(next, status.pauses.length > 0 ? this.#pauseEndsAt() : this.#deadlineAt(), now);
  }

  #pauseEndsAt(): number | undefined {
    const { strategy } = this.#plan;
    const { status } = this.#state;
    const startedAt = status.pauses[0]?.startedAt ?? 0;
    if (this.#waitsForPerson()) return this.#options.person === undefined ? undefined : startedAt + this.#options.person;
    if (strategy.kind === 'blueGreen') return startedAt + strategy.autoPromotionDelay;
    const step = strategy.steps[status.stepIndex ?? 0];
    return step?.kind === 'pause' && step.duration !== undefined ? startedAt + step.duration : undefined;
  }

  /** The controller looks a second after the deadline. */
  #deadlineAt(): number | undefined {
    const { status } = this.#state;
    const { reason, at } = status.progress;
    return status.abort || reason === 'NewReplicaSetAvailable' || reason === 'ProgressDeadlineExceeded' || isIndefinite(this.#plan, status) ? undefined : at + this.#plan.deadline + 1000;
  }

  #hear(note: Note): void {
    if (note.kind === 'step') {
      this.#recorder.step(note.step);
      return;
    }
    if (note.kind === 'promotion' && this.#options.change === 'first') return;
    this.#recorder.note(note);
    this.#decide(note.kind === 'abort' ? 'aborted' : 'promoted', note.kind === 'abort' ? note.message : note.reason);
  }

  #decide(verdict: Verdict, reason: string): void {
    this.#verdict ??= { verdict, at: this.#state.now, reason, step: this.#recorder.stepIndex };
  }

  #stepNumber(): number {
    return (this.#state.status.stepIndex ?? 0) + 1;
  }

  #end(): Simulation {
    const verdict = this.#verdict ?? { verdict: 'stuck' as const, at: this.#state.now, reason: '', step: 0 };
    const { weights, pods, events, goneAt } = this.#recorder;
    const back = weights.find(({ at, weight }) => at >= verdict.at && weight === 0);
    const gone = verdict.verdict === 'aborted' ? goneAt.new : verdict.verdict === 'promoted' ? goneAt.old : undefined;
    const hadTraffic = weights.findLast(({ at }) => at < verdict.at)?.weight !== 0;
    const backAt = hadTraffic ? back?.at : verdict.at;
    return {
      ...verdict, endedAt: this.#state.now, ...(verdict.verdict === 'aborted' && backAt !== undefined && { trafficBackAt: backAt }), ...(gone !== undefined && { podsGoneAt: gone }),
      events, weights, pods, runs: this.#state.started, status: this.#state.status,
    };
  }
}
