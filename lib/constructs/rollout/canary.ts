import type { ICanaryStrategy } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/CanaryStrategy';
import type { IReplicaProgressThreshold } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/ReplicaProgressThreshold';
import type { IRolloutAnalysisBackground } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/RolloutAnalysisBackground';
import type { AnalysisFacts } from '../analysis/facts.ts';
import type { RoutedTraffic } from '../traffic/traffic-router.ts';
import { withAnalyses } from './analyses.ts';
import type { CanaryRollout, ReplicaProgress } from './canary-options.ts';
import { affinityFor, delaysFor } from './strategy-fields.ts';
import type { VersionServices } from './services.ts';
import { stepFor } from './step.ts';
import { metadataAs, useFor } from './use.ts';

/** What a canary must know beside its options. */
export interface CanaryFacts {
  readonly services: VersionServices;
  readonly routing: RoutedTraffic['routing'];
  readonly analysis: AnalysisFacts;
  /** Whether only what is said is written. */
  readonly bare: boolean;
}

/** `spec.strategy.canary`. */
export function canaryStrategy(canary: CanaryRollout, { services, routing, analysis, bare }: CanaryFacts): ICanaryStrategy {
  const { maxSurge, maxUnavailable = bare ? undefined : unavailableBeside(maxSurge), steps, dynamicStableScale, minPodsPerReplicaSet, replicaProgressThreshold } = canary;
  const [pingService, pongService] = services.pingPong ?? [];
  return {
    ...(services.canary !== undefined && { canaryService: services.canary }),
    ...(services.stable !== undefined && { stableService: services.stable }),
    ...(pingService !== undefined && pongService !== undefined && { pingPong: { pingService, pongService } }),
    ...(routing !== undefined && { trafficRouting: routing }),
    ...(maxSurge !== undefined && { maxSurge }),
    ...(maxUnavailable !== undefined && { maxUnavailable }),
    ...affinityFor(canary.antiAffinity),
    ...metadataAs('canaryMetadata', canary.canaryMetadata),
    ...metadataAs('stableMetadata', canary.stableMetadata),
    ...delaysFor(canary),
    ...(dynamicStableScale !== undefined && { dynamicStableScale }),
    ...(minPodsPerReplicaSet !== undefined && { minPodsPerReplicaSet }),
    ...(replicaProgressThreshold !== undefined && { replicaProgressThreshold: progressFor(replicaProgressThreshold) }),
    ...(canary.background !== undefined && { analysis: backgroundFor(canary.background, analysis) }),
    ...(steps !== undefined && { steps: steps.map((step) => stepFor(step, analysis)) }),
  };
}

/** A new pod is ready before an old one goes, unless no pod may be too many. */
function unavailableBeside(maxSurge: number | string | undefined): number | undefined {
  return maxSurge === 0 || maxSurge === '0%' ? undefined : 0;
}

function progressFor(progress: ReplicaProgress): IReplicaProgressThreshold {
  return 'percent' in progress ? { type: 'Percent', value: progress.percent } : { type: 'Pods', value: progress.pods };
}

function backgroundFor(background: NonNullable<CanaryRollout['background']>, facts: AnalysisFacts): IRolloutAnalysisBackground {
  return { ...useFor(withAnalyses(background), facts), ...('from' in background && background.from !== undefined && { startingStep: background.from }) };
}
