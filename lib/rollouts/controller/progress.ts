import type { RolloutPlan } from '../plan/rollout-plan.ts';
import type { Progress, Status } from './status.ts';

/** How a rollout's ReplicaSet is called in messages: its hash isn't known before the cluster makes it. */
const replicaSetName = (plan: RolloutPlan): string => `"${plan.name}-<hash>"`;

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

/** The condition Progressing of the next status (calculateRolloutConditions). */
export function nextProgress(plan: RolloutPlan, before: Status, next: Status, options: { readonly now: number; readonly revision: number; readonly abortMessage: string | undefined; readonly waitsForScaleDown: boolean }): Progress {
  const current = before.progress;
  const set = (reason: Progress['reason'], message: string): Progress => (current.reason === reason ? current : { reason, message, at: options.now });
  if (next.abort) return set('RolloutAborted', `Rollout aborted update to revision ${options.revision}${options.abortMessage === undefined ? '' : `: ${options.abortMessage}`}`);
  const becameUnhealthy = before.isHealthy && !next.isHealthy;
  if (isHealthy(plan, next)) return set('NewReplicaSetAvailable', `ReplicaSet ${replicaSetName(plan)} has successfully progressed.`);
  if (hasProgressed(plan, before, next) || becameUnhealthy) return { reason: 'ReplicaSetUpdated', message: `ReplicaSet ${replicaSetName(plan)} is progressing.`, at: options.now };
  if (!isIndefinite(plan, before) && !options.waitsForScaleDown && hasTimedOut(plan, before, options.now)) return set('ProgressDeadlineExceeded', timeoutMessage(plan));
  return current;
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
