import type { IgnoredFields } from '../../manifests/rendered.ts';
import type { Tracked } from '../tracked.ts';

/**
 * When an Argo Rollout counts as applied. Its observedGeneration is a text. A paused canary counts as healthy: it waits for a person or a
 * clock, and the commit that reverts it must not wait with it.
 */
export const rolloutHealth = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  inProgress: "!has(status.observedGeneration) || status.observedGeneration != string(metadata.generation) || !has(status.phase) || status.phase == 'Progressing'",
  failed: "status.phase == 'Degraded'",
  current: "status.phase == 'Healthy' || status.phase == 'Paused'",
} as const;

/** Fields that others set, which are neither applied again nor taken for drift: replicas of autoscaled workloads, and what is named beside. */
export function ignoreRules(tracked: Pick<Tracked, 'autoscaled' | 'ignoreDifferences'>): object[] {
  const replicas = tracked.autoscaled.map(({ group, kind, name, namespace }): IgnoredFields => ({ group, kind, name, ...(namespace !== undefined && { namespace }), jsonPointers: ['/spec/replicas'] }));
  return [...replicas, ...(tracked.ignoreDifferences ?? [])].map(({ group, kind, name, namespace, jsonPointers }) => ({
    paths: [...jsonPointers],
    target: { ...(group !== '' && { group }), kind, ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) },
  }));
}
