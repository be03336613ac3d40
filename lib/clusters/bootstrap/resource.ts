import * as pulumi from '@pulumi/pulumi';
import { bootstrapProvider } from './provider.ts';

/** Version of what a bootstrap leaves on a cluster; another one bootstraps again. */
export const bootstrapContract = 1;

/** What identifies a bootstrap, and how the cluster is reached. */
export interface ControllerBootstrapArgs {
  /** Name of the cluster in the fleet. */
  readonly cluster: string;
  /** Kind of the controller: another one is bootstrapped beside what the former left (docs/clusters.md). */
  readonly controller: string;
  /** What is another one when the cluster is made anew, such as the provider's id of it. */
  readonly identity: pulumi.Input<string>;
  /** A secret. */
  readonly kubeconfig: pulumi.Input<string>;
  /** Takes over a controller that somebody else installed. */
  readonly adopt: boolean;
  /** Whether to wait until the controller follows the repository. */
  readonly follow: boolean;
}

/**
 * The GitOps controller's first start on a cluster. It is made once: what it applied is the controller's own from then on, so that a second
 * `pulumi up`, one after the controller upgraded itself, and `pulumi refresh` find nothing to do, and `pulumi destroy` takes nothing away.
 */
export class ControllerBootstrap extends pulumi.dynamic.Resource {
  /** Commit of the runtime repo from which the controller started. */
  declare readonly commit: pulumi.Output<string>;

  constructor(name: string, { kubeconfig, ...args }: ControllerBootstrapArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(bootstrapProvider, name, { ...args, kubeconfig: pulumi.secret(kubeconfig), contract: bootstrapContract, commit: undefined }, {
      ...opts,
      additionalSecretOutputs: ['kubeconfig'],
      // A controller takes its time to get its pods, and the first sync its own.
      customTimeouts: { create: '30m' },
    }, 'slipway', 'Bootstrap');
  }
}
