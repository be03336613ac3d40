import type { WorkloadIdentity } from '../../workload-identity.ts';

/** How the Jobs of a template are named and their pods are found: they belong to the app, and no Service leads to them. */
export function jobIdentity(identity: WorkloadIdentity, template: string): WorkloadIdentity {
  const name = { 'app.kubernetes.io/name': template };
  return {
    name: template,
    app: identity.app,
    ...(identity.namespace !== undefined && { namespace: identity.namespace }),
    labels: identity.namespace === undefined ? name : { 'app.kubernetes.io/component': 'analysis', 'app.kubernetes.io/managed-by': 'slipway', ...name, 'app.kubernetes.io/part-of': identity.app },
    selector: name,
  };
}
