import { AnalysisRun, type AnalysisPlan } from '../analysis/run.ts';
import type { RolloutPlan } from '../plan/rollout-plan.ts';
import { Experiment, type ExperimentHost } from './experiment.ts';
import { hasTimedOut, hasProgressed, isHealthy, isIndefinite, nextProgress, phaseOf, timeoutMessage } from './progress.ts';
import { ReplicaSet, type PodTimes } from './replica-set.ts';
import { PauseContext, type Pause, type Status, type Version } from './status.ts';

/** Where an analysis comes from. */
export type RunOrigin = 'background' | 'experiment' | 'post-promotion' | 'pre-promotion' | 'step';

/** An analysis that ran. */
export interface StartedRun {
  readonly origin: RunOrigin;
  /** Index of its step. @default - it belongs to none */
  readonly step?: number;
  /** Its name in an experiment. @default - it belongs to none */
  readonly name?: string;
  readonly run: AnalysisRun;
}

/** What a rollout starts from. */
export interface StartOptions {
  /** What it is: a new version, the first one, or a way back by some revisions. */
  readonly change: 'first' | 'update' | { readonly rollback: number };
  /** How long pods take; those of the new version may never start. */
  readonly podTimes: (of: Version) => PodTimes;
  /** Told as it goes on: a step, a decision. */
  readonly note?: (happening: Note) => void;
}

/** What a rollout tells of itself. */
export type Note =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'abort'; readonly message: string }
  | { readonly kind: 'promotion'; readonly reason: string };

/** Everything that the controller sees of a rollout, and what it says. */
export class RolloutState implements ExperimentHost {
  readonly plan: RolloutPlan;
  readonly fresh: ReplicaSet;
  /** The version that ran before. @default - it is deployed for the first time */
  readonly old: ReplicaSet | undefined;
  /** Whether it goes back to a version that may skip the steps. */
  readonly skipsSteps: boolean;
  readonly started: StartedRun[] = [];
  readonly experiments: Experiment[] = [];
  now = 0;
  status: Status;
  /** The analyses and the experiment that count at the moment. */
  stepRun: AnalysisRun | undefined;
  background: AnalysisRun | undefined;
  before: AnalysisRun | undefined;
  after: AnalysisRun | undefined;
  experiment: Experiment | undefined;
  readonly revision: number;
  readonly note: (happening: Note) => void;
  readonly podTimes: (of: Version) => PodTimes;

  constructor(plan: RolloutPlan, { change, podTimes, note }: StartOptions) {
    this.plan = plan;
    this.podTimes = podTimes;
    this.note = note ?? (() => undefined);
    this.fresh = new ReplicaSet(podTimes('new'));
    const { replicas, strategy } = plan;
    this.old = change === 'first' ? undefined : new ReplicaSet(podTimes('old'), replicas);
    this.revision = change === 'first' ? 1 : 2;
    this.skipsSteps = typeof change === 'object' && change.rollback >= 1 && change.rollback <= plan.rollbackWindow;
    const running = change === 'first' ? 0 : replicas;
    this.status = {
      stable: change === 'first' ? undefined : 'old', stepIndex: strategy.kind === 'canary' && strategy.steps.length > 0 ? 0 : undefined,
      pauses: [], controllerPause: false, abort: false, isPaused: false, isHealthy: change !== 'first', scaleUpCheckPoint: false,
      progress: { reason: 'NewReplicaSetCreated', message: `Created new replica set "${plan.name}-<hash>"`, at: 0 },
      replicas: running, updated: 0, ready: running, available: running, active: change === 'first' ? undefined : 'old', preview: change === 'first' ? undefined : 'old', phase: 'Progressing', message: '',
    };
  }

  startRun(name: string, analysis: AnalysisPlan): AnalysisRun {
    return this.start({ origin: 'experiment', step: this.status.stepIndex ?? 0, name }, analysis);
  }

  start(from: Omit<StartedRun, 'run'>, analysis: AnalysisPlan): AnalysisRun {
    const run = new AnalysisRun(analysis, this.now);
    this.started.push({ ...from, run });
    return run;
  }

  /** Notes in the conditions that it waits, or goes on; says whether it did (checkPausedConditions). */
  notePauses(): boolean {
    const { status } = this;
    const isPaused = status.pauses.length > 0;
    if (status.progress.reason === 'RolloutAborted') return false;
    const progressDiffers = isPaused !== (status.progress.reason === 'RolloutPaused') && status.stable !== 'new';
    if (!progressDiffers && isPaused === status.isPaused) return false;
    const progress = progressDiffers ? { reason: isPaused ? 'RolloutPaused' as const : 'RolloutResumed' as const, message: isPaused ? 'Rollout is paused' : 'Rollout is resumed', at: this.now } : status.progress;
    const next: Status = { ...status, progress, isPaused };
    this.status = { ...next, ...phaseOf(this.plan, next) };
    return true;
  }

  /** Takes over the next status: aborts, pauses, conditions and phase follow from it; says whether anything changed (persistRolloutStatus). */
  persist(next: Status, pause: PauseContext): boolean {
    const { plan, now, status: before } = this;
    const waitsForScaleDown = this.#waitsForScaleDown();
    if (this.#isOverdue(next, pause)) pause.abortMessage = timeoutMessage(plan);
    const { abort, pauses, controllerPause } = pause.apply(before, now);
    const isWell = pauses.length === 0 && isHealthy(plan, next);
    const progress = nextProgress(plan, before, next, { now, revision: this.revision, isAborted: pause.isAborted, abortMessage: pause.abortMessage, becameUnhealthy: before.isHealthy && !isWell, waitsForScaleDown });
    const said: Status = { ...next, abort, pauses, controllerPause, isHealthy: isWell, progress };
    if (!differs(before, said)) return false;
    this.status = { ...said, ...phaseOf(plan, said) };
    if (!before.abort && abort) this.note({ kind: 'abort', message: pause.abortMessage ?? '' });
    return true;
  }

  /** Whether it is to be aborted for standing still (evaluateProgressDeadlineAbort). */
  #isOverdue(next: Status, pause: PauseContext): boolean {
    const { plan, status: before } = this;
    return plan.abortsAtDeadline && !pause.isAborted && next.stable !== 'new' && !hasProgressed(plan, before, next) && !isIndefinite(plan, before) && !this.#waitsForScaleDown() && hasTimedOut(plan, before, this.now);
  }

  /** Whether a version that is neither the new nor the running one is about to go. */
  #waitsForScaleDown(): boolean {
    return this.status.stable === 'new' && this.old?.scaleDownAt !== undefined;
  }
}

function differs(a: Status, b: Status): boolean {
  return a.stepIndex !== b.stepIndex || a.stable !== b.stable || a.abort !== b.abort || a.weights !== b.weights || a.progress !== b.progress || a.controllerPause !== b.controllerPause
    || a.replicas !== b.replicas || a.updated !== b.updated || a.ready !== b.ready || a.available !== b.available || a.active !== b.active || a.preview !== b.preview
    || a.scaleUpCheckPoint !== b.scaleUpCheckPoint || a.isHealthy !== b.isHealthy || !samePauses(a.pauses, b.pauses);
}

function samePauses(a: readonly Pause[], b: readonly Pause[]): boolean {
  return a.length === b.length && a.every((pause, index) => pause.reason === b[index]?.reason);
}
