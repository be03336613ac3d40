import type { ComponentResource, ComponentResourceOptions, Input, Output, Resource } from '@pulumi/pulumi';
import type { Cluster } from '../model/cluster.ts';
import type { Infrastructure, Provider } from '../model/infrastructure/infrastructure.ts';

/** A provider's own settings of a cluster. */
export type InfrastructureOf<Kind extends Provider> = Extract<Infrastructure, { readonly kind: Kind }>;

/** A cluster as one provider makes it. */
export type ClusterOf<Kind extends Provider> = Cluster & { readonly provider: Kind; readonly infrastructure: InfrastructureOf<Kind> };

/** What a provider gets: the cluster as `environments/clusters/` describes it, and what the stack's config adds. */
export interface ClusterArgs<Kind extends Provider> {
  readonly cluster: ClusterOf<Kind>;
  /** The kubeconfig in the stack's config (`slipway:kubeconfig`), a secret. @default - none */
  readonly kubeconfig?: Input<string>;
  /** The clusters to which its controller delivers as their hub. @default - none */
  readonly members?: readonly Cluster[];
}

/** How a hub's Argo CD signs in at a cluster without a stored token. */
export interface Admitted {
  /** The part of Argo CD's `config` that says it. */
  readonly config: Readonly<Record<string, Input<unknown>>>;
  /** What has to be there first. */
  readonly dependsOn: readonly Resource[];
}

/** A cluster that is made, or going to be: what the bootstrap and the stack's outputs need. */
export interface MadeCluster {
  /** How it is reached, for whoever runs Pulumi. A secret. */
  readonly kubeconfig: Output<string>;
  /** URL of its API server. */
  readonly endpoint: Output<string>;
  /** What is another one when the cluster is made anew, such as the provider's id of it: then the controller is bootstrapped again. */
  readonly identity: Output<string>;
  /** What the provider tells beside these, by the name of the stack's output. */
  readonly outputs: Readonly<Record<string, Input<unknown>>>;
  /** Lets an identity of the provider's cloud in as an administrator: that of a hub's Argo CD. @default - the provider has no such identities: a hub gets a token of the cluster's own */
  admit?(identity: string): Admitted;
}

/** Makes clusters of one provider. Its folder is loaded only for a stack whose cluster is of this provider. */
export interface ClusterProvider<Kind extends Provider> {
  readonly kind: Kind;
  /** Whether the cluster goes with its stack: then what it made in the cloud would be left behind. */
  readonly deletes: boolean;
  /** Makes the cluster's resources, all below one component named like the cluster. */
  make(args: ClusterArgs<Kind>, opts?: ComponentResourceOptions): MadeCluster & ComponentResource;
}
