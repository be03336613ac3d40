import type { FleetRule } from '../rule.ts';
import { didYouMean } from '../../values/suggest.ts';

const given: ReadonlySet<string> = new Set(['', 'default', 'kube-node-lease', 'kube-public', 'kube-system']);

/** Objects land in namespaces that the platform of the cluster makes. */
export const missingNamespace: FleetRule = {
  id: 'missing-namespace',
  scope: 'fleet',
  severity: 'error',
  title: 'Every object lands in a namespace that the platform of its cluster makes',
  fix: 'let the platform of the cluster make the namespace, or use one that it makes',
  check(index, report) {
    const told = new Set<string>();
    for (const object of index.objects()) {
      const { namespace } = object.landed;
      if (given.has(namespace)) continue;
      // Where the fleet makes no namespace at all, somebody else looks after them.
      const without = object.clusters.filter((cluster) => index.namespacesOn(cluster)?.has(namespace) === false && !index.isGiven(cluster, namespace));
      const key = `${object.unit} ${namespace}`;
      if (without.length === 0 || told.has(key)) continue;
      told.add(key);
      const known = without.flatMap((cluster) => [...(index.namespacesOn(cluster)?.keys() ?? [])]);
      report(object, { field: 'metadata.namespace', message: `nobody makes the namespace ${JSON.stringify(namespace)} on ${without.join(', ')}.${didYouMean(namespace, known)}` });
    }
  },
};
