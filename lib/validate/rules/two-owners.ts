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
      for (const [at, owner] of owners.entries()) {
        const first = owners.slice(0, at).find((other) => meet(other, owner));
        if (first === undefined) continue;
        const shared = owner.clusters.filter((cluster) => first.clusters.includes(cluster));
        report(owner, { field: 'metadata.name', message: `expected one owner of ${what} on ${shared.join(', ')}, got ${owner.unit} and ${first.unit} (${first.construct} in ${first.landed.file})` });
      }
    }
  },
};

/** Whether two objects lie on each other: on a common cluster, from different units or by different means. */
function meet(a: KeptObject, b: KeptObject): boolean {
  // Objects that name no namespace land where their tracking object says.
  const unplaced = a.landed.namespace === '' && a.unit !== b.unit && !a.landed.clusterScoped;
  // The same kind twice in one render is a duplicate, which has its own rule.
  const duplicate = a.unit === b.unit && a.landed.kind === b.landed.kind;
  return a !== b && !unplaced && !duplicate && a.clusters.some((cluster) => b.clusters.includes(cluster));
}
