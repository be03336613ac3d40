import type { DurationText } from '../../values/duration.ts';
import type { Migrating } from './migration-options.ts';

/** Pods of different versions that don't share a node (`antiAffinity`): a preference of a weight from 1 to 100, or a must. */
export type VersionAntiAffinity = { readonly preferred: number } | 'required';

/** Results of analyses and experiments that are kept in the cluster (`spec.analysis`). */
export interface AnalysisHistory {
  /** Successful ones (`successfulRunHistoryLimit`). @default - none written: 5 */
  readonly successful?: number;
  /** Failed, inconclusive and broken ones (`unsuccessfulRunHistoryLimit`). @default - none written: 5 */
  readonly unsuccessful?: number;
}

/** What both ways have. */
export interface RolloutCommon extends Migrating {
  /**
   * How many versions back a return is at once, without steps and analyses (`spec.rollbackWindow.revisions`); `false` for none. `revisionHistoryLimit`
   * must be at least as many. @default - 5, or `revisionHistoryLimit` where that is less
   */
  readonly rollbackWindow?: number | false;
  /** Whether an update that is stuck for `progressDeadlineSeconds` is aborted (`spec.progressDeadlineAbort`). @default true */
  readonly progressDeadlineAbort?: boolean;
  /** Results that are kept. @default - 5 of each */
  readonly analysisHistory?: AnalysisHistory;
  /** Pods of different versions that don't share a node (`antiAffinity`). @default - none */
  readonly antiAffinity?: VersionAntiAffinity;
  /**
   * How long the pods of an aborted version stay, whole seconds (`abortScaleDownDelaySeconds`); `false` for until the next version. On a canary only with a
   * traffic router. @default - none written: 30s
   */
  readonly abortScaleDownDelay?: DurationText | false;
  /**
   * How long the pods of the previous version stay after the switch, whole seconds (`scaleDownDelaySeconds`): meanwhile a return needs no new pods. On a canary
   * only with a traffic router. @default - none written: 30s
   */
  readonly scaleDownDelay?: DurationText;
  /** How many previous versions may stay for that long, no more than `revisionHistoryLimit` (`scaleDownDelayRevisionLimit`). @default - any number */
  readonly scaleDownDelayRevisionLimit?: number;
}
