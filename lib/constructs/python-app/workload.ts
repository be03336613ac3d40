import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IDeploymentSpec } from 'kubernetes-models/apps/v1/DeploymentSpec';
import type { IDaemonSetSpec } from 'kubernetes-models/apps/v1/DaemonSetSpec';
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import type { IStatefulSetSpec } from 'kubernetes-models/apps/v1/StatefulSetSpec';
import { metadataFor } from '../network/metadata.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { PodBuild } from './pod.ts';
import type { PythonAppProps } from './props.ts';

/** Old versions that are kept for a quick way back. */
export const defaultHistory = 5;

/** How many pods: said, the autoscaler's minimum, or two, so that one may go; undefined where nothing is written. */
export function replicasOf(props: PythonAppProps): number | undefined {
  if (props.workload === 'daemonSet') return undefined;
  if (props.autoscale !== undefined) return props.autoscale.min ?? 2;
  if (props.replicas !== undefined || props.bare === true) return props.replicas;
  return props.workload === 'statefulSet' ? 1 : 2;
}

/** What keeps the pods running. */
export function workloadFor(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild): IDaemonSet | IDeployment | IStatefulSet {
  const kind = props.workload ?? 'deployment';
  switch (kind) {
    case 'deployment': return deployment(identity, props, pod);
    case 'statefulSet': return statefulSet(identity, props, pod);
    case 'daemonSet': return daemonSet(identity, props, pod);
    default: return kind satisfies never;
  }
}

/** Name of the headless Service that gives the pods of a StatefulSet their names. */
export function governingService(identity: WorkloadIdentity, props: PythonAppProps): string {
  return props.statefulSet?.serviceName ?? (props.bare === true ? identity.name : `${identity.name}-pods`);
}

/** The spec of a workload whose pods are alike, as a Deployment and a Rollout have it: how versions take each other's place stands in its midst. */
export function replicatedSpec<How extends object>(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild, how: How) {
  const replicas = replicasOf(props);
  return {
    ...(replicas !== undefined && { replicas }),
    ...updates(props),
    ...(props.progressDeadlineSeconds !== undefined && { progressDeadlineSeconds: props.progressDeadlineSeconds }),
    ...how,
    selector: { matchLabels: { ...identity.selector } },
    template: pod.template,
  };
}

function deployment(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild): IDeployment {
  // A new pod is ready before an old one goes: an update never serves with fewer pods than wanted.
  const strategy = props.strategy ?? (props.bare === true ? undefined : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataFor(identity, { annotations: props.annotations ?? {} }),
    spec: replicatedSpec(identity, props, pod, { ...(strategy !== undefined && { strategy: strategy as NonNullable<IDeploymentSpec['strategy']> }) }),
  };
}

function statefulSet(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild): IStatefulSet {
  const replicas = replicasOf(props);
  const policy = props.statefulSet?.podManagementPolicy ?? (props.bare === true ? undefined : 'Parallel');
  const claims = props.statefulSet?.claims;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataFor(identity, { annotations: props.annotations ?? {} }),
    spec: {
      ...(replicas !== undefined && { replicas }),
      ...updates(props),
      ...(policy !== undefined && { podManagementPolicy: policy }),
      ...(props.strategy !== undefined && { updateStrategy: props.strategy as NonNullable<IStatefulSetSpec['updateStrategy']> }),
      ...(claims !== undefined && { persistentVolumeClaimRetentionPolicy: claims }),
      serviceName: governingService(identity, props),
      selector: { matchLabels: { ...identity.selector } },
      template: pod.template,
      ...(pod.claims.length > 0 && { volumeClaimTemplates: pod.claims.map((claim) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claim })) }),
    },
  };
}

function daemonSet(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild): IDaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadataFor(identity, { annotations: props.annotations ?? {} }),
    spec: {
      ...updates(props),
      ...(props.strategy !== undefined && { updateStrategy: props.strategy as NonNullable<IDaemonSetSpec['updateStrategy']> }),
      selector: { matchLabels: { ...identity.selector } },
      template: pod.template,
    },
  };
}

/** Old versions that are kept; undefined where nothing is written. */
export function historyOf(props: Pick<PythonAppProps, 'bare' | 'revisionHistoryLimit'>): number | undefined {
  return props.revisionHistoryLimit ?? (props.bare === true ? undefined : defaultHistory);
}

/** Fields of every workload that is updated. */
function updates(props: PythonAppProps): { revisionHistoryLimit?: number; minReadySeconds?: number } {
  const history = historyOf(props);
  return {
    ...(history !== undefined && { revisionHistoryLimit: history }),
    ...(props.minReadySeconds !== undefined && { minReadySeconds: props.minReadySeconds }),
  };
}
