import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { ClusterOf } from '../cluster.ts';

/** Lets further IAM roles administer the cluster. */
export function grantAdmins({ infrastructure, name }: ClusterOf<'eks'>, eks: aws.eks.Cluster, opts: pulumi.CustomResourceOptions): void {
  for (const principalArn of infrastructure.admins) {
    const id = `${name}-${principalArn.replace(/^.*:/, '').replaceAll('/', '-')}`;
    const entry = new aws.eks.AccessEntry(id, { clusterName: eks.name, principalArn }, opts);
    new aws.eks.AccessPolicyAssociation(id, { clusterName: eks.name, principalArn, policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', accessScope: { type: 'cluster' } }, { ...opts, dependsOn: [entry] });
  }
}
