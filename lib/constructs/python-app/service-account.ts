import type { Construct } from 'constructs';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { declareExisting } from '../existing-objects.ts';
import { Manifest } from '../manifest.ts';
import { metadataFor } from '../network/metadata.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { ServiceAccountProps } from './pod-props.ts';

/** The account of an app's pods. */
export interface PodAccount {
  /** @default - the namespace's default account */
  readonly name?: string;
  /** The object that makes it. @default - it exists, or it is made by another construct */
  readonly manifest?: Manifest<IServiceAccount>;
  /** What the pod says about it. */
  readonly fields: Partial<IPodSpec>;
}

/** The account of a construct's pods: one of its own without a token, unless said otherwise. */
export function serviceAccountOf(scope: Construct, identity: WorkloadIdentity, said: ServiceAccountProps | false | undefined, bare: boolean): PodAccount {
  if (said === false || (bare && said === undefined)) return { fields: bare ? {} : { automountServiceAccountToken: false } };
  const token = said?.token ?? false;
  const fields = { serviceAccountName: said?.existing ?? said?.of ?? identity.name, automountServiceAccountToken: token };
  if (said?.of !== undefined) return { name: said.of, fields };
  if (said?.existing !== undefined) return { name: declareExisting(scope, 'ServiceAccount', said.existing), fields };
  const manifest = new Manifest<IServiceAccount>(scope, 'service-account', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadataFor(identity, { annotations: said?.annotations ?? {} }),
    automountServiceAccountToken: token,
  }, { withoutNamespace: true });
  return { name: identity.name, manifest, fields };
}
