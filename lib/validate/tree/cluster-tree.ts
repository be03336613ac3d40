import type { FolderSummary } from './folder-summary.ts';
import type { StandingUnit, TreeIndex } from './tree-index.ts';
import type { TrackingObject } from './tracking-object.ts';

/** One thing that a controller applies as one: what a tracking object follows. */
export interface TreeNode {
  readonly tracking: TrackingObject;
  /** The cluster where its objects land. */
  readonly cluster: string;
  readonly folders: readonly FolderSummary[];
  /** What it stands on, and is known to define. */
  readonly standing: readonly StandingUnit[];
}

/** All nodes of a host: what its controller applies, on itself and on its members. */
export function nodesOf(index: TreeIndex, host: string): TreeNode[] {
  const standing = standingByUnit(index);
  return (index.tracking.get(host) ?? []).map((tracking) => {
    const folders = tracking.paths.map((path) => folderAt(path, index, standing));
    return {
      tracking,
      cluster: tracking.destination ?? host,
      folders: folders.flatMap((folder) => index.folders.get(folder) ?? []),
      standing: folders.flatMap((folder) => standing.get(folder) ?? []),
    };
  });
}

const byUnit = new WeakMap<TreeIndex, ReadonlyMap<string, StandingUnit>>();

function standingByUnit(index: TreeIndex): ReadonlyMap<string, StandingUnit> {
  let map = byUnit.get(index);
  if (map === undefined || map.size !== index.standing.length) byUnit.set(index, (map = new Map(index.standing.map((each) => [each.unit, each]))));
  return map;
}

/** A path in the repository as a folder of the runtime repo, which may lie below a path itself. */
function folderAt(path: string, index: TreeIndex, standing: ReadonlyMap<string, StandingUnit>): string {
  for (let rest = path; ;) {
    if (index.folders.has(rest) || standing.has(rest)) return rest;
    const slash = rest.indexOf('/');
    if (slash < 0) return path;
    rest = rest.slice(slash + 1);
  }
}

/** Who defines a custom resource, such as `argoproj.io/Rollout`, among nodes on one cluster: what upstream or a definition says, else what is known of it. */
export function definers(kind: string, nodes: readonly TreeNode[], index: TreeIndex): TreeNode[] {
  const group = kind.slice(0, kind.indexOf('/'));
  const exact = nodes.filter((node) => node.folders.some((folder) => folder.defines.has(kind)) || node.standing.some((unit) => unit.provides.includes(kind) || upstreamDefines(unit, kind, index)));
  if (exact.length > 0) return exact;
  // What isn't vendored here is known by its groups alone.
  return nodes.filter((node) => node.standing.some((unit) => unit.provides.includes(group) && unit.needs.some((need) => !index.upstream.has(need))));
}

function upstreamDefines(unit: StandingUnit, kind: string, index: TreeIndex): boolean {
  return unit.needs.some((need) => definedBy(need, index).has(kind));
}

const definedKinds = new WeakMap<object, ReadonlySet<string>>();

function definedBy(need: string, index: TreeIndex): ReadonlySet<string> {
  const upstream = index.upstream.get(need);
  if (upstream === undefined) return new Set();
  let kinds = definedKinds.get(upstream);
  if (kinds === undefined) definedKinds.set(upstream, (kinds = new Set(upstream.definitions.map((definition) => `${definition.group}/${definition.kind}`))));
  return kinds;
}

/** Nodes by the cluster where their objects land. */
export function groupByCluster(nodes: readonly TreeNode[]): ReadonlyMap<string, readonly TreeNode[]> {
  const groups = new Map<string, TreeNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.cluster);
    if (group === undefined) groups.set(node.cluster, [node]);
    else group.push(node);
  }
  return groups;
}
