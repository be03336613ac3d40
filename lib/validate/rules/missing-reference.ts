import { didYouMean } from '../../values/suggest.ts';
import type { FleetIndex } from '../fleet-index.ts';
import type { FleetRule } from '../rule.ts';
import type { Landing } from '../scope/landing.ts';
import { referencesOf } from '../scope/references.ts';

/** What an object names is made by somebody. */
export const missingReference: FleetRule = {
  id: 'missing-reference',
  scope: 'fleet',
  severity: 'error',
  title: 'Every ConfigMap, Secret, ServiceAccount, claim, Role and Service that is named is made by somebody',
  fix: 'render it, or declare it as existing',
  check(index, report) {
    // What stands on an upstream manifest that isn't here may name any object of it.
    const unknown = new Set(index.trees.standing.filter((unit) => unit.needs.some((need) => !index.trees.upstream.has(need))).map((unit) => unit.unit));
    for (const { from, field, kind, namespace, name } of index.pending) {
      if (unknown.has(from.unit)) continue;
      const missing = index.missingOn(kind, namespace, name, from.clusters);
      if (missing.length === 0 && from.clusters.length > 0) continue;
      const short = kind.slice(kind.lastIndexOf('/') + 1);
      const where = namespace === '' ? '' : ` in the namespace ${namespace}`;
      const some = missing.length < from.clusters.length ? ` on ${missing.join(', ')}` : '';
      report(from, { field, message: `nobody makes the ${short} ${JSON.stringify(name)}${where}${some}.${didYouMean(name, index.namesOf(kind, namespace))}` });
    }
  },
};

/** Notes what each object names and its own unit does not make; `missing-reference` judges it when all units are known. */
export function noteReferences(landing: Landing, index: FleetIndex): void {
  for (const object of landing.objects) {
    for (const { kind, name, field } of referencesOf(object)) index.refer(landing, object, field, kind, object.namespace, name);
  }
}
