import type { IHostPathVolumeSource } from 'kubernetes-models/v1/HostPathVolumeSource';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IPersistentVolumeClaimSpec } from 'kubernetes-models/v1/PersistentVolumeClaimSpec';
import type { IVolumeProjection } from 'kubernetes-models/v1/VolumeProjection';
import type { Volume as PlusVolume } from 'cdk8s-plus-27';

/** Where a volume stands in the app's container. */
export interface MountOptions {
  /** Path in the container (`volumeMounts[].mountPath`). @default - not mounted in the app's own container */
  readonly mountPath?: string;
  /** Path inside the volume (`volumeMounts[].subPath`). @default - its root */
  readonly subPath?: string;
  /** Whether the mount can't be written (`volumeMounts[].readOnly`). @default - true for config maps, secrets and projections, else false */
  readonly readOnly?: boolean;
}

/** A volume of a pod, and where the app's container has it. Made by the functions of this file. */
export interface PodVolume extends MountOptions {
  /** Name in the pod: a DNS label. */
  readonly name: string;
  /** Where its content comes from, as `volumes[]` has it. @default - a claim template of a StatefulSet, or a cdk8s-plus volume */
  readonly source?: Omit<IVolume, 'name'>;
  /** Template of a claim per pod (`volumeClaimTemplates[].spec`). @default - none */
  readonly claimTemplate?: IPersistentVolumeClaimSpec;
  /** A volume of cdk8s-plus-27. @default - none */
  readonly plus?: PlusVolume;
  /** Why a volume of the node is needed; it breaks the restricted Pod Security Standard. @default - it is no volume of the node */
  readonly hostPathReason?: string;
}

/** Options of an `emptyDir`. */
export interface EmptyDirOptions extends MountOptions {
  /** Most it may hold (`emptyDir.sizeLimit`). @default - none on disk, 64Mi in memory */
  readonly sizeLimit?: string;
  /** Whether it lies in memory (`emptyDir.medium: Memory`), where it counts against the memory limit. @default false */
  readonly memory?: boolean;
}

/** A folder that lives as long as the pod. */
export function emptyDir(name: string, options: EmptyDirOptions = {}): PodVolume {
  const { sizeLimit, memory = false, ...mount } = options;
  const limit = sizeLimit ?? (memory ? '64Mi' : undefined);
  return { name, ...mount, source: { emptyDir: { ...(memory && { medium: 'Memory' as const }), ...(limit !== undefined && { sizeLimit: limit }) } } };
}

/** Options of the files of a ConfigMap or a Secret. */
export interface FilesOptions extends MountOptions {
  /** Which keys become which files. @default - every key, by its name */
  readonly items?: Readonly<Record<string, string>>;
  /** Mode of the files (`defaultMode`), such as 0o440. @default 0o644 (Kubernetes' own) */
  readonly mode?: number;
  /** Whether a pod starts without it (`optional`). @default false */
  readonly optional?: boolean;
}

/** The files of a ConfigMap that exists or is made elsewhere in the app. */
export function configMapFiles(name: string, configMap: string, options: FilesOptions = {}): PodVolume {
  const { items, mode, optional, ...mount } = options;
  return { name, readOnly: true, ...mount, source: { configMap: { name: configMap, ...filesOf(items, mode, optional) } } };
}

/** The files of a Secret that exists or is made elsewhere in the app. */
export function secretFiles(name: string, secret: string, options: FilesOptions = {}): PodVolume {
  const { items, mode, optional, ...mount } = options;
  return { name, readOnly: true, ...mount, source: { secret: { secretName: secret, ...filesOf(items, mode, optional) } } };
}

/** A PersistentVolumeClaim that exists (`persistentVolumeClaim.claimName`). */
export function existingClaim(name: string, claim: string, options: MountOptions = {}): PodVolume {
  return { name, ...options, source: { persistentVolumeClaim: { claimName: claim } } };
}

/** Options of a claim per pod. */
export interface ClaimTemplateOptions extends MountOptions {
  /** Storage asked for (`resources.requests.storage`), such as 10Gi. */
  readonly size: string;
  /** Storage class (`storageClassName`). @default - the cluster's own */
  readonly storageClass?: string;
  /** Access modes (`accessModes`). @default ['ReadWriteOnce'] */
  readonly accessModes?: NonNullable<IPersistentVolumeClaimSpec['accessModes']>;
}

/** A claim for each pod of a StatefulSet (`volumeClaimTemplates`). */
export function claimTemplate(name: string, options: ClaimTemplateOptions): PodVolume {
  const { size, storageClass, accessModes = ['ReadWriteOnce'], ...mount } = options;
  return { name, ...mount, claimTemplate: { accessModes, ...(storageClass !== undefined && { storageClassName: storageClass }), resources: { requests: { storage: size } } } };
}

/** Several sources in one folder (`projected.sources`). */
export function projected(name: string, sources: readonly IVolumeProjection[], options: MountOptions = {}): PodVolume {
  return { name, readOnly: true, ...options, source: { projected: { sources: [...sources] } } };
}

/** Options of a folder of the node. */
export interface HostPathOptions extends MountOptions {
  /** Path on the node (`hostPath.path`). */
  readonly path: string;
  /** What it has to be (`hostPath.type`). @default - not checked */
  readonly type?: IHostPathVolumeSource['type'];
  /** Why the app needs it: the restricted Pod Security Standard forbids it, so the namespace must be a privileged one. */
  readonly reason: string;
}

/** A folder of the node (`hostPath`). Only with a reason; the app's `podSecurity` has to be `privileged`. */
export function hostPath(name: string, options: HostPathOptions): PodVolume {
  const { path, type, reason, ...mount } = options;
  return { name, ...mount, hostPathReason: reason, source: { hostPath: { path, ...(type !== undefined && { type }) } } };
}

/** A volume of cdk8s-plus-27. */
export function plusVolume(volume: PlusVolume, options: MountOptions = {}): PodVolume {
  return { name: volume.name, ...options, plus: volume };
}

function filesOf(items: Readonly<Record<string, string>> | undefined, mode: number | undefined, optional: boolean | undefined) {
  return {
    ...(items !== undefined && { items: Object.entries(items).map(([key, path]) => ({ key, path })) }),
    ...(mode !== undefined && { defaultMode: mode }),
    ...(optional !== undefined && { optional }),
  };
}
