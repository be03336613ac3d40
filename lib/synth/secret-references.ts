import type { KubeObject } from '../manifests/rendered.ts';
import { fieldsAt, isFields, listAt, textAt, type Fields } from '../values/fields.ts';

/** A Secret that an object names and can't do without. */
export interface SecretReference {
  readonly namespace: string;
  readonly name: string;
  /** @default - nothing says which */
  readonly key?: string;
  /** Path of the field that names it, without indices. */
  readonly field: string;
}

/** Kinds whose fields describe other objects' fields or hold text, so that nothing in them is a reference. */
const opaque = new Set(['ConfigMap', 'CustomResourceDefinition']);
/** Fields that name a Secret under `name`, wherever they stand. */
const byName = /^(secretRef|secretKeyRef|\w+SecretRef|\w*[tT]okenSecret|\w*CredentialsSecret)$/;

/** The Secrets that an object names: by pods, by ingresses and gateways, by the fields that operators' kinds use. Those that may be absent are left out. */
export function secretsNamedBy(object: KubeObject, namespace: string): SecretReference[] {
  if (object.kind === 'ConfigMap') return namedInArgoCdSettings(object, namespace);
  if (object.kind === 'Secret') return namedInArgoCdSecret(object, namespace);
  if (opaque.has(object.kind)) return [];
  const found: SecretReference[] = [];
  walk(object, { object, namespace, field: '', found });
  return distinct(found.filter(({ name }) => name !== ''));
}

interface Walk {
  readonly object: KubeObject;
  readonly namespace: string;
  readonly field: string;
  readonly found: SecretReference[];
}

function walk(value: unknown, state: Walk): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, state);
  } else if (isFields(value)) {
    if (value['optional'] === true) return;
    for (const [key, item] of Object.entries(value)) {
      const field = state.field === '' ? key : `${state.field}.${key}`;
      if (field === 'metadata' || field === 'status') continue;
      note(key, item, value, { ...state, field });
      walk(item, { ...state, field });
    }
  }
}

function note(key: string, item: unknown, parent: Fields, { object, namespace, field, found }: Walk): void {
  const add = (name: string | undefined, from?: unknown): void => {
    const secretKey = textAt(from, 'key');
    if (name !== undefined) found.push({ namespace: textAt(from, 'namespace') ?? namespace, name, field, ...(secretKey !== undefined && { key: secretKey }) });
  };
  const optional = isFields(item) && item['optional'] === true;
  if (byName.test(key) && !optional && !writes(object, field)) add(textAt(item, 'name'), item);
  if (key === 'secretName' && typeof item === 'string' && !(object.kind === 'Certificate') && !(object.kind === 'Ingress' && isIssued(object))) add(item);
  if (key === 'imagePullSecrets') for (const each of listAt(parent, key)) add(textAt(each, 'name'));
  if (key === 'certificateRefs' && !isIssued(object)) {
    for (const each of listAt(parent, key)) if ((textAt(each, 'kind') ?? 'Secret') === 'Secret') add(textAt(each, 'name'), { namespace: textAt(each, 'namespace') });
  }
  // Argo CD Image Updater names them in text: the config repo's credential, and a registry's.
  const [, of, text] = object.kind === 'ImageUpdater' && typeof item === 'string' ? /^(?:git:secret|pullsecret):(?:([a-z0-9-]+)\/)?([a-z0-9.-]+)$/.exec(item) ?? [] : [];
  if (text !== undefined) add(text, { namespace: of });
  // Argo CD Image Updater names its credentials in texts.
  const named = typeof item === 'string' ? /^(?:git:secret|pullsecret):(?:([^/]+)\/)?([^/]+)$/.exec(item) : null;
  if (named !== null) add(named[2], { namespace: named[1] });
  // A projected volume.
  if (key === 'secret' && field.endsWith('projected.sources.secret') && !optional) add(textAt(item, 'name'));
}

/** Argo CD's settings name keys of Secrets in text: `$name:key`, or `$key` of its own Secret. */
function namedInArgoCdSettings(object: KubeObject, namespace: string): SecretReference[] {
  const settings = { 'argocd-cm': { own: 'argocd-secret', keys: /^(dex|oidc)\.config$/ }, 'argocd-notifications-cm': { own: 'argocd-notifications-secret', keys: /^service\./ } } as const;
  const name = object.metadata?.name ?? '';
  if (name !== 'argocd-cm' && name !== 'argocd-notifications-cm') return [];
  const { own, keys } = settings[name];
  const found = Object.entries(fieldsAt(object, 'data')).filter(([key]) => keys.test(key)).flatMap(([key, text]) =>
    [...String(text).matchAll(/(?<![$\w])\$([A-Za-z0-9][\w.-]*)(?::([\w.-]+))?/g)].map(([, first = '', second]): SecretReference => (
      { namespace, name: second === undefined ? own : first, key: second ?? first, field: `data.${key}` })));
  return distinct(found);
}

/** Keys of Argo CD's own Secret that only say where a value is: `$name:key`. */
function namedInArgoCdSecret(object: KubeObject, namespace: string): SecretReference[] {
  if (object.metadata?.name !== 'argocd-secret') return [];
  return distinct(Object.entries(fieldsAt(object, 'data')).flatMap(([key, value]): SecretReference[] => {
    const [, name, of] = /^\$([a-z0-9][a-z0-9.-]*):([\w.-]+)$/.exec(Buffer.from(String(value), 'base64').toString('utf8')) ?? [];
    return name === undefined || of === undefined ? [] : [{ namespace, name, key: of, field: `data.${key}` }];
  }));
}

/** Fields that name a Secret which the object's operator makes. */
function writes(object: KubeObject, field: string): boolean {
  return /Issuer$/.test(object.kind) && field.endsWith('privateKeySecretRef');
}

/** Whether cert-manager makes the Secrets of an Ingress or a Gateway. */
function isIssued(object: KubeObject): boolean {
  return Object.keys(object.metadata?.annotations ?? {}).some((name) => /^cert-manager\.io\/(cluster-)?issuer$/.test(name) || name === 'kubernetes.io/tls-acme');
}

/** The Secrets that an object is, or that its operator makes of it: `namespace/name`. */
export function secretsMadeBy(object: KubeObject, namespace: string): string[] {
  const own = object.metadata?.name ?? '';
  switch (object.kind) {
    case 'Secret':
      // One without data is only the place where others put theirs.
      return Object.keys(fieldsAt(object, 'data')).length + Object.keys(fieldsAt(object, 'stringData')).length > 0 ? [`${namespace}/${own}`] : [];
    case 'SealedSecret':
      return [`${namespace}/${textAt(object, 'spec', 'template', 'metadata', 'name') ?? own}`];
    case 'ExternalSecret':
      return [`${namespace}/${textAt(object, 'spec', 'target', 'name') ?? own}`];
    case 'Certificate':
      return [`${namespace}/${textAt(object, 'spec', 'secretName') ?? ''}`];
    case 'ClusterRole':
    case 'Role':
      return madeAtRunTime(object, namespace);
    default:
      return [];
  }
}

/** Who may create Secrets and is given some by name makes those when it starts: a password between two of its own parts, a webhook's certificate. */
function madeAtRunTime(role: KubeObject, namespace: string): string[] {
  const rules = listAt(role, 'rules').filter((rule) => listAt(rule, 'resources').includes('secrets'));
  if (!rules.some((rule) => listAt(rule, 'verbs').some((verb) => verb === 'create' || verb === '*'))) return [];
  return rules.flatMap((rule) => listAt(rule, 'resourceNames')).map((name) => `${namespace}/${String(name)}`);
}

function distinct(references: readonly SecretReference[]): SecretReference[] {
  return [...new Map(references.map((each) => [`${each.namespace}/${each.name}/${each.key ?? ''}/${each.field}`, each])).values()];
}
