import { compareText, throwProblems, type Problem } from '../values/errors.ts';
import { fieldsAt, listAt, textAt } from '../values/fields.ts';
import { manifestObjects } from './manifest-index.ts';

/** Kubernetes' own kinds without a namespace that charts make. */
const clusterKinds = new Set([
  'APIService', 'CSIDriver', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'FlowSchema', 'IngressClass', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration', 'Namespace', 'PersistentVolume', 'PriorityClass', 'PriorityLevelConfiguration', 'RuntimeClass', 'StorageClass', 'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration', 'VolumeAttributesClass',
]);

/**
 * Refuses what a chart may render for Helm but not for Git and both controllers: Secrets with data, hooks (Argo CD would run them at each sync, Flux
 * would apply them as they are), and objects whose namespace only Helm knows. Every such object is told, with what to set.
 */
export function refuseUnfitRender(where: string, text: string): void {
  const problems: Problem[] = [];
  const objects = manifestObjects(where, text);
  const custom = new Map(objects.filter((object) => textAt(object, 'kind') === 'CustomResourceDefinition').map((object) => [`${textAt(object, 'spec', 'group') ?? ''}/${textAt(object, 'spec', 'names', 'kind') ?? ''}`, textAt(object, 'spec', 'scope')]));
  for (const object of objects) {
    const kind = textAt(object, 'kind') ?? 'object';
    const namespace = textAt(object, 'metadata', 'namespace');
    const name = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${textAt(object, 'metadata', 'name') ?? ''}`;
    const keys = kind === 'Secret' ? [...Object.keys(fieldsAt(object, 'data')), ...Object.keys(fieldsAt(object, 'stringData'))].sort(compareText) : [];
    if (keys.length > 0) problems.push({ where, message: `expected no secrets, got ${name} with ${keys.join(', ')}`, fix: 'set the values with which the chart takes a Secret that exists already (often existingSecret), or turns the part off that makes it' });
    const hook = textAt(object, 'metadata', 'annotations', 'helm.sh/hook');
    if (hook !== undefined) problems.push({ where, message: `expected no hooks, which only Helm runs as they are meant, got ${name} (${hook})`, fix: 'turn the part off that makes it, by the values of the add-on' });
    const scope = kind === 'List' ? 'Cluster' : custom.get(`${(textAt(object, 'apiVersion') ?? '').split('/')[0] ?? ''}/${kind}`);
    if (namespace === undefined && scope !== 'Cluster' && !clusterKinds.has(kind) && (scope === 'Namespaced' || isBuiltIn(object))) {
      problems.push({ where, message: `expected a namespace, got ${name} without one`, fix: 'the chart leaves it to Helm: report it to its authors, or install it as an external app' });
    }
  }
  throwProblems(problems);
}

function isBuiltIn(object: unknown): boolean {
  const [group = '', version] = (textAt(object, 'apiVersion') ?? '').split('/');
  return listAt(object, 'metadata', 'ownerReferences').length === 0 && (version === undefined || !group.includes('.') || group.endsWith('.k8s.io'));
}
