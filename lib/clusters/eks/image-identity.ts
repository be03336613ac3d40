import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { ClusterOf } from '../cluster.ts';
import { podRole, type AttachedRole } from './roles.ts';

/** Who looks for new images under each controller. */
const scanners = {
  'argo-cd': { namespace: 'argocd', serviceAccount: 'argocd-image-updater' },
  flux: { namespace: 'flux-system', serviceAccount: 'image-reflector-controller' },
} as const;

/** Lets image automation read ECR by the identity of its pods, where the cluster's controller has it; undefined elsewhere. */
export function imageIdentity({ controller, name }: ClusterOf<'eks'>, eks: aws.eks.Cluster, opts: pulumi.CustomResourceOptions): AttachedRole | undefined {
  if (!controller.imageAutomation) return undefined;
  const role = podRole(`${name}-image-reader`, ['AmazonEC2ContainerRegistryReadOnly'], opts);
  new aws.eks.PodIdentityAssociation(`${name}-image-reader`, { clusterName: eks.name, roleArn: role.arn, ...scanners[controller.kind] }, opts);
  return role;
}
