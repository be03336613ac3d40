import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { ClusterOf } from '../cluster.ts';
import type { NodeGroups } from './node-groups.ts';
import { podRole } from './roles.ts';

/** What a cluster of EKS needs to work, as AWS maintains it: network, proxy, identities, DNS, disks. */
export function addOns({ name }: ClusterOf<'eks'>, eks: aws.eks.Cluster, { groups }: NodeGroups, opts: pulumi.CustomResourceOptions): void {
  const addOn = (addonName: string, more: Partial<aws.eks.AddonArgs> = {}, dependsOn: readonly pulumi.Resource[] = []): aws.eks.Addon => new aws.eks.Addon(`${name}-${addonName}`, {
    addonName,
    clusterName: eks.name,
    resolveConflictsOnCreate: 'OVERWRITE',
    resolveConflictsOnUpdate: 'PRESERVE',
    ...more,
  }, { ...opts, dependsOn: [...dependsOn] });
  // Without it network policies are accepted and mean nothing.
  addOn('vpc-cni', { configurationValues: JSON.stringify({ enableNetworkPolicy: 'true' }) });
  addOn('kube-proxy');
  addOn('eks-pod-identity-agent');
  addOn('coredns', {}, groups);
  const disks = podRole(`${name}-ebs-csi`, ['service-role/AmazonEBSCSIDriverPolicy'], opts);
  addOn('aws-ebs-csi-driver', { podIdentityAssociations: [{ roleArn: disks.arn, serviceAccount: 'ebs-csi-controller-sa' }] }, [...groups, ...disks.attachments]);
}
