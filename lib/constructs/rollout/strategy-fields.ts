import type { IAntiAffinity } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AntiAffinity';
import type { IRolloutSpec } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/RolloutSpec';
import { durationSeconds } from '../../values/duration.ts';
import type { RolloutCommon, VersionAntiAffinity } from './common-options.ts';

/** How many versions back a return is at once, unless said otherwise. */
const usualWindow = 5;

/** How long pods stay, in the words that both strategies share. */
export function delaysFor({ abortScaleDownDelay, scaleDownDelay, scaleDownDelayRevisionLimit }: RolloutCommon): { abortScaleDownDelaySeconds?: number; scaleDownDelaySeconds?: number; scaleDownDelayRevisionLimit?: number } {
  return {
    // Argo Rollouts takes 0 for never.
    ...(abortScaleDownDelay !== undefined && { abortScaleDownDelaySeconds: abortScaleDownDelay === false ? 0 : durationSeconds(abortScaleDownDelay) }),
    ...(scaleDownDelay !== undefined && { scaleDownDelaySeconds: durationSeconds(scaleDownDelay) }),
    ...(scaleDownDelayRevisionLimit !== undefined && { scaleDownDelayRevisionLimit }),
  };
}

/** `antiAffinity` of a strategy. */
export function affinityFor(affinity: VersionAntiAffinity | undefined): { antiAffinity?: IAntiAffinity } {
  if (affinity === undefined) return {};
  return {
    antiAffinity: affinity === 'required'
      ? { requiredDuringSchedulingIgnoredDuringExecution: {} }
      : { preferredDuringSchedulingIgnoredDuringExecution: { weight: affinity.preferred } },
  };
}

/** What stands beside the strategy. Only what is said where the app is `bare`. */
export function rolloutFieldsFor(options: RolloutCommon, { bare, history }: { readonly bare: boolean; readonly history: number | undefined }): Pick<IRolloutSpec, 'analysis' | 'progressDeadlineAbort' | 'rollbackWindow'> {
  const { rollbackWindow = bare ? false : windowWithin(history), progressDeadlineAbort = bare ? undefined : true, analysisHistory: { successful, unsuccessful } = {} } = options;
  return {
    ...(rollbackWindow !== false && { rollbackWindow: { revisions: rollbackWindow } }),
    ...(progressDeadlineAbort !== undefined && { progressDeadlineAbort }),
    ...((successful !== undefined || unsuccessful !== undefined) && {
      analysis: { ...(successful !== undefined && { successfulRunHistoryLimit: successful }), ...(unsuccessful !== undefined && { unsuccessfulRunHistoryLimit: unsuccessful }) },
    }),
  };
}

/** A version that is gone can't be returned to at once. */
function windowWithin(history: number | undefined): number | false {
  const window = Math.min(history ?? usualWindow, usualWindow);
  return window > 0 && window;
}
