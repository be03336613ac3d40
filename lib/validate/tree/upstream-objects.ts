import type { UpstreamIndex, UpstreamObject } from '../../manifests/rendered.ts';
import { dig, list, text } from '../schemas/plain.ts';
import { kubernetesData } from '../schemas/library.ts';
import type { KeptObject } from '../kept-object.ts';
import type { StandingUnit, TreeIndex } from './tree-index.ts';

/** A patch of a kustomization: what it is for, and its text. */
export interface PatchEntry {
  /** @default - the object that the text names */
  readonly target: unknown;
  readonly text: string;
}

/** The patches of a kustomization. */
export function patchesOf(kustomization: unknown): PatchEntry[] {
  return list(kustomization, 'patches').map((entry) => ({ target: dig(entry, 'target'), text: text(entry, 'patch') ?? '' }));
}

/** Whether a patch's target takes an object: a field that is missing takes all, a name is a regular expression that matches whole. */
export function targets(target: unknown, { apiVersion, kind, name, namespace }: Pick<UpstreamObject, 'apiVersion' | 'kind' | 'name' | 'namespace'>): boolean {
  const slash = apiVersion.indexOf('/');
  const own: Readonly<Record<string, string>> = { group: slash < 0 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind };
  const same = Object.entries(own).every(([field, value]) => (text(target, field) ?? value) === value);
  const matches = (pattern: string | undefined, value: string): boolean => pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value);
  return same && matches(text(target, 'name'), name) && matches(text(target, 'namespace'), namespace ?? '');
}

/** Everything that units bring to their clusters from upstream manifests, after what their kustomizations take away and move. Units that stand alike share one list. */
export function* upstreamObjects(index: TreeIndex): Generator<KeptObject, void, void> {
  const groups = new Map<string, { readonly need: string; readonly upstream: UpstreamIndex; readonly first: StandingUnit; readonly clusters: string[] }[]>();
  for (const unit of index.standing) {
    for (const need of unit.needs) {
      const upstream = index.upstream.get(need);
      if (upstream === undefined) continue;
      const key = JSON.stringify([need, dig(unit.kustomization, 'namespace'), deletions(unit.kustomization).map(({ target }) => target)]);
      const alike = groups.get(key) ?? [];
      groups.set(key, alike);
      // The same manifest twice on a cluster is two owners.
      const free = alike.find(({ clusters }) => !unit.clusters.some((cluster) => clusters.includes(cluster)));
      if (free === undefined) alike.push({ need, upstream, first: unit, clusters: [...unit.clusters] });
      else free.clusters.push(...unit.clusters);
    }
  }
  for (const { need, upstream, first, clusters } of [...groups.values()].flat()) {
    const gone = deletions(first.kustomization);
    const namespace = text(first.kustomization, 'namespace');
    for (const object of upstream.objects) {
      if (gone.some(({ target }) => targets(target, object))) continue;
      yield keptOf(object, upstream, namespace, { unit: first.unit, file: first.file, construct: need, clusters });
    }
  }
}

/** Patches that take objects away. What is chosen by labels isn't known here: it counts as there. */
function deletions(kustomization: unknown): PatchEntry[] {
  return patchesOf(kustomization).filter(({ target, text: patch }) => target !== undefined && /^\$patch: "?delete"?$/m.test(patch) && text(target, 'labelSelector') === undefined && text(target, 'annotationSelector') === undefined);
}

function keptOf(object: UpstreamObject, upstream: UpstreamIndex, namespace: string | undefined, at: Pick<KeptObject, 'clusters' | 'construct' | 'unit'> & { readonly file: string }): KeptObject {
  const { apiVersion, kind, name } = object;
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const qualified = group === '' ? kind : `${group}/${kind}`;
  const clusterScoped = kubernetesData().clusterScoped.includes(qualified) || upstream.definitions.some((definition) => definition.group === group && definition.kind === kind && !definition.namespaced);
  const own = clusterScoped ? undefined : namespace ?? object.namespace;
  const { file, ...rest } = at;
  return { landed: { clusterScoped, file, kind: qualified, name, namespace: own ?? '' }, apiVersion, ownNamespace: own, ...rest };
}
