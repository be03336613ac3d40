import { isFields, listAt, textAt, type Fields } from '../../values/fields.ts';
import type { KubeObject } from '../rendered.ts';

/** Kinds of Kubernetes itself that have no namespace. */
const clusterScoped = new Set([
  'APIService', 'CSIDriver', 'CSINode', 'CertificateSigningRequest', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'FlowSchema', 'IngressClass',
  'MutatingWebhookConfiguration', 'Namespace', 'Node', 'PersistentVolume', 'PriorityClass', 'PriorityLevelConfiguration', 'RuntimeClass', 'StorageClass',
  'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration', 'VolumeAttachment',
]);

/** Puts all objects into a namespace, as the `namespace` of a kustomization does: their own field, accounts that a binding names, and the Services of webhooks. */
export function inNamespace(objects: readonly KubeObject[], namespace: string): KubeObject[] {
  const accounts = new Set(objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => accountKey(metadata?.namespace, metadata?.name)));
  return objects.map((object): KubeObject => {
    if (object.kind === 'Namespace') return { ...object, metadata: { ...object.metadata, name: namespace } };
    const placed: KubeObject = clusterScoped.has(object.kind) ? object : { ...object, metadata: { ...object.metadata, namespace } };
    if (object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding') {
      return { ...placed, subjects: listAt(object, 'subjects').map((subject) => (isFields(subject) && subject['kind'] === 'ServiceAccount' && (subject['name'] === 'default' || accounts.has(accountKey(textAt(subject, 'namespace'), textAt(subject, 'name')))) ? { ...subject, namespace } : subject)) };
    }
    return placed;
  });
}

function accountKey(namespace = 'default', name = ''): string {
  return `${namespace}/${name}`;
}

/** Sets image versions wherever pods stand in an object, as the `images` of a kustomization do. */
export function withImages(object: KubeObject, images: readonly Fields[]): KubeObject {
  return images.length === 0 || object.kind === 'CustomResourceDefinition' ? object : replaced(object, images) as KubeObject;
}

function replaced(value: unknown, images: readonly Fields[]): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, images));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [
    key,
    (key === 'containers' || key === 'initContainers') && Array.isArray(item) ? item.map((container: unknown) => replaced(withImage(container, images), images)) : replaced(item, images),
  ]));
}

function withImage(container: unknown, images: readonly Fields[]): unknown {
  const image = textAt(container, 'image');
  if (!isFields(container) || image === undefined) return container;
  let current = image;
  for (const change of images) current = changed(current, change);
  return { ...container, image: current };
}

function changed(image: string, change: Fields): string {
  const [, name = image, tag = '', digest = ''] = /^(.*?)(:[^:/@]+)?(@[^@]+)?$/.exec(image) ?? [];
  if (name !== change['name']) return image;
  const newName = textAt(change, 'newName') ?? name;
  const newTag = textAt(change, 'newTag');
  const newDigest = textAt(change, 'digest');
  if (newTag === undefined && newDigest === undefined) return `${newName}${tag}${digest}`;
  // One without the other drops the other: a new tag with the old digest would run the old image.
  return `${newName}${newTag === undefined ? '' : `:${newTag}`}${newDigest === undefined ? '' : `@${newDigest}`}`;
}
