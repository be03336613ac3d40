import type { AbortDelay, ScaleDownDelay } from '../plan/rollout-plan.ts';
import type { ReplicaSet } from './replica-set.ts';

/** The controller looks at every rollout again in this time; a time of its own that is farther away it doesn't wait for. */
const resync = 900_000;

/** Whether the new version's pods stay for a while after an abort (shouldDelayScaleDownOnAbort). */
export function staysAfterAbort(delay: AbortDelay, strategy: { readonly isRouted: boolean; readonly isDynamic: boolean }): boolean {
  return strategy.isRouted && delay.after !== undefined && (!strategy.isDynamic || delay.isSaid);
}

/** Lets the new version's pods stay for a while after an abort: how many there are to be, or undefined where they stay as they are (reconcileNewReplicaSet). */
export function podsAfterAbort(pods: ReplicaSet, wanted: number, delay: number, isStableServing: boolean, now: number): number | undefined {
  if (pods.scaleDownAt === undefined) {
    if (isStableServing) pods.scaleDownAt = now + delay;
    return undefined;
  }
  if (pods.scaleDownAt <= now) return 0;
  return pods.scaleDownAt - now < resync ? undefined : wanted;
}

/** How many pods the version before keeps: all until its time has come (scaleDownDelayHelper). */
export function podsAfterPromotion(pods: ReplicaSet, replicas: number, { after, revisions }: ScaleDownDelay, now: number): number {
  if (pods.scaleDownAt === undefined) {
    if (revisions < 1) return 0;
    if (after > 0) pods.scaleDownAt = now + after;
    return pods.wanted;
  }
  return revisions >= 1 && pods.scaleDownAt > now ? replicas : 0;
}
