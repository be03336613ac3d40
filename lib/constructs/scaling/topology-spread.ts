import type { ITopologySpreadConstraint } from 'kubernetes-models/v1/TopologySpreadConstraint';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { SpreadOptions } from './spread-options.ts';

/** The kinds of workload that pods come from. */
export type WorkloadKind = 'DaemonSet' | 'Deployment' | 'Rollout' | 'StatefulSet';

/**
 * Labels by which a Deployment and a Rollout tell versions apart: spread is judged within a version, or a rolling update would leave the new
 * pods crooked. Pods have one of them, and a label that a pod doesn't have isn't looked at. Both are named, so that an app's pods are the same
 * whichever of the two makes them: on its way between them nothing is replaced.
 */
const versionLabels: readonly string[] = ['pod-template-hash', 'rollouts-pod-template-hash'];

/** How a workload's pods spread over zones and nodes (`topologySpreadConstraints`); a DaemonSet has one on each node anyway. */
export function topologySpreadFor(identity: WorkloadIdentity, options: SpreadOptions, kind: WorkloadKind): ITopologySpreadConstraint[] {
  if (kind === 'DaemonSet') return [];
  const over = [
    { topologyKey: 'topology.kubernetes.io/zone', strength: options.zones ?? 'preferred', minDomains: options.minZones },
    { topologyKey: 'kubernetes.io/hostname', strength: options.hosts ?? 'preferred', minDomains: undefined },
  ];
  return over.flatMap(({ topologyKey, strength, minDomains }) => strength === false ? [] : [{
    maxSkew: options.maxSkew ?? 1,
    topologyKey,
    whenUnsatisfiable: strength === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway',
    ...(strength === 'required' && minDomains !== undefined && { minDomains }),
    // Cordoned and lost nodes don't count: in a drain or a zone outage pods would wait for them.
    nodeTaintsPolicy: 'Honor',
    labelSelector: { matchLabels: { ...identity.selector } },
    ...(kind !== 'StatefulSet' && { matchLabelKeys: [...versionLabels] }),
  } satisfies ITopologySpreadConstraint]);
}
