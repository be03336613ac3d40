import { compareText } from '../values/errors.ts';
import { at, isFields, listAt, numberAt, textAt } from '../values/fields.ts';
import { judge, judgedKinds } from './health.ts';
import { worst, type ResourceKey, type ResourceStatus, type Sync } from './status.ts';

/** Objects of some namespaces as the API server answered them. */
export interface LiveObjects {
  /** Kinds that were asked for: an object of one of them that isn't there is missing. */
  readonly kinds: ReadonlySet<string>;
  readonly objects: readonly unknown[];
}

/** The kinds to ask for to judge some objects, those that they own included: `Deployment.v1.apps`. */
export function kindsToRead(keys: readonly ResourceKey[]): string[] {
  const kinds = new Set(keys.filter(({ kind, namespace }) => namespace !== '' && judgedKinds.includes(kind)).map(kindText));
  const runs = (names: readonly string[]): boolean => keys.some(({ kind }) => names.includes(kind));
  if (runs(['Deployment', 'Rollout'])) kinds.add('ReplicaSet.v1.apps');
  if (runs(['CronJob'])) kinds.add('Job.v1.batch');
  if (runs(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'Rollout', 'StatefulSet'])) kinds.add('Pod.v1.');
  return [...kinds].sort(compareText);
}

/** How kubectl is asked for a kind, whatever other kinds have its name. */
export function kindText({ kind, version, group }: Pick<ResourceKey, 'group' | 'kind' | 'version'>): string {
  return `${kind}.${version}.${group}`;
}

/** The tree of what is applied and what that owns, judged by what is alive. */
export function resourceTree(keys: readonly (ResourceKey & { readonly sync?: Sync })[], live: LiveObjects | undefined): ResourceStatus[] {
  const owned = ownedBy(live?.objects ?? []);
  const found = new Map((live?.objects ?? []).map((object) => [keyText(keyOf(object)), object]));
  return keys.map((key): ResourceStatus => {
    const object = found.get(keyText(key));
    if (object !== undefined) return { ...judgedNode(object, owned), ...key };
    const asked = live?.kinds.has(kindText(key)) ?? false;
    return { ...key, ...(asked ? { health: 'Missing', note: 'isn\'t there' } : unread(key)), children: [] };
  }).sort(byKey);
}

/** An object that isn't looked at: of a kind without a health of its own, or where nobody could look. */
function unread({ sync }: { readonly sync?: Sync }): Pick<ResourceStatus, 'health' | 'note'> {
  return sync === 'OutOfSync' ? { health: 'Unknown', note: 'isn\'t there, or differs from Git' } : { health: 'Healthy' };
}

function judgedNode(object: unknown, owned: ReadonlyMap<string, readonly unknown[]>): ResourceStatus {
  const key = keyOf(object);
  // Old ReplicaSets and finished Jobs of a CronJob say nothing of today.
  const children = (owned.get(textAt(object, 'metadata', 'uid') ?? '') ?? []).filter((child) => textAt(child, 'kind') !== 'ReplicaSet' || (numberAt(child, 'spec', 'replicas') ?? 0) > 0);
  return { ...key, ...judge(object), children: children.map((child) => judgedNode(child, owned)).sort(byKey) };
}

function ownedBy(objects: readonly unknown[]): Map<string, unknown[]> {
  const owned = new Map<string, unknown[]>();
  for (const object of objects) {
    const owner = listAt(object, 'metadata', 'ownerReferences').find((each) => at(each, 'controller') === true);
    const uid = textAt(owner, 'uid');
    if (uid === undefined) continue;
    const same = owned.get(uid);
    if (same === undefined) owned.set(uid, [object]);
    else same.push(object);
  }
  return owned;
}

/** What identifies an object that the API server answered. */
export function keyOf(object: unknown): ResourceKey {
  const apiVersion = textAt(object, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textAt(object, 'kind') ?? '',
    namespace: textAt(object, 'metadata', 'namespace') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
  };
}

function keyText({ group, kind, namespace, name }: ResourceKey): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

function byKey(a: ResourceKey, b: ResourceKey): number {
  return compareText(a.kind, b.kind) || compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}

/** The worst health of a tree's own objects; pods and the like count by what their owner makes of them. */
export function treeHealth(tree: readonly ResourceStatus[]): ReturnType<typeof worst> {
  return worst(tree.map(({ health }) => health));
}

/** Every object of a tree that is alive, with those that it owns. */
export function aliveIn(tree: readonly ResourceStatus[], live: LiveObjects | undefined): unknown[] {
  const names = new Set<string>();
  const visit = (node: ResourceStatus): void => {
    names.add(keyText(node));
    node.children.forEach(visit);
  };
  tree.forEach(visit);
  return (live?.objects ?? []).filter((object) => isFields(object) && names.has(keyText(keyOf(object))));
}
