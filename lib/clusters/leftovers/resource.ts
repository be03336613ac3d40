import * as pulumi from '@pulumi/pulumi';
import { leftoversProvider } from './provider.ts';

/** Which cluster is looked at before it goes, and how it is reached. */
export interface LeftoversArgs {
  /** Name of the cluster in the fleet. */
  readonly cluster: string;
  /** What is another one when the cluster is made anew, such as the provider's id of it: the former is looked at before it goes. */
  readonly identity: pulumi.Input<string>;
  /** A secret. A changed one is taken over in place. */
  readonly kubeconfig: pulumi.Input<string>;
}

/**
 * Keeps a cluster from being deleted while the cloud would keep, and bill, what the cluster made: load balancers, volumes, snapshots. It depends on
 * all that the cluster needs to remove them, so that Pulumi asks it before anything else goes. It reads and never changes the cluster.
 */
export class Leftovers extends pulumi.dynamic.Resource {
  constructor(name: string, { cluster, identity, kubeconfig }: LeftoversArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(leftoversProvider, name, { cluster, identity, kubeconfig: pulumi.secret(kubeconfig) }, { ...opts, additionalSecretOutputs: ['kubeconfig'] }, 'slipway', 'Leftovers');
  }
}
