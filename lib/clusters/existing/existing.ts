import * as pulumi from '@pulumi/pulumi';
import { SlipwayError } from '../../values/errors.ts';
import type { ClusterArgs, ClusterProvider, MadeCluster } from '../cluster.ts';
import { contextOf, endpointOf } from './kubeconfig.ts';

/** A cluster that is there already: nothing is made but what is put on it. */
export class ExistingCluster extends pulumi.ComponentResource implements MadeCluster {
  readonly kubeconfig: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly identity: pulumi.Output<string>;
  readonly outputs: MadeCluster['outputs'] = {};

  constructor({ cluster, kubeconfig }: ClusterArgs<'existing'>, opts: pulumi.ComponentResourceOptions = {}) {
    super('slipway:clusters:Existing', cluster.name, {}, opts);
    const { context } = cluster.infrastructure;
    if (kubeconfig === undefined && context === undefined) {
      throw SlipwayError.of(cluster.name, 'expected a way to reach the cluster, got none', 'pulumi config set --secret slipway:kubeconfig < FILE, or name a context: provider: existing({ context: \'…\' })');
    }
    this.kubeconfig = pulumi.secret(kubeconfig === undefined ? contextOf(undefined, context) : pulumi.output(kubeconfig).apply((text) => contextOf(text, context)));
    this.endpoint = pulumi.unsecret(this.kubeconfig).apply(endpointOf);
    this.identity = this.endpoint;
    this.registerOutputs({ kubeconfig: this.kubeconfig, endpoint: this.endpoint });
  }
}

export const provider: ClusterProvider<'existing'> = { kind: 'existing', deletes: false, make: (args, opts) => new ExistingCluster(args, opts) };
