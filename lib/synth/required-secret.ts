import type { ObjectSource } from '../manifests/kustomize/build.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Repository } from '../model/repository.ts';

/** Why a Secret can't be in Git. */
export type SecretPurpose =
  /** The controller reads the runtime repo with it. */
  | 'repository'
  /** The key by which Flux decrypts SOPS files. */
  | 'sops-key'
  /** The key of the sealed-secrets controller: without it no SealedSecret of the tree can be opened. */
  | 'sealed-secrets-key'
  /** A member that the hub delivers to. */
  | 'member'
  /** Something in the tree names it, and nothing in the tree makes it. */
  | 'reference';

/** A Secret that a person, or a tool with the credential, has to bring: by name, never with its value. */
export interface RequiredSecret {
  readonly namespace: string;
  readonly name: string;
  readonly purpose: SecretPurpose;
  /** The keys that are read, sorted; empty where nothing says which. */
  readonly keys: readonly string[];
  /** Labels by which it is found. @default - found by its name */
  readonly labels?: Readonly<Record<string, string>>;
  /** What names it, such as `apps/prod/shop: Deployment/web`, sorted. */
  readonly namedBy: readonly string[];
  /** How it is brought back, in a sentence. */
  readonly bring: string;
}

/** Whose secrets are wanted. */
export interface SecretsInput {
  readonly cluster: Cluster;
  /** The namespace in which its controller runs. */
  readonly namespace: string;
  readonly source: ObjectSource;
  /** The runtime repo, as the cluster reads it. @default - what the tree says of it */
  readonly repository?: Repository;
}
