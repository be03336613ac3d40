/** One of the two versions: the new one, or the one that ran before. */
export type Version = 'new' | 'old';

/** Why a rollout waits (`status.pauseConditions[].reason`). */
export type PauseReason = 'BlueGreenPause' | 'CanaryPauseStep' | 'InconclusiveAnalysisRun' | 'InconclusiveExperiment';

/** A reason to wait, and since when. */
export interface Pause {
  readonly reason: PauseReason;
  readonly startedAt: number;
}

/** How a router shares the traffic (`status.canary.weights`). */
export interface Weights {
  readonly canary: number;
  /** The version that the canary's weight goes to. */
  readonly canaryOf: Version;
  readonly stable: number;
  /** Weights of experiments. */
  readonly additional: readonly { readonly template: string; readonly of: Version; readonly weight: number }[];
}

/** The condition `Progressing`, as far as it decides something. */
export interface Progress {
  readonly reason: 'NewReplicaSetAvailable' | 'NewReplicaSetCreated' | 'ProgressDeadlineExceeded' | 'ReplicaSetUpdated' | 'RolloutAborted' | 'RolloutPaused' | 'RolloutResumed';
  readonly message: string;
  /** When it last showed progress. */
  readonly at: number;
}

/** The status of a Rollout, as far as it decides something. Never changed in place. */
export interface Status {
  /** Of the version that counts as running (`stableRS`). @default - it is deployed for the first time */
  readonly stable?: Version | undefined;
  /** @default - there are no steps */
  readonly stepIndex?: number | undefined;
  readonly pauses: readonly Pause[];
  readonly controllerPause: boolean;
  readonly abort: boolean;
  /** @default - nothing was routed yet */
  readonly weights?: Weights | undefined;
  readonly progress: Progress;
  /** The condition `Paused`. */
  readonly isPaused: boolean;
  /** The condition `Healthy`. */
  readonly isHealthy: boolean;
  /** Pods of all versions, of the new one, those that serve, and those that count as available. */
  readonly replicas: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
  /** Blue-green: the version that gets the traffic, and the one behind the preview. */
  readonly active?: Version | undefined;
  readonly preview?: Version | undefined;
  readonly scaleUpCheckPoint: boolean;
  readonly phase: 'Degraded' | 'Healthy' | 'Paused' | 'Progressing';
  readonly message: string;
}

/** What a look at a rollout adds to its pauses and aborts (pauseContext). */
export class PauseContext {
  readonly adds: PauseReason[] = [];
  readonly removes: PauseReason[] = [];
  abortMessage: string | undefined;
  clears = false;
  removesAbort = false;
  readonly #wasAborted: boolean;

  constructor(before: Status) {
    this.#wasAborted = before.abort;
  }

  get isAborted(): boolean {
    return !this.removesAbort && (this.abortMessage !== undefined || this.#wasAborted);
  }

  /** Abort and pauses of the next status. */
  apply(before: Status, now: number): Pick<Status, 'abort' | 'controllerPause' | 'pauses'> {
    if (this.abortMessage !== undefined || (!this.removesAbort && before.abort)) return { abort: true, pauses: [], controllerPause: false };
    const none = { abort: false, pauses: [], controllerPause: false };
    if (this.clears || (before.pauses.length === 0 && this.adds.length === 0)) return none;
    const pauses = before.pauses.filter(({ reason }) => !this.removes.includes(reason));
    const added = this.adds.filter((reason) => before.pauses.every((pause) => pause.reason !== reason));
    for (const reason of added) pauses.push({ reason, startedAt: now });
    return pauses.length === 0 ? none : { abort: false, pauses, controllerPause: before.controllerPause || added.length > 0 };
  }
}

/** Since when a rollout waits for a reason; undefined where it doesn't. */
export function pauseOf(status: Status, reason: PauseReason): Pause | undefined {
  return status.pauses.find((pause) => pause.reason === reason);
}
