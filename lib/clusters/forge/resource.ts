import * as pulumi from '@pulumi/pulumi';
import { registrationProvider } from './provider.ts';
import type { RegistrationInputs } from './request.ts';

/** What a registration is made from. */
export interface DeployKeyRegistrationArgs extends Omit<RegistrationInputs, 'publicKey' | 'token'> {
  /** One line, as authorized_keys has it. */
  readonly publicKey: pulumi.Input<string>;
  /** Manages the deploy keys of the repository. A secret. */
  readonly token: pulumi.Input<string>;
}

/** A cluster's deploy key in the list of its runtime repo at the forge, read-only. The stack owns it: `pulumi destroy` removes it, and it alone. */
export class DeployKeyRegistration extends pulumi.dynamic.Resource {
  /** The forge's number of the key. */
  declare readonly keyId: pulumi.Output<number>;
  /** The key's title at the forge. */
  declare readonly title: pulumi.Output<string>;

  constructor(name: string, { token, ...args }: DeployKeyRegistrationArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(registrationProvider, name, { ...args, token: pulumi.secret(token), keyId: undefined, title: undefined }, { ...opts, additionalSecretOutputs: ['token'] }, 'slipway', 'DeployKeyRegistration');
  }
}
