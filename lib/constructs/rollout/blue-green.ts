import type { IBlueGreenStrategy } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/BlueGreenStrategy';
import { durationSeconds } from '../../values/duration.ts';
import type { AnalysisFacts } from '../analysis/facts.ts';
import { withAnalyses } from './analyses.ts';
import type { BlueGreenRollout } from './blue-green-options.ts';
import { affinityFor, delaysFor } from './strategy-fields.ts';
import type { VersionServices } from './services.ts';
import { metadataAs, useFor } from './use.ts';

/** `spec.strategy.blueGreen`. */
export function blueGreenStrategy(blueGreen: BlueGreenRollout, services: VersionServices, analysis: AnalysisFacts): IBlueGreenStrategy {
  const { previewReplicas, autoPromotion, prePromotion, postPromotion, maxUnavailable } = blueGreen;
  return {
    activeService: services.stable ?? '',
    ...(services.canary !== undefined && { previewService: services.canary }),
    ...(previewReplicas !== undefined && { previewReplicaCount: previewReplicas }),
    ...(typeof autoPromotion === 'boolean' && { autoPromotionEnabled: autoPromotion }),
    ...(typeof autoPromotion === 'string' && { autoPromotionSeconds: durationSeconds(autoPromotion) }),
    ...(prePromotion !== undefined && { prePromotionAnalysis: useFor(withAnalyses(prePromotion), analysis) }),
    ...(postPromotion !== undefined && { postPromotionAnalysis: useFor(withAnalyses(postPromotion), analysis) }),
    ...(maxUnavailable !== undefined && { maxUnavailable }),
    ...affinityFor(blueGreen.antiAffinity),
    ...metadataAs('activeMetadata', blueGreen.activeMetadata),
    ...metadataAs('previewMetadata', blueGreen.previewMetadata),
    ...delaysFor(blueGreen),
  };
}
