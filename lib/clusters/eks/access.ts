import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { Admitted, ClusterOf } from '../cluster.ts';

/** Lets further IAM roles administer the cluster. */
export function grantAdmins({ infrastructure, name }: ClusterOf<'eks'>, eks: aws.eks.Cluster, opts: pulumi.CustomResourceOptions): void {
  for (const principalArn of infrastructure.admins) grantAdmin(`${name}-${principalArn.replace(/^.*:/, '').replaceAll('/', '-')}`, principalArn, eks, opts);
}

/** Lets the Argo CD of a hub in as its IAM role: no token is stored anywhere. */
export function admitHub({ infrastructure, name }: ClusterOf<'eks'>, principalArn: string, eks: aws.eks.Cluster, opts: pulumi.CustomResourceOptions): Admitted {
  // A role has one entry: an administrator is let in already.
  const dependsOn = infrastructure.admins.includes(principalArn) ? [] : [grantAdmin(`${name}-hub`, principalArn, eks, opts)];
  return { config: { awsAuthConfig: { clusterName: eks.name } }, dependsOn };
}

function grantAdmin(id: string, principalArn: string, eks: aws.eks.Cluster, opts: pulumi.CustomResourceOptions): aws.eks.AccessPolicyAssociation {
  const entry = new aws.eks.AccessEntry(id, { clusterName: eks.name, principalArn }, opts);
  return new aws.eks.AccessPolicyAssociation(id, { clusterName: eks.name, principalArn, policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', accessScope: { type: 'cluster' } }, { ...opts, dependsOn: [entry] });
}
