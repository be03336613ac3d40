import type { TrafficRouter } from '../traffic/routers.ts';
import type { RolloutCommon } from './common-options.ts';
import type { AnalysisUse, AnalysisUseOptions, CanaryStep, RolloutMetadata } from './options.ts';

/** Analyses that run while the steps do. */
export interface BackgroundOptions extends AnalysisUseOptions {
  /** Step at which they start, from 0 (`startingStep`). @default - none written: 0 */
  readonly from?: number;
}

/** How many of the pods must be there before the next step (`replicaProgressThreshold`). */
export type ReplicaProgress = { readonly percent: number } | { readonly pods: number };

/** What `canary()` takes (`spec.strategy.canary`). */
export interface CanaryOptions extends RolloutCommon {
  /** How the new version reaches everybody, step by step. @default - pods are replaced as a Deployment's are */
  readonly steps?: readonly CanaryStep[];
  /** What shares traffic between the versions. @default - as `expose` says: the Gateway API for a route, the ingress controller by its class; else the number of pods decides */
  readonly traffic?: TrafficRouter;
  /** What judges while the steps run: a failure aborts (`analysis`). @default - nothing */
  readonly background?: AnalysisUse | BackgroundOptions;
  /** Lets the nearest weight do where the number of pods decides and can't make the one said. @default false: an error that names the nearest weight */
  readonly approximate?: boolean;
  /** Pods beyond `replicas`, a count or a percentage such as `25%` (`maxSurge`). @default - none written: 25% */
  readonly maxSurge?: number | string;
  /** Pods that may be missing from `replicas`, a count or a percentage (`maxUnavailable`). @default - 0: a new pod first; where `maxSurge` is 0, none written: 25% */
  readonly maxUnavailable?: number | string;
  /** Whether the running version shrinks as the new one grows: fewer pods, but an abort has to start some first. Only with a traffic router, without `scaleDownDelay` (`dynamicStableScale`). @default false */
  readonly dynamicStableScale?: boolean;
  /** Fewest pods of a version that has any; only with a traffic router (`minPodsPerReplicaSet`). @default - none written: 1 */
  readonly minPodsPerReplicaSet?: number;
  /** How many pods must be there before the next step (`replicaProgressThreshold`). @default - none written: all */
  readonly replicaProgressThreshold?: ReplicaProgress;
  /** Labels and annotations of the new version's pods, only while it is new (`canaryMetadata`). @default - none */
  readonly canaryMetadata?: RolloutMetadata;
  /** Labels and annotations of the running version's pods, only while it is the running one (`stableMetadata`). @default - none */
  readonly stableMetadata?: RolloutMetadata;
  /** Name of the Service of the new version, made unless the app's `service` says one of that name (`canaryService`). @default - `<name>-canary` */
  readonly canaryService?: string;
  /** Name of the Service of the running version, made likewise (`stableService`). @default - the app's first Service with a traffic router, else `<name>-stable` */
  readonly stableService?: string;
  /** Whether two Services take turns at being the stable one, so that no target is ever moved away from live traffic; for ALB and Istio (`pingPong`). @default false */
  readonly pingPong?: boolean;
}

/** A canary. */
export interface CanaryRollout extends CanaryOptions {
  readonly kind: 'canary';
}

/** The new version reaches users step by step: `canary({ steps: [weight(20), analyse(successRate(0.99)), weight(80), pause('5m')] })`. */
export function canary(options: CanaryOptions = {}): CanaryRollout {
  return { kind: 'canary', ...options };
}
