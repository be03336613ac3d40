import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

/** A kubeconfig that holds no credential: whoever uses it is who their AWS CLI says. */
export function kubeconfigOf(name: string, region: string, eks: aws.eks.Cluster): pulumi.Output<string> {
  return pulumi.all([eks.endpoint, eks.certificateAuthority]).apply(([server, authority]) => JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': authority.data } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
    users: [{ name, user: { exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'aws', args: ['eks', 'get-token', '--cluster-name', name, '--region', region, '--output', 'json'], interactiveMode: 'Never' } } }],
  }));
}
