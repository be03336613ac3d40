import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { IService } from 'kubernetes-models/v1/Service';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { Waiver } from '../../manifests/rendered.ts';
import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { metadataFor } from '../network/metadata.ts';
import type { ManifestValue } from '../manifest.ts';
import type { Part } from '../python-app/part.ts';
import type { PodBuild } from '../python-app/pod.ts';
import type { PythonAppProps } from '../python-app/props.ts';
import { replicatedSpec, workloadFor } from '../python-app/workload.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import { isLeaving, takingOver } from './migration-options.ts';

/** What keeps an app's pods running while it is on its way between a Deployment and a Rollout: the workload that leads, and the other. */
export interface MigratingWorkloads {
  readonly workload: ManifestValue;
  /** @default - the app is not on its way */
  readonly beside: readonly Part[];
}

/** Puts the other workload beside the one that leads, and has both share what they must. */
export function migratingWorkloads(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild, workload: ManifestValue): MigratingWorkloads {
  const taking = takingOver(props.rollout);
  if (taking !== undefined) {
    return { workload: starting(referring(workload as IRollout, identity.name, taking.scaleDown), props), beside: [['deployment', workloadFor(identity, props, pod)]] };
  }
  if (isLeaving(props.rollout)) return { workload: starting(workload as IDeployment, props), beside: [['rollout', leavingRollout(identity, props, pod)]] };
  return { workload, beside: [] };
}

/** What Argo Rollouts writes into a Service that it lets lead to the pods of one version. */
const managedBy = 'argo-rollouts.argoproj.io/managed-by-rollouts';

/**
 * The Services of an app, taken back from a Rollout that gives way: whoever applies the selector takes away the hash in it, and the Rollouts
 * controller then leaves its annotation there. The next Rollout would be led to as soon as one of its pods is ready, not all. Said here, without
 * a Rollout, the annotation is Git's, and goes with the step after this one.
 */
export function releasedServices({ rollout }: Pick<PythonAppProps, 'rollout'>, services: readonly IService[]): readonly IService[] {
  if (!isLeaving(rollout)) return services;
  return services.map((service) => ({ ...service, metadata: { ...service.metadata, annotations: { ...service.metadata?.annotations, [managedBy]: '' } } }));
}

/** Rules that an object may break while a Rollout gives way to a Deployment: the same labels find the pods of both, as they must. */
export function migrationWaivers({ rollout }: Pick<PythonAppProps, 'rollout'>, { kind }: ManifestValue): Waiver[] {
  if (!isLeaving(rollout)) return [];
  const reason = 'the app is on its way from a Rollout to a Deployment: both serve it until the Rollout goes, and each tells its own pods by a hash';
  if (kind === 'Service') return [{ rule: 'service-selects-several', reason }];
  return kind === 'Deployment' || kind === 'Rollout' ? [{ rule: 'selector-overlap', reason }] : [];
}

/** What keeps a person from a migration that would leave too few pods. */
export function migrationProblems({ rollout, autoscale }: Pick<Partial<PythonAppProps>, 'autoscale' | 'rollout'>, where: string): Problem[] {
  const scaleDown = takingOver(rollout)?.scaleDown ?? 'never';
  if (autoscale === undefined || scaleDown === 'never') return [];
  return [{
    where: fieldPath(where, ['rollout', 'migration', 'scaleDown']),
    message: `expected 'never' with an autoscaler, got '${scaleDown}': the Deployment would lose its pods before the autoscaler has seen what the Rollout needs`,
    fix: 'leave scaleDown out',
  }];
}

/** The Rollout's pods are those of the Deployment: a new image still stands in one place. */
function referring(rollout: IRollout, deployment: string, scaleDown: string): IRollout {
  const { template: _, ...spec } = rollout.spec;
  return { ...rollout, spec: { ...spec, workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment, scaleDown: scaleDown as 'never' } } };
}

/** Whatever the autoscaler made of the other one, the new one starts with as many as it may have, and shrinks from there. */
function starting<W extends IDeployment | IRollout>(workload: W, { autoscale }: PythonAppProps): W {
  return autoscale === undefined ? workload : { ...workload, spec: { ...workload.spec, replicas: autoscale.max } };
}

/** A Rollout that keeps its pods and steers nothing: its Services, routes and analyses are the app's own again. */
function leavingRollout(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild): IRollout {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: metadataFor(identity, { annotations: props.annotations ?? {} }),
    spec: replicatedSpec(identity, props, pod, { strategy: { canary: { maxUnavailable: 0, maxSurge: '25%' } } }),
  };
}
