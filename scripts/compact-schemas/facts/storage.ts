import type { Facts } from './fact.ts';

const volumeSources = [
  'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'fc', 'flexVolume',
  'flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs', 'hostPath', 'image', 'iscsi', 'nfs', 'persistentVolumeClaim', 'photonPersistentDisk',
  'portworxVolume', 'projected', 'quobyte', 'rbd', 'scaleIO', 'secret', 'storageos', 'vsphereVolume',
] as const;

/** Volumes, claims and configuration data. */
export const storageFacts: Facts = {
  'core.v1.Volume': { '': { atMostOne: volumeSources }, name: { required: true, format: 'dnsLabel' } },
  'core.v1.EmptyDirVolumeSource': { medium: { pattern: '^(|Memory|HugePages(-.+)?)$' }, sizeLimit: { format: 'notNegativeQuantity' } },
  'core.v1.HostPathVolumeSource': { path: { required: true, format: 'noBacksteps' } },
  'core.v1.PersistentVolumeClaimVolumeSource': { claimName: { required: true } },
  'core.v1.CSIVolumeSource': { driver: { required: true } },
  'core.v1.NFSVolumeSource': { server: { required: true }, path: { required: true } },
  'core.v1.PersistentVolumeClaim': { spec: { required: true } },
  'core.v1.PersistentVolumeClaimSpec': {
    accessModes: { required: true },
    resources: { required: true },
    storageClassName: { format: 'dnsSubdomain' },
    volumeName: { maxLength: 253 },
    volumeAttributesClassName: { format: 'dnsSubdomain' },
  },
  'core.v1.TypedLocalObjectReference': { apiGroup: { format: 'dnsSubdomain' } },
  'core.v1.TypedObjectReference': { apiGroup: { format: 'dnsSubdomain' }, kind: { required: true }, name: { required: true } },
  'core.v1.ConfigMap': { data: { keyFormat: 'configKey' }, binaryData: { keyFormat: 'configKey' } },
  'core.v1.Secret': { data: { keyFormat: 'configKey' }, stringData: { keyFormat: 'configKey' } },
  'storage.v1.StorageClass': { provisioner: { required: true, format: 'controllerName' } },
};
