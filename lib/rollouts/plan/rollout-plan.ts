import type { Metric } from '../analysis/metric.ts';
import type { AnalysisPlan } from '../analysis/run.ts';

/** What a Rollout will do with a new version, read from the rendered objects. Times in milliseconds. */
export interface RolloutPlan {
  readonly name: string;
  /** Pods that should serve (`spec.replicas`). */
  readonly replicas: number;
  /** How long a pod must be ready before it counts (`minReadySeconds`). */
  readonly minReady: number;
  /** How long nothing may happen (`progressDeadlineSeconds`). */
  readonly deadline: number;
  /** Whether the rollout is aborted then (`progressDeadlineAbort`). */
  readonly abortsAtDeadline: boolean;
  /** How many revisions back skip the steps; 0 for none (`rollbackWindow.revisions`). */
  readonly rollbackWindow: number;
  readonly strategy: BlueGreenPlan | CanaryPlan;
  /** Every metric, each name once. */
  readonly metrics: readonly Metric[];
}

/** A canary (`spec.strategy.canary`). */
export interface CanaryPlan {
  readonly kind: 'canary';
  readonly steps: readonly PlannedStep[];
  /** Whether something shares the traffic by weight; else the number of pods does. */
  readonly isRouted: boolean;
  /** Weight that is all of the traffic (`trafficRouting.maxTrafficWeight`). */
  readonly maxWeight: number;
  /** Runs beside the steps. @default - none */
  readonly background?: { readonly analysis: AnalysisPlan; readonly fromStep: number };
  /** Pods more than `replicas` that there may be. */
  readonly surge: number;
  /** Pods less than `replicas` that may serve. */
  readonly unavailable: number;
  /** Whether the running version shrinks as the new one grows (`dynamicStableScale`). */
  readonly isDynamic: boolean;
  /** Fewest pods of a version that has any, with a router (`minPodsPerReplicaSet`). */
  readonly minPods: number;
  /** When the new version's pods count as enough. @default - when all are there */
  readonly threshold?: { readonly share: boolean; readonly value: number };
  /** How long the new version's pods stay after an abort; undefined for no delay of their own. */
  readonly abortDelay: AbortDelay;
  readonly scaleDownDelay: ScaleDownDelay;
}

/** How long pods stay after an abort (`abortScaleDownDelaySeconds`): for a time, said or by default, or with 0 as long as it likes. */
export interface AbortDelay {
  /** @default - no delay is applied */
  readonly after?: number;
  readonly isSaid: boolean;
}

/** How long the version before stays after a promotion (`scaleDownDelaySeconds`, `scaleDownDelayRevisionLimit`). */
export interface ScaleDownDelay {
  readonly after: number;
  /** For how many versions at most. */
  readonly revisions: number;
}

/** Blue-green (`spec.strategy.blueGreen`). */
export interface BlueGreenPlan {
  readonly kind: 'blueGreen';
  readonly hasPreview: boolean;
  /** Pods before the promotion. @default - all */
  readonly previewReplicas?: number;
  readonly before?: AnalysisPlan;
  readonly after?: AnalysisPlan;
  readonly autoPromotion: boolean;
  /** Time until it promotes by itself; 0 for at once. */
  readonly autoPromotionDelay: number;
  readonly abortDelay: AbortDelay;
  /** `isSaid`: whether the Rollout says it, or it is a default. */
  readonly scaleDownDelay: ScaleDownDelay & { readonly isSaid: boolean };
}

/** One thing that a canary does after the other. */
export type PlannedStep = { readonly label: string } & (
  | { readonly kind: 'weight'; readonly weight: number }
  /** How many pods the new version has; `matchTraffic`: as its weight wants. */
  | { readonly kind: 'scale'; readonly scale: CanaryScale }
  /** Without a duration until a person goes on. */
  | { readonly kind: 'pause'; readonly duration?: number }
  | { readonly kind: 'analysis'; readonly analysis: AnalysisPlan }
  | { readonly kind: 'experiment'; readonly experiment: ExperimentPlan }
  /** Header and mirror routes: they take no time and move no traffic by weight. */
  | { readonly kind: 'route' }
);

/** Pods of the new version whatever its weight is (`setCanaryScale`). */
export type CanaryScale = { readonly replicas: number } | { readonly weight: number } | 'match-traffic';

/** Versions beside each other for a while (`experiment`). */
export interface ExperimentPlan {
  /** @default - until its required analyses are done */
  readonly duration?: number;
  readonly templates: readonly { readonly name: string; readonly of: 'new' | 'old'; readonly replicas: number; /** @default - none */ readonly weight?: number }[];
  readonly analyses: readonly { readonly name: string; readonly analysis: AnalysisPlan; readonly isRequired: boolean }[];
  readonly deadline: number;
  readonly scaleDownDelay: number;
}
