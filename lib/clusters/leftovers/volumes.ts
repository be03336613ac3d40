import { at, fieldsAt, textAt } from '../../values/fields.ts';
import { leftover, type Leftover } from './leftover.ts';

/** Sources of volumes that are part of a node, and go with it. */
const ofNodes = ['hostPath', 'local'];

/**
 * The disks and file systems that a cluster made for its PersistentVolumes. Those that it was given (without a provisioner) count only where
 * it would delete them.
 */
export function volumes(persistentVolumes: readonly unknown[]): Leftover[] {
  return persistentVolumes.flatMap((volume) => {
    const policy = textAt(volume, 'spec', 'persistentVolumeReclaimPolicy');
    const made = textAt(volume, 'metadata', 'annotations', 'pv.kubernetes.io/provisioned-by') !== undefined;
    const used = ['Bound', 'Released', 'Failed'].includes(textAt(volume, 'status', 'phase') ?? '');
    if (ofNodes.some((source) => at(volume, 'spec', source) !== undefined)) return [];
    if (!made && !(policy === 'Delete' && used)) return [];
    return [leftover('PersistentVolume', volume, `a volume: ${[handleOf(volume), ...belonging('claim', fieldsAt(volume, 'spec', 'claimRef')), ...staying('reclaimPolicy', policy)].join(', ')}`)];
  });
}

/** The snapshots that a cluster made, as the driver's objects name them. */
export function snapshots(contents: readonly unknown[]): Leftover[] {
  return contents.flatMap((content) => {
    const handle = textAt(content, 'status', 'snapshotHandle');
    // One with a handle for its source was there before.
    if (handle === undefined || textAt(content, 'spec', 'source', 'snapshotHandle') !== undefined) return [];
    const driver = textAt(content, 'spec', 'driver');
    return [leftover('VolumeSnapshotContent', content, `a snapshot: ${[driver === undefined ? handle : `${handle} of ${driver}`, ...belonging('VolumeSnapshot', fieldsAt(content, 'spec', 'volumeSnapshotRef')), ...staying('deletionPolicy', textAt(content, 'spec', 'deletionPolicy'))].join(', ')}`)];
  });
}

/** The machines that Karpenter started, which belong to no pool of the provider's. */
export function machines(nodeClaims: readonly unknown[]): Leftover[] {
  return nodeClaims.flatMap((claim) => {
    const id = textAt(claim, 'status', 'providerID');
    return id === undefined ? [] : [leftover('NodeClaim', claim, `a machine: ${id}`)];
  });
}

/** The handle of a volume in the cloud; the kind of its source where that has none. */
function handleOf(volume: unknown): string {
  const driver = textAt(volume, 'spec', 'csi', 'driver') ?? textAt(volume, 'spec', 'flexVolume', 'driver');
  const handle = textAt(volume, 'spec', 'csi', 'volumeHandle') ?? textAt(volume, 'spec', 'awsElasticBlockStore', 'volumeID') ?? textAt(volume, 'spec', 'flexVolume', 'options', 'volumeId');
  const source = Object.keys(fieldsAt(volume, 'spec')).filter((name) => typeof at(volume, 'spec', name) === 'object' && !['capacity', 'claimRef', 'nodeAffinity', 'accessModes', 'mountOptions'].includes(name)).sort().join(', ');
  return `${handle ?? (textAt(volume, 'metadata', 'name') ?? '')} of ${driver ?? source}`;
}

function belonging(kind: string, reference: unknown): string[] {
  const name = textAt(reference, 'name');
  return name === undefined ? [] : [`${kind} ${textAt(reference, 'namespace') ?? ''}/${name}`];
}

function staying(field: string, policy: string | undefined): string[] {
  return policy === 'Retain' ? [`${field} Retain: it stays whatever the cluster does`] : [];
}
