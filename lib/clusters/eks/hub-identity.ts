import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { Cluster } from '../../model/cluster.ts';
import type { ClusterOf } from '../cluster.ts';
import { podRole, type AttachedRole } from './roles.ts';

/** Parts of Argo CD that talk to the clusters to which it delivers. */
const parts = ['argocd-application-controller', 'argocd-server'] as const;

/**
 * The identity as which the Argo CD of a hub signs in at members that are clusters of EKS; undefined where it has none. It may do nothing
 * in AWS: each member says what it may do there.
 */
export function hubIdentity({ name }: ClusterOf<'eks'>, members: readonly Cluster[], eks: aws.eks.Cluster, opts: pulumi.CustomResourceOptions): AttachedRole | undefined {
  if (!members.some(({ provider }) => provider === 'eks')) return undefined;
  const role = podRole(`${name}-argo-cd`, [], opts);
  for (const serviceAccount of parts) new aws.eks.PodIdentityAssociation(`${name}-${serviceAccount}`, { clusterName: eks.name, roleArn: role.arn, namespace: 'argocd', serviceAccount }, opts);
  return role;
}
