import type { IPersistentVolumeClaimSpec } from 'kubernetes-models/v1/PersistentVolumeClaimSpec';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { fromPlus, isPlusValue } from './interop.ts';
import type { PodVolume } from './volumes.ts';

/** A claim per pod, as `volumeClaimTemplates` has it. */
export interface ClaimTemplate {
  readonly metadata: { readonly name: string };
  readonly spec: IPersistentVolumeClaimSpec;
}

/** `volumes` of a pod: each name once. */
export function volumesOf(volumes: readonly PodVolume[]): IVolume[] {
  const byName = new Map<string, IVolume>();
  for (const volume of volumes) {
    if (volume.claimTemplate !== undefined || byName.has(volume.name)) continue;
    byName.set(volume.name, isPlusValue(volume.plus) ? fromPlus(volume.plus) as IVolume : { name: volume.name, ...volume.source });
  }
  return [...byName.values()];
}

/** `volumeClaimTemplates` of a StatefulSet. */
export function claimsOf(volumes: readonly PodVolume[]): ClaimTemplate[] {
  return volumes.flatMap((volume) => volume.claimTemplate === undefined ? [] : [{ metadata: { name: volume.name }, spec: volume.claimTemplate }]);
}

/** `volumeMounts` of the app's container. */
export function mountsOf(volumes: readonly PodVolume[]): IVolumeMount[] {
  return volumes.flatMap((volume) => volume.mountPath === undefined ? [] : [{
    name: volume.name,
    mountPath: volume.mountPath,
    ...(volume.subPath !== undefined && { subPath: volume.subPath }),
    ...(volume.readOnly !== undefined && { readOnly: volume.readOnly }),
  }]);
}
