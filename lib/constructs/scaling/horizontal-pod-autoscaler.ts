import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IHorizontalPodAutoscalerBehavior } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscalerBehavior';
import { metadataFor } from '../network/metadata.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { AutoscaleOptions } from './autoscale-options.ts';
import { metricsFor } from './metrics.ts';

/** What is scaled (`scaleTargetRef`). */
export interface ScaleTarget {
  /** Such as `apps/v1`, or `argoproj.io/v1alpha1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Name of the app's container. */
  readonly container: string;
}

/** Scales up at once, and down slowly: a quiet minute is often followed by a busy one, and a new pod costs more than an idle one. */
export const defaultBehavior: Required<Pick<IHorizontalPodAutoscalerBehavior, 'scaleDown' | 'scaleUp'>> = {
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 25, periodSeconds: 60 }, { type: 'Pods', value: 2, periodSeconds: 60 }],
  },
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }, { type: 'Pods', value: 4, periodSeconds: 15 }],
  },
};

/** The autoscaler of a workload. The workload's own `replicas` stay at `autoscaledReplicas()`. */
export function horizontalPodAutoscalerFor(identity: WorkloadIdentity, options: AutoscaleOptions, target: ScaleTarget): IHorizontalPodAutoscaler {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataFor(identity),
    spec: {
      scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
      minReplicas: autoscaledReplicas(options),
      maxReplicas: options.max,
      metrics: metricsFor(options, target.container),
      behavior: {
        scaleDown: { ...defaultBehavior.scaleDown, ...options.behavior?.scaleDown },
        scaleUp: { ...defaultBehavior.scaleUp, ...options.behavior?.scaleUp },
      },
    },
  };
}

/** What `replicas` says in Git where an autoscaler has the real number: its minimum. Without it a sync would scale to 1. */
export function autoscaledReplicas(options: AutoscaleOptions): number {
  return options.min ?? 2;
}
