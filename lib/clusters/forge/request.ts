import type { ForgeKind } from './forge.ts';

/** Where a deploy key is registered, and by whom. */
export interface RegistrationInputs {
  /** Name of the cluster whose key it is. */
  readonly cluster: string;
  readonly forge: ForgeKind;
  /** Base URL of the forge's API, without a slash at the end. */
  readonly api: string;
  /** Path of the repository at the forge: `owner/name`, with groups on GitLab. */
  readonly repository: string;
  /** One line, as authorized_keys has it. */
  readonly publicKey: string;
  /** A secret. */
  readonly token: string;
}

/**
 * What the registration's program is asked for: to register the key, to look whether it is registered still (and to do so again if it
 * isn't, for `ensure`), or to remove it. `keyId` is the number that the forge gave it.
 */
export type RegistrationRequest = RegistrationInputs & (
  | { readonly action: 'register' }
  | { readonly action: 'ensure' | 'look' | 'remove'; readonly keyId: number }
);

/** What came of it. */
export interface RegistrationOutcome {
  /** The forge's number of the key; undefined when it isn't registered (any more). */
  readonly keyId?: number;
  /** The key's title at the forge. */
  readonly title: string;
}
