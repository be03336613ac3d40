import { compareText } from '../../values/errors.ts';
import type { KeptObject } from '../kept-object.ts';
import { definers, type TreeNode } from './cluster-tree.ts';
import type { TreeIndex } from './tree-index.ts';

/** That one node has to come after another, and why. */
export interface Edge {
  readonly to: number;
  /** What the message says, such as `is told to wait for platform`. */
  readonly why: string;
  /** The object that asks for it. */
  readonly object: KeptObject;
  readonly field: string;
}

/** For each node what has to come before it: because its tracking object says so, or because it uses what another makes. */
export function orderOf(nodes: readonly TreeNode[], index: TreeIndex): Edge[][] {
  const byName = new Map(nodes.map((node, at) => [node.tracking.name, at]));
  const position = new Map(nodes.map((node, at) => [node, at]));
  const places = placesOf(nodes, index);
  const before = waveEdges(nodes);
  return nodes.map((node, at) => {
    const { tracking, cluster } = node;
    const told = tracking.dependsOn.flatMap((name): Edge[] => {
      const to = byName.get(name);
      return to === undefined ? [] : [{ to, why: `waits for ${name}`, object: tracking.kept, field: 'spec.dependsOn' }];
    });
    const place = places.get(cluster);
    const used = node.folders.flatMap((folder) => [...folder.uses].flatMap(([kind, object]): Edge[] => {
      if (isOwnController(kind)) return [];
      const found = place?.definers(kind) ?? [];
      const [first] = found;
      const to = first === undefined || found.includes(node) ? undefined : position.get(first);
      return to === undefined ? [] : [{ to, why: `has ${describe(object)}, whose definition ${first?.tracking.name ?? ''} brings`, object, field: 'apiVersion' }];
    }));
    const housed = node.folders.flatMap((folder) => [...folder.namespaces].flatMap(([namespace, object]): Edge[] => {
      const makers = place?.makers.get(namespace) ?? [];
      const [first] = makers;
      const to = first === undefined || makers.includes(node) ? undefined : position.get(first);
      return to === undefined ? [] : [{ to, why: `has ${describe(object)} in the namespace ${namespace}, which ${first?.tracking.name ?? ''} makes`, object, field: 'metadata.namespace' }];
    }));
    return [...told, ...(before[at] ?? []), ...used, ...housed];
  });
}

/** Tracking objects are there as soon as bootstrap has installed the controller. */
function isOwnController(kind: string): boolean {
  return ['argoproj.io/Application', 'argoproj.io/AppProject', 'argoproj.io/ApplicationSet'].includes(kind) || kind.slice(0, kind.indexOf('/')).endsWith('toolkit.fluxcd.io');
}

/** Among the objects of one folder Argo CD waits for each wave before it begins the next. */
function waveEdges(nodes: readonly TreeNode[]): Edge[][] {
  const edges: Edge[][] = nodes.map(() => []);
  const folders = new Map<string, number[]>();
  for (const [at, { tracking }] of nodes.entries()) folders.set(tracking.folder, [...(folders.get(tracking.folder) ?? []), at]);
  for (const members of folders.values()) {
    const waveOf = (at: number): number => nodes[at]?.tracking.wave ?? 0;
    const waves = [...new Set(members.map(waveOf))].sort((a, b) => a - b);
    for (const [index, wave] of waves.entries()) {
      const earlier = waves[index - 1];
      if (earlier === undefined) continue;
      for (const at of members.filter((each) => waveOf(each) === wave)) {
        for (const to of members.filter((each) => waveOf(each) === earlier)) {
          const node = nodes[at];
          if (node !== undefined) edges[at]?.push({ to, why: `is in wave ${wave} after ${nodes[to]?.tracking.name ?? ''}`, object: node.tracking.kept, field: 'metadata.annotations["argocd.argoproj.io/sync-wave"]' });
        }
      }
    }
  }
  return edges;
}

/** Who brings what on one cluster. */
interface Place {
  readonly nodes: TreeNode[];
  readonly makers: Map<string, TreeNode[]>;
  definers(kind: string): readonly TreeNode[];
}

function placesOf(nodes: readonly TreeNode[], index: TreeIndex): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const node of nodes) {
    const place = places.get(node.cluster) ?? placeOf(index);
    places.set(node.cluster, place);
    place.nodes.push(node);
    for (const namespace of node.folders.flatMap(({ makes }) => [...makes.keys()])) place.makers.set(namespace, [...(place.makers.get(namespace) ?? []), node]);
  }
  return places;
}

function placeOf(index: TreeIndex): Place {
  const known = new Map<string, readonly TreeNode[]>();
  const nodes: TreeNode[] = [];
  return {
    nodes,
    makers: new Map(),
    definers(kind) {
      let found = known.get(kind);
      if (found === undefined) known.set(kind, (found = definers(kind, nodes, index).sort((a, b) => compareText(a.tracking.name, b.tracking.name))));
      return found;
    },
  };
}

/** An object as a message names it. */
export function describe({ landed }: KeptObject): string {
  return `${landed.kind.slice(landed.kind.lastIndexOf('/') + 1)} ${landed.namespace === '' ? '' : `${landed.namespace}/`}${landed.name} (${landed.file})`;
}
