import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';

/** The account as which a hub acts on a member: `argocd cluster add` makes one of the same name, and syncs that impersonate run as it. */
export const hubAccount = { namespace: 'kube-system', name: 'argocd-manager' } as const;

const labels = { 'app.kubernetes.io/managed-by': 'slipway' } as const;

/** An account of the cluster's own that may do anything, because platforms and add-ons consist of anything. */
export function hubAccountOn(cluster: string, opts: pulumi.CustomResourceOptions): readonly [kubernetes.core.v1.ServiceAccount, kubernetes.rbac.v1.ClusterRoleBinding] {
  const account = new kubernetes.core.v1.ServiceAccount(`${cluster}-hub-account`, { metadata: { ...hubAccount, labels }, automountServiceAccountToken: false }, opts);
  const binding = new kubernetes.rbac.v1.ClusterRoleBinding(`${cluster}-hub-account`, {
    metadata: { name: hubAccount.name, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', ...hubAccount }],
  }, { ...opts, dependsOn: [account] });
  return [account, binding];
}

/**
 * A token of the account that lasts as long as its Secret. Pulumi names the Secret, so that replacing it makes the new token, gives it to
 * the hub and takes the old one away, in this order.
 */
export function hubTokenOn(cluster: string, account: kubernetes.core.v1.ServiceAccount, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const secret = new kubernetes.core.v1.Secret(`${cluster}-hub-token`, {
    metadata: { namespace: hubAccount.namespace, labels, annotations: { 'kubernetes.io/service-account.name': account.metadata.name } },
    type: 'kubernetes.io/service-account-token',
  }, { ...opts, dependsOn: [account] });
  return pulumi.secret(pulumi.unsecret(secret.data).apply((data: Readonly<Record<string, string>> | undefined) => tokenIn(cluster, data)));
}

function tokenIn(cluster: string, data: Readonly<Record<string, string>> | undefined): string {
  const token = data?.['token'];
  if (token !== undefined) return Buffer.from(token, 'base64').toString('utf8');
  // A preview asks the API server what it would make; the token's maker comes only afterwards.
  if (pulumi.runtime.isDryRun()) return '';
  throw new pulumi.RunError(`${hubAccount.namespace}/${cluster}-hub-token: expected a token, which the controller manager of ${cluster} makes, got none\n    fix: see that it runs, and run pulumi up again`);
}
