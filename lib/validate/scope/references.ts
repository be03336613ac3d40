import { analysisUses, templateReferences, type TemplateReference } from './analysis-uses.ts';
import { rolloutServices } from './rollout.ts';
import { routedObjects } from './routed-objects.ts';
import { dig, isRecord, list, text } from '../schemas/plain.ts';
import type { LandedObject } from './landing.ts';
import type { Container } from './workload.ts';

/** Something that an object names. */
export interface Reference {
  /** Group and kind. */
  readonly kind: string;
  readonly name: string;
  /** Path of the field that names it. */
  readonly field: string;
}

/** What exists in every namespace without anyone making it. */
const given: ReadonlySet<string> = new Set(['ServiceAccount default', 'ConfigMap kube-root-ca.crt']);

/** Everything of its own namespace that an object cannot do without. */
export function referencesOf(object: LandedObject): Reference[] {
  const found = [...podReferences(object), ...otherReferences(object)];
  return found.length === 0 ? found : found.filter(({ kind, name }) => !given.has(`${kind} ${name}`));
}

function podReferences({ workload }: LandedObject): Reference[] {
  if (workload === undefined) return [];
  const { spec, specField } = workload;
  const found: Reference[] = [];
  const account = text(spec, 'serviceAccountName');
  if (account !== undefined) found.push({ kind: 'ServiceAccount', name: account, field: `${specField}.serviceAccountName` });
  for (const [index, secret] of list(spec, 'imagePullSecrets').entries()) {
    const name = text(secret, 'name');
    if (name !== undefined) found.push({ kind: 'Secret', name, field: `${specField}.imagePullSecrets[${index}].name` });
  }
  for (const [index, volume] of list(spec, 'volumes').entries()) found.push(...volumeReferences(volume, `${specField}.volumes[${index}]`));
  for (const container of workload.containers) found.push(...containerReferences(container));
  return found;
}

function volumeReferences(volume: unknown, field: string): Reference[] {
  const found: Reference[] = [];
  addNeeded(found, 'ConfigMap', dig(volume, 'configMap'), 'name', `${field}.configMap`);
  addNeeded(found, 'Secret', dig(volume, 'secret'), 'secretName', `${field}.secret`);
  addNeeded(found, 'PersistentVolumeClaim', dig(volume, 'persistentVolumeClaim'), 'claimName', `${field}.persistentVolumeClaim`);
  for (const [index, source] of list(dig(volume, 'projected'), 'sources').entries()) {
    addNeeded(found, 'ConfigMap', dig(source, 'configMap'), 'name', `${field}.projected.sources[${index}].configMap`);
    addNeeded(found, 'Secret', dig(source, 'secret'), 'name', `${field}.projected.sources[${index}].secret`);
  }
  return found;
}

/** Adds what a source names, unless it may be absent. */
function addNeeded(found: Reference[], kind: string, source: unknown, key: string, place: string): void {
  const name = text(source, key);
  if (name !== undefined && dig(source, 'optional') !== true) found.push({ kind, name, field: `${place}.${key}` });
}

function containerReferences({ value, field }: Container): Reference[] {
  const found: Reference[] = [];
  for (const [index, variable] of list(value, 'env').entries()) {
    const from = dig(variable, 'valueFrom');
    if (!isRecord(from)) continue;
    addNeeded(found, 'ConfigMap', from['configMapKeyRef'], 'name', `${field}.env[${index}].valueFrom.configMapKeyRef`);
    addNeeded(found, 'Secret', from['secretKeyRef'], 'name', `${field}.env[${index}].valueFrom.secretKeyRef`);
  }
  for (const [index, source] of list(value, 'envFrom').entries()) {
    addNeeded(found, 'ConfigMap', dig(source, 'configMapRef'), 'name', `${field}.envFrom[${index}].configMapRef`);
    addNeeded(found, 'Secret', dig(source, 'secretRef'), 'name', `${field}.envFrom[${index}].secretRef`);
  }
  return found;
}

function otherReferences(object: LandedObject): Reference[] {
  const spec = dig(object.value, 'spec');
  switch (object.kind) {
    case 'networking.k8s.io/Ingress': {
      // cert-manager makes the Secret of an annotated Ingress.
      const issued = Object.keys(dig(object.value, 'metadata', 'annotations') ?? {}).some((key) => /^cert-manager\.io\/(cluster-)?issuer$/.test(key) || key === 'kubernetes.io/tls-acme');
      return issued ? [] : list(spec, 'tls').flatMap((tls, index): Reference[] => {
        const name = text(tls, 'secretName');
        return name === undefined ? [] : [{ kind: 'Secret', name, field: `spec.tls[${index}].secretName` }];
      });
    }
    case 'rbac.authorization.k8s.io/RoleBinding':
      return bindingReferences(object);
    case 'ServiceAccount':
      return list(object.value, 'imagePullSecrets').flatMap((secret, index): Reference[] => {
        const name = text(secret, 'name');
        return name === undefined ? [] : [{ kind: 'Secret', name, field: `imagePullSecrets[${index}].name` }];
      });
    case 'argoproj.io/Rollout':
      return [...rolloutReferences(object.value), ...analysisUses(object.value).flatMap(({ templates }) => ownTemplates(templates))];
    case 'argoproj.io/Experiment':
      return analysisUses(object.value).flatMap(({ templates }) => ownTemplates(templates));
    case 'argoproj.io/AnalysisTemplate':
      return ownTemplates(templateReferences(spec, 'spec'));
    default:
      return [];
  }
}

function bindingReferences(object: LandedObject): Reference[] {
  const role = dig(object.value, 'roleRef');
  const roleName = text(role, 'name');
  const roles: Reference[] = dig(role, 'kind') === 'Role' && roleName !== undefined ? [{ kind: 'rbac.authorization.k8s.io/Role', name: roleName, field: 'roleRef.name' }] : [];
  const accounts = list(object.value, 'subjects').flatMap((subject, index): Reference[] => {
    const name = text(subject, 'name');
    if (dig(subject, 'kind') !== 'ServiceAccount' || name === undefined) return [];
    // Accounts of other namespaces belong to others.
    return (text(subject, 'namespace') ?? object.namespace) === object.namespace ? [{ kind: 'ServiceAccount', name, field: `subjects[${index}].name` }] : [];
  });
  return [...roles, ...accounts];
}

/** Templates of the object's own namespace: those of the whole cluster may be somebody else's. */
function ownTemplates(templates: readonly TemplateReference[]): Reference[] {
  return templates.filter(({ clusterScope }) => !clusterScope).map(({ name, field }) => ({ kind: 'argoproj.io/AnalysisTemplate', name, field }));
}

function rolloutReferences(rollout: unknown): Reference[] {
  const reference = dig(rollout, 'spec', 'workloadRef');
  const workload = text(reference, 'name');
  const group = (text(reference, 'apiVersion') ?? '').split('/')[0] ?? '';
  const pods: Reference[] = workload === undefined ? [] : [{ kind: `${group}/${text(reference, 'kind') ?? ''}`, name: workload, field: 'spec.workloadRef.name' }];
  return [...pods, ...rolloutServices(rollout).map(({ name, field }) => ({ kind: 'Service', name, field })), ...routedObjects(rollout)];
}
