import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { clusterSecretName } from '../../model/hub-credential.ts';
import type { Cluster } from '../../model/cluster.ts';
import { apiOf } from '../api.ts';
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
      // The hub's stack tells no identity: another hub is another server.
      const api = apiOf(`${name}-at-${cluster.managedBy}`, { identity: pulumi.unsecret(hub.kubeconfig).apply(endpointOf), kubeconfig: hub.kubeconfig });
      // Named by both: another hub gets a registration of its own before the former one loses its.
      new kubernetes.core.v1.Secret(`${cluster.managedBy}-${clusterSecretName(name)}`, {
        metadata: {
          name: clusterSecretName(name),
          namespace: argoCdNamespace,
          labels: { ...cluster.labels, 'app.kubernetes.io/managed-by': 'slipway', 'argocd.argoproj.io/secret-type': 'cluster' },
        },
        stringData: { name, server: cluster.server ?? made.endpoint, config: this.config },
      }, { ...own, provider: api, dependsOn: [...(account ?? []), ...(admitted?.dependsOn ?? [])] });
    }
    this.registerOutputs();
  }
}
