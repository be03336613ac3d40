import type { FleetRule } from '../rule.ts';

/** The namespaces where pods land let them in. */
export const podSecurity: FleetRule = {
  id: 'pod-security',
  scope: 'fleet',
  severity: 'error',
  title: 'Pods satisfy the Pod Security standard that their namespace enforces',
  fix: 'change the security context, or let the app ask for another standard (podSecurity)',
  check(index, report) {
    for (const { object, breaches } of index.breaches) {
      const { namespace } = object.landed;
      for (const { level, field, message } of breaches) {
        const cluster = object.clusters.find((each) => {
          const enforced = index.standardOn(each, namespace);
          return enforced === 'restricted' || (enforced === 'baseline' && level === 'baseline');
        });
        if (cluster !== undefined) report(object, { field, message: `${message}: the namespace ${namespace} enforces ${index.standardOn(cluster, namespace) ?? ''} on ${cluster} and does not let the pods in` });
      }
    }
  },
};
