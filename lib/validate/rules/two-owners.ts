import type { KeptObject } from '../kept-object.ts';
import type { FleetRule } from '../rule.ts';

/** One object has one owner on a cluster. */
export const twoOwners: FleetRule = {
  id: 'two-owners',
  scope: 'fleet',
  severity: 'error',
  title: 'An object has one owner on a cluster',
  fix: 'let one unit render it, or give the objects different names or namespaces',
  check(index, report) {
    for (const { what, owners } of index.contested()) {
      const byCluster = new Map<string, KeptObject[]>();
      for (const owner of owners) {
        const others = new Map<KeptObject, string[]>();
        for (const cluster of owner.clusters) {
          const here = byCluster.get(cluster);
          for (const other of here ?? []) if (meet(other, owner)) others.set(other, [...(others.get(other) ?? []), cluster]);
          if (here === undefined) byCluster.set(cluster, [owner]);
          else here.push(owner);
        }
        const [first] = [...others].sort(([a], [b]) => owners.indexOf(a) - owners.indexOf(b));
        if (first === undefined) continue;
        const [other, shared] = first;
        report(owner, { field: 'metadata.name', message: `expected one owner of ${what} on ${shared.join(', ')}, got ${owner.unit} and ${other.unit} (${other.construct} in ${other.landed.file})` });
      }
    }
  },
};

/** Whether two objects that meet on a cluster lie on each other: from different units or by different means. */
function meet(a: KeptObject, b: KeptObject): boolean {
  // Objects that name no namespace land where their tracking object says.
  const unplaced = a.landed.namespace === '' && a.unit !== b.unit && !a.landed.clusterScoped;
  // The same kind twice in one render is a duplicate, which has its own rule.
  const duplicate = a.unit === b.unit && a.landed.kind === b.landed.kind;
  return a !== b && !unplaced && !duplicate;
}
