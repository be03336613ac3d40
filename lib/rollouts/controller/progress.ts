import type { RolloutPlan } from '../plan/rollout-plan.ts';
import type { Progress, Status } from './status.ts';

/** How a rollout's ReplicaSet is called in messages: its hash isn't known before the cluster makes it. */
function replicaSetName(plan: RolloutPlan): string {
  return `"${plan.name}-<hash>"`;
}

/** What is said of a rollout that nothing happened to for too long. */
export function timeoutMessage(plan: RolloutPlan): string {
  return `ReplicaSet ${replicaSetName(plan)} has timed out progressing.`;
}

/** Whether anything went on between two statuses (conditions.RolloutProgressing). */
export function hasProgressed(plan: RolloutPlan, before: Status, next: Status): boolean {
  return (plan.strategy.kind === 'blueGreen' ? before.active !== next.active || before.preview !== next.preview
    : before.stable !== next.stable || (before.stepIndex !== undefined && next.stepIndex !== undefined && before.stepIndex !== next.stepIndex))
    || next.updated !== before.updated || next.replicas - next.updated < before.replicas - before.updated || next.ready > before.ready || next.available > before.available;
}

/** Whether a rollout stood still for too long (conditions.RolloutTimedOut). */
export function hasTimedOut(plan: RolloutPlan, { progress }: Status, now: number): boolean {
  if (progress.reason === 'RolloutAborted' || progress.reason === 'RolloutPaused') return false;
  return progress.reason === 'ProgressDeadlineExceeded' || progress.at + plan.deadline < now;
}

/** Whether the current step may take as long as it likes. */
export function isIndefinite(plan: RolloutPlan, status: Status): boolean {
  const step = plan.strategy.kind === 'canary' ? plan.strategy.steps[status.stepIndex ?? 0] : undefined;
  return step?.kind === 'experiment' || step?.kind === 'analysis' || step?.kind === 'pause' || status.isPaused;
}

/** Whether all is done and only the new version runs (conditions.RolloutHealthy). */
export function isHealthy(plan: RolloutPlan, next: Status): boolean {
  const { strategy, replicas } = plan;
  const isDone = strategy.kind === 'blueGreen' ? next.active === 'new' && (!strategy.hasPreview || next.preview === 'new')
    : (strategy.steps.length === 0 || next.stepIndex === undefined || next.stepIndex === strategy.steps.length) && next.stable === 'new' && next.replicas === replicas;
  return isDone && next.updated === replicas && next.available === replicas;
}

/** What the condition Progressing depends on beside the statuses. */
export interface ProgressOptions {
  readonly now: number;
  readonly revision: number;
  /** Whether it is aborted, and why where that is decided now. */
  readonly isAborted: boolean;
  readonly abortMessage: string | undefined;
  /** Whether it was healthy and isn't any more. */
  readonly becameUnhealthy: boolean;
  readonly waitsForScaleDown: boolean;
}

/** The condition Progressing of the next status (calculateRolloutConditions). The same reason again changes nothing. */
export function nextProgress(plan: RolloutPlan, before: Status, next: Status, options: ProgressOptions): Progress {
  const { progress } = before;
  const { now, revision, isAborted, abortMessage, becameUnhealthy, waitsForScaleDown } = options;
  if (isAborted) return progress.reason === 'RolloutAborted' ? progress : { reason: 'RolloutAborted', message: `Rollout aborted update to revision ${revision}${abortMessage === undefined ? '' : `: ${abortMessage}`}`, at: now };
  if (isHealthy(plan, next)) return progress.reason === 'NewReplicaSetAvailable' ? progress : { reason: 'NewReplicaSetAvailable', message: `ReplicaSet ${replicaSetName(plan)} has successfully progressed.`, at: now };
  if (hasProgressed(plan, before, next) || becameUnhealthy) return { reason: 'ReplicaSetUpdated', message: `ReplicaSet ${replicaSetName(plan)} is progressing.`, at: now };
  const isOverdue = progress.reason !== 'ProgressDeadlineExceeded' && !isIndefinite(plan, before) && !waitsForScaleDown && hasTimedOut(plan, before, now);
  return isOverdue ? { reason: 'ProgressDeadlineExceeded', message: timeoutMessage(plan), at: now } : progress;
}

/** Phase and message of a status (CalculateRolloutPhase). */
export function phaseOf(plan: RolloutPlan, status: Status): Pick<Status, 'message' | 'phase'> {
  const { reason, message } = status.progress;
  if (reason === 'RolloutAborted' || reason === 'ProgressDeadlineExceeded') return { phase: 'Degraded', message: `${reason}: ${message}` };
  const [pause] = status.pauses;
  if (pause !== undefined) return { phase: 'Paused', message: pause.reason };
  const waiting = waitingFor(plan, status);
  return waiting === undefined ? { phase: 'Healthy', message: '' } : { phase: 'Progressing', message: waiting };
}

function waitingFor({ replicas, strategy }: RolloutPlan, status: Status): string | undefined {
  if (status.updated < replicas) return 'more replicas need to be updated';
  if (status.available < status.updated) return 'updated replicas are still becoming available';
  if (strategy.kind === 'blueGreen') {
    if (status.active !== 'new') return 'active service cutover pending';
    if (status.stable !== 'new') return strategy.after !== undefined ? 'waiting for analysis to complete' : 'waiting for post-promotion verification to complete';
    return undefined;
  }
  if (!strategy.isRouted && status.replicas > status.updated) return 'old replicas are pending termination';
  return status.stable === 'new' ? undefined : 'waiting for all steps to complete';
}
