import type { KubeObject } from '../rendered.ts';

/** Groups that Kubernetes itself serves although their name has a dot: their lists merge by key, those of custom resources are replaced. */
const ownGroups = new Set([
  'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io', 'certificates.k8s.io', 'coordination.k8s.io', 'discovery.k8s.io', 'events.k8s.io',
  'flowcontrol.apiserver.k8s.io', 'networking.k8s.io', 'node.k8s.io', 'rbac.authorization.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io',
]);

/** Whether an object is of a kind that Kubernetes itself serves. */
export function isOwnKind(object: Pick<KubeObject, 'apiVersion'>): boolean {
  const group = object.apiVersion.includes('/') ? object.apiVersion.slice(0, object.apiVersion.indexOf('/')) : '';
  return !group.includes('.') || ownGroups.has(group);
}

const keys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  schedulingGates: ['name'],
  resourceClaims: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  ownerReferences: ['uid'],
  conditions: ['type'],
  webhooks: ['name'],
};

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

/**
 * The fields that tell the items of a list apart (`x-kubernetes-patch-merge-key` upstream). Undefined: a patch replaces the list.
 *
 * @param path names of the fields that lead to the list, without indices
 */
export function mergeKeysOf(object: Pick<KubeObject, 'apiVersion' | 'kind'>, path: readonly string[]): readonly string[] | undefined {
  const name = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  if (name === 'ports') {
    if (containerLists.includes(parent)) return ['containerPort', 'protocol'];
    return object.kind === 'Service' && parent === 'spec' ? ['port', 'protocol'] : undefined;
  }
  if (object.kind === 'ServiceAccount') return name === 'secrets' ? keys['secrets'] : undefined;
  return name === 'secrets' ? undefined : keys[name];
}
