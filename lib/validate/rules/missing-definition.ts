import type { KeptObject } from '../kept-object.ts';
import type { FleetRule } from '../rule.ts';
import { definers, groupByCluster, nodesOf, type TreeNode } from '../tree/cluster-tree.ts';
import { describe } from '../tree/order.ts';

/** Who uses a custom resource finds its definition. */
export const missingDefinition: FleetRule = {
  id: 'missing-definition',
  scope: 'fleet',
  severity: 'error',
  title: 'The definition of every custom resource is brought by something on its cluster, or declared as being there',
  fix: 'add the add-on that brings it to the environment\'s addOns, or name its group in the cluster\'s existingDefinitions',
  check(index, report) {
    const missing = new Map<string, { readonly kind: string; readonly object: KeptObject; readonly clusters: string[] }>();
    for (const host of index.trees.tracking.keys()) {
      const nodes = nodesOf(index.trees, host);
      for (const [cluster, here] of groupByCluster(nodes)) {
        // Where nothing is known of what is there already, nothing can be missed.
        if (!index.knowsDefinitions(cluster)) continue;
        for (const [kind, object] of usedBy(here)) {
          if (index.isDefined(cluster, kind) || definers(kind, here, index.trees).length > 0) continue;
          const known = missing.get(`${kind} ${object.unit}`);
          if (known === undefined) missing.set(`${kind} ${object.unit}`, { kind, object, clusters: [cluster] });
          else known.clusters.push(cluster);
        }
      }
    }
    for (const { kind, object, clusters } of missing.values()) {
      const slash = kind.indexOf('/');
      report(object, { field: 'apiVersion', message: `nothing on ${clusters.join(', ')} brings the definition of ${kind.slice(slash + 1)} (${kind.slice(0, slash)}), which ${describe(object)} needs` });
    }
  },
};

/** Every custom resource that some nodes use, with the first object of it. */
function usedBy(nodes: readonly TreeNode[]): Map<string, KeptObject> {
  const used = new Map<string, KeptObject>();
  for (const node of nodes) {
    for (const folder of node.folders) {
      for (const [kind, object] of folder.uses) if (!used.has(kind)) used.set(kind, object);
    }
  }
  return used;
}
