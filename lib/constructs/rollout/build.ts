import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { IRolloutSpec } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/RolloutSpec';
import { analysisSecrets, analysisTemplateFor } from '../analysis/template.ts';
import { metadataFor } from '../network/metadata.ts';
import type { Part } from '../python-app/part.ts';
import type { PodBuild } from '../python-app/pod.ts';
import type { PythonAppProps } from '../python-app/props.ts';
import { historyOf, replicatedSpec } from '../python-app/workload.ts';
import type { SecretSource } from '../secret-source.ts';
import type { RoutedTraffic } from '../traffic/traffic-router.ts';
import type { Waiver } from '../../manifests/rendered.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import { appAnalyses } from './analyses.ts';
import { blueGreenStrategy } from './blue-green.ts';
import { canaryStrategy } from './canary.ts';
import { rolloutFieldsFor } from './strategy-fields.ts';
import type { RolloutPlan } from './plan.ts';

/** The Rollout of an app, in place of its Deployment. `paused` and `restartAt` are never written: they are said to the cluster, not to Git. */
export function rolloutFor(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild, plan: RolloutPlan, routing: RoutedTraffic['routing']): IRollout {
  const { rollout, services, analysis } = plan;
  const bare = props.bare === true;
  const strategy: NonNullable<IRolloutSpec['strategy']> = rollout.kind === 'canary'
    ? { canary: canaryStrategy(rollout, { services, routing, analysis, bare }) }
    : { blueGreen: blueGreenStrategy(rollout, services, analysis) };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: metadataFor(identity, { annotations: props.annotations ?? {} }),
    spec: replicatedSpec(identity, props, pod, { ...rolloutFieldsFor(rollout, { bare, history: historyOf(props) }), strategy }),
  };
}

/** Rules that a Rollout may break, as its app says. */
export function rolloutWaivers({ rollout }: RolloutPlan): Waiver[] {
  if (rollout.kind === 'blueGreen') return [];
  const { approximate = false, rollbackWindow, steps = [] } = rollout;
  return [
    ...(approximate ? [{ rule: 'canary-weight', reason: 'the app says approximate: true, so that the nearest weight which its number of pods makes will do' }] : []),
    ...(rollbackWindow === false && steps.length > 0 ? [{ rule: 'rollback-window', reason: 'the app says rollbackWindow: false, so that a return goes through the steps like any version' }] : []),
  ];
}

/** The AnalysisTemplates that the app brings along, in the order of their first use. */
export function analysisParts({ rollout, analysis }: RolloutPlan): Part[] {
  return appAnalyses(rollout).map((each): Part => [`analysis-${each.name}`, analysisTemplateFor(each, analysis)]);
}

/** The Secrets that its analyses read, whose objects the app makes. */
export function rolloutSecrets({ rollout }: RolloutPlan): SecretSource[] {
  return analysisSecrets(appAnalyses(rollout));
}
