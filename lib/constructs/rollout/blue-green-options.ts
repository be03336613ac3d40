import type { DurationText } from '../../values/duration.ts';
import type { RolloutCommon } from './common-options.ts';
import type { AnalysisUse, RolloutMetadata } from './options.ts';

/** What `blueGreen()` takes (`spec.strategy.blueGreen`). */
export interface BlueGreenOptions extends RolloutCommon {
  /** Name of the Service that users reach, made unless the app's `service` says one of that name (`activeService`). @default - the app's first Service */
  readonly activeService?: string;
  /** Name of the Service of the new version, made likewise; `false` for none (`previewService`). @default - `<name>-preview` */
  readonly previewService?: string | false;
  /** Pods of the new version before the switch (`previewReplicaCount`). @default - as many as `replicas` */
  readonly previewReplicas?: number;
  /** Whether users are switched without a person: at once, or that long after the new pods are there, whole seconds (`autoPromotionEnabled`, `autoPromotionSeconds`). @default true */
  readonly autoPromotion?: boolean | DurationText;
  /** What judges before the switch: a failure aborts (`prePromotionAnalysis`). @default - nothing */
  readonly prePromotion?: AnalysisUse;
  /** What judges after the switch: a failure switches back (`postPromotionAnalysis`). @default - nothing */
  readonly postPromotion?: AnalysisUse;
  /** Pods that may be missing in a restart, a count or a percentage (`maxUnavailable`). @default - none written: 25% */
  readonly maxUnavailable?: number | string;
  /** Labels and annotations of the running version's pods, only while it is the running one (`activeMetadata`). @default - none */
  readonly activeMetadata?: RolloutMetadata;
  /** Labels and annotations of the new version's pods, only while it is new (`previewMetadata`). @default - none */
  readonly previewMetadata?: RolloutMetadata;
}

/** A blue-green rollout. */
export interface BlueGreenRollout extends BlueGreenOptions {
  readonly kind: 'blueGreen';
}

/** The new version starts beside the running one, and all users are switched at once: `blueGreen({ prePromotion: smokeTest({ … }) })`. */
export function blueGreen(options: BlueGreenOptions = {}): BlueGreenRollout {
  return { kind: 'blueGreen', ...options };
}
