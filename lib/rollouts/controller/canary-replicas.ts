import { canaryReplicas } from '../replica-counts.ts';

/** What the controller knows of a version's pods. */
export interface PodCounts {
  readonly wanted: number;
  readonly available: number;
}

/** How many pods the new and the running version should have now. */
export interface VersionCounts {
  readonly fresh: number;
  readonly stable: number;
}

/** What decides on pods where their number shares the traffic. */
export interface BasicCountsOptions {
  readonly replicas: number;
  /** Percent that the new version should have. */
  readonly weight: number;
  readonly surge: number;
  readonly unavailable: number;
  readonly fresh: PodCounts;
  /** The running version. @default - there is none, or it is the new one */
  readonly stable?: PodCounts | undefined;
  /** Pods of versions that are neither. */
  readonly others: number;
}

/** As many pods of each as there may be now on the way to a weight: never more than the surge allows, never fewer that serve (CalculateReplicaCountsForBasicCanary). */
export function basicCounts({ replicas, weight, surge, unavailable, fresh, stable, others }: BasicCountsOptions): VersionCounts {
  const aim = canaryReplicas(replicas, weight, surge);
  const wantedFresh = stable === undefined ? replicas : aim.canary;
  const wantedStable = stable === undefined ? 0 : aim.total - aim.canary;
  const most = replicas + surge;
  let room = most - others - fresh.wanted - (stable?.wanted ?? 0);
  const counts = { fresh: fresh.wanted, stable: stable?.wanted ?? 0 };
  if (stable !== undefined && stable.wanted < wantedStable && room > 0) {
    counts.stable = Math.min(stable.wanted + room, wantedStable);
    room -= counts.stable - stable.wanted;
  }
  if (fresh.wanted < wantedFresh && room > 0) counts.fresh = Math.min(fresh.wanted + room, wantedFresh);
  if (others > 0) return counts;
  const least = replicas - unavailable;
  const grows = wantedFresh >= fresh.wanted;
  const serving = removable(fresh, !grows) + (stable === undefined ? 0 : removable(stable, grows));
  if (serving <= least) return counts;
  const spare = serving - least;
  if (!grows) {
    if (fresh.wanted > wantedFresh) counts.fresh = Math.max(wantedFresh, fresh.wanted - spare);
    [counts.fresh, counts.stable] = withinLimits(fresh, stable, counts.fresh, counts.stable, most, least);
  } else if (stable !== undefined) {
    if (stable.wanted > wantedStable) counts.stable = Math.max(wantedStable, stable.wanted - spare);
    [counts.stable, counts.fresh] = withinLimits(stable, fresh, counts.stable, counts.fresh, most, least);
  }
  return counts;
}

/** Pods that may be counted on when others go: of the version that shrinks all, of the other one those that serve (GetReplicasForScaleDown). */
function removable({ wanted, available }: PodCounts, all: boolean): number {
  return all || wanted < available ? wanted : available;
}

/** Takes back what would be too many pods, but not so much that too few serve (adjustReplicaWithinLimits). */
function withinLimits(drained: PodCounts, other: PodCounts | undefined, drainedCount: number, otherCount: number, most: number, least: number): [number, number] {
  if (other === undefined) return [drainedCount, otherCount];
  let kept = otherCount - Math.max(0, otherCount + drainedCount - most);
  const serving = Math.min(drained.available, drainedCount) + Math.min(other.available, kept);
  kept += Math.min(Math.max(0, other.available - kept), Math.max(0, least - serving));
  return [drainedCount - Math.max(0, kept + drainedCount - most), kept];
}

/** What decides on pods where a router shares the traffic. */
export interface RoutedCountsOptions {
  readonly replicas: number;
  readonly maxWeight: number;
  /** Weight that the new version should have. */
  readonly weight: number;
  /** Pods that it should have whatever its weight is. @default - as its weight wants */
  readonly scale?: number | undefined;
  readonly minPods: number;
  readonly isDynamic: boolean;
  readonly isAborted: boolean;
  /** The weights that are set. @default - none yet */
  readonly weights?: { readonly canary: number; readonly stable: number } | undefined;
}

/** As many pods as the higher of the wanted and the actual weight wants; the running version keeps all unless it is scaled too (CalculateReplicaCountsForTrafficRoutedCanary). */
export function routedCounts({ replicas, maxWeight, weight, scale, minPods, isDynamic, isAborted, weights }: RoutedCountsOptions): VersionCounts {
  let fresh = scale ?? atLeast(podsFor(weight, replicas, maxWeight), minPods);
  if (!isDynamic) return { fresh, stable: replicas };
  let stable = podsFor(maxWeight - weight, replicas, maxWeight);
  if (weights !== undefined) {
    stable = Math.max(stable, podsFor(weights.stable, replicas, maxWeight));
    if (isAborted) fresh = Math.max(podsFor(weights.canary, replicas, maxWeight), fresh);
  }
  return { fresh: atLeast(fresh, minPods), stable: atLeast(stable, minPods) };
}

/** Pods for a weight, rounded up (trafficWeightToReplicas). */
export function podsFor(weight: number, replicas: number, maxWeight: number): number {
  return Math.ceil((weight * replicas) / maxWeight);
}

function atLeast(count: number, minPods: number): number {
  return count === 0 ? 0 : Math.max(count, minPods);
}

/** Whether enough pods serve: all that are wanted, or as many or as large a share as the Rollout says (ReplicaProgressThresholdMet). */
export function hasEnough(pods: PodCounts, wanted: number, threshold: { readonly share: boolean; readonly value: number } | undefined): boolean {
  if (threshold === undefined) return wanted === pods.wanted && wanted === pods.available;
  if (!threshold.share) return pods.available >= threshold.value;
  return wanted === 0 || (pods.available / wanted) * 100 >= threshold.value - 1e-10;
}
