import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { clusterSecretName } from '../../model/hub-credential.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { MadeCluster } from '../cluster.ts';
import { endpointOf } from '../existing/kubeconfig.ts';
import { hubAccountOn, hubTokenOn } from './account.ts';
import type { HubAccess } from './reach.ts';
import { tlsOf } from './server.ts';

/** Where Argo CD looks for the clusters that it knows. */
const argoCdNamespace = 'argocd';

/** What a registration is made from. */
export interface HubRegistrationArgs {
  readonly cluster: Cluster;
  readonly made: MadeCluster;
  readonly hub: HubAccess;
  /** Whether the hub's syncs run as accounts of the member's own. */
  readonly impersonates: boolean;
}

/**
 * What a hub needs to deliver to a cluster: on the cluster an identity for it, on the hub the Secret by which its Argo CD knows the cluster.
 * Where Git holds that Secret, or an ExternalSecret that makes it, nothing is made on the hub. The option `provider` is the member's.
 */
export class HubRegistration extends pulumi.ComponentResource {
  /** Argo CD's `config`: how the hub signs in. A secret. */
  readonly config: pulumi.Output<string>;

  constructor(name: string, { cluster, made, hub, impersonates }: HubRegistrationArgs, opts: pulumi.ComponentResourceOptions) {
    super('slipway:clusters:HubRegistration', name, {}, opts);
    const own = { parent: this };
    const admitted = hub.role === undefined ? undefined : made.admit?.(hub.role);
    const account = admitted === undefined || impersonates ? hubAccountOn(cluster.name, own) : undefined;
    const signsIn = admitted?.config ?? (account === undefined ? {} : { bearerToken: hubTokenOn(cluster.name, account[0], own) });
    const tls = pulumi.unsecret(made.kubeconfig).apply((kubeconfig) => tlsOf(cluster.name, kubeconfig));
    this.config = pulumi.secret(pulumi.output({ ...signsIn, tlsClientConfig: tls }).apply((config) => JSON.stringify(config)));
    if (hub.kubeconfig !== undefined) {
      // Another hub is another server; a renewed kubeconfig, or a new token in the Secret, replaces nothing.
      const clusterIdentifier = pulumi.unsecret(hub.kubeconfig).apply(endpointOf);
      const api = new kubernetes.Provider(`${name}-at-${cluster.managedBy}`, { kubeconfig: hub.kubeconfig, clusterIdentifier, enableSecretMutable: true, enableServerSideApply: true }, own);
      // Named by both: another hub gets a registration of its own before the former one loses its.
      new kubernetes.core.v1.Secret(`${cluster.managedBy}-${clusterSecretName(name)}`, {
        metadata: {
          name: clusterSecretName(name),
          namespace: argoCdNamespace,
          labels: { ...cluster.labels, 'app.kubernetes.io/managed-by': 'slipway', 'argocd.argoproj.io/secret-type': 'cluster' },
        },
        stringData: pulumi.secret({ name, server: cluster.server ?? made.endpoint, config: this.config }),
      }, { ...own, provider: api, dependsOn: [...(account ?? []), ...(admitted?.dependsOn ?? [])] });
    }
    this.registerOutputs();
  }
}
