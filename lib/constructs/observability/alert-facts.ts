import type { WorkloadKind } from '../scaling/topology-spread.ts';

/** What alerts must know beside their options. */
export interface AlertFacts {
  readonly kind: WorkloadKind;
  /** Name of the app's container. */
  readonly container: string;
  /** The team that is called (label `team`). */
  readonly team: string;
  /** Whether an autoscaler sets the number of pods. */
  readonly autoscaled: boolean;
  /** Whether the container has a memory limit. */
  readonly memoryLimit: boolean;
}
