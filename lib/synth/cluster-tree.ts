import { buildFolder, type ObjectSource } from '../manifests/kustomize/build.ts';
import { layout } from '../manifests/layout.ts';
import type { KubeObject } from '../manifests/rendered.ts';
import { compareText } from '../values/errors.ts';
import { at, listAt, textAt } from '../values/fields.ts';

/** An object that lands on a cluster. */
export interface TreeObject {
  readonly value: KubeObject;
  /** The folder of the runtime repo whose build holds it. */
  readonly folder: string;
  /** Where it lands; empty for kinds without namespaces that name none. */
  readonly namespace: string;
}

/** A folder that something follows. */
interface Followed {
  readonly folder: string;
  readonly namespace: string;
}

/**
 * Everything that lands on a cluster that runs its own controller: its root's objects, and what the tracking objects among them follow,
 * folder by folder. What comes from elsewhere than the runtime repo (external apps) and what a hub delivers to its members isn't in it.
 */
export function treeOf(cluster: string, source: ObjectSource): TreeObject[] {
  const root = layout.root(cluster);
  const queue: Followed[] = [{ folder: root, namespace: '' }];
  const done = new Set<string>();
  const found: TreeObject[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { folder, namespace } = next;
    if (done.has(folder)) continue;
    done.add(folder);
    for (const value of buildFolder(folder, source)) {
      found.push({ value, folder, namespace: value.metadata?.namespace ?? namespace });
      queue.push(...followedBy(value, source));
    }
  }
  return found;
}

/** The folders of a tree, sorted. */
export function foldersOf(tree: readonly TreeObject[]): string[] {
  return [...new Set(tree.map(({ folder }) => folder))].sort(compareText);
}

function followedBy(value: KubeObject, source: ObjectSource): Followed[] {
  if (value.kind === 'Application' && value.apiVersion.startsWith('argoproj.io/')) {
    // A member's objects land elsewhere; only its tracking objects lie here.
    if (at(value, 'spec', 'destination', 'name') !== undefined) return [];
    const namespace = textAt(value, 'spec', 'destination', 'namespace') ?? '';
    return [at(value, 'spec', 'source'), ...listAt(value, 'spec', 'sources')].flatMap((each) => within(textAt(each, 'path'), namespace, source));
  }
  if (value.kind === 'Kustomization' && value.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) {
    if (at(value, 'spec', 'kubeConfig') !== undefined) return [];
    return within(textAt(value, 'spec', 'path'), textAt(value, 'spec', 'targetNamespace') ?? '', source);
  }
  return [];
}

/** The folder that a path of the repository means: paths carry the folder in which the runtime repo begins. */
function within(path: string | undefined, namespace: string, source: ObjectSource): Followed[] {
  if (path === undefined) return [];
  const parts = path.replace(/^\.\//, '').replace(/\/$/, '').split('/');
  for (let skip = 0; skip < parts.length; skip += 1) {
    const folder = parts.slice(skip).join('/');
    if (source(layout.kustomization(folder)) !== undefined) return [{ folder, namespace }];
  }
  return [];
}
