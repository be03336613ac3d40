import type { Plane } from '../../../../lib/control-plane/plane.ts';
import type { LiveRollout } from './stage.ts';
import { watchObjects } from './watch.ts';

/** A moment of a Rollout. */
export interface Moment {
  /** The revision that was updated to: the hash of its pods. */
  readonly hash: string;
  readonly stable: string;
  readonly step: number | undefined;
  readonly aborted: boolean;
  readonly phase: string;
  /** The new version's share, in percent: of the traffic with a router, else of the pods. */
  readonly weight: number;
}

/** Every moment of all Rollouts of a plane. */
export interface History {
  /** The moments of a namespace's Rollout, in order. @throws when the history was lost */
  of(namespace: string): readonly Moment[];
  stop(): void;
}

/** Writes down what becomes of every Rollout from now on. */
export async function recordHistory(plane: Plane): Promise<History> {
  const moments = new Map<string, Moment[]>();
  const watch = await watchObjects<LiveRollout>(plane, '/apis/argoproj.io/v1alpha1/rollouts', ({ metadata, status }) => {
    if (status === undefined) return;
    const list = moments.get(metadata.namespace) ?? [];
    moments.set(metadata.namespace, list);
    list.push({
      hash: status.currentPodHash ?? '',
      stable: status.stableRS ?? '',
      step: status.currentStepIndex,
      aborted: status.abort ?? false,
      phase: status.phase ?? '',
      weight: status.canary?.weights?.canary.weight ?? share(status.updatedReplicas ?? 0, status.replicas ?? 0),
    });
  });
  return {
    of(namespace) {
      watch.check();
      return moments.get(namespace) ?? [];
    },
    stop: () => watch.stop(),
  };
}

function share(part: number, all: number): number {
  return all === 0 ? 0 : (part / all) * 100;
}
