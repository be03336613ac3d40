import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { ClusterArgs, ClusterProvider, MadeCluster } from '../cluster.ts';
import { admitHub, grantAdmins } from './access.ts';
import { addOns } from './add-ons.ts';
import { hubIdentity } from './hub-identity.ts';
import { imageIdentity } from './image-identity.ts';
import { kubeconfigOf } from './kubeconfig.ts';
import { networkOf } from './network.ts';
import { nodeGroups } from './node-groups.ts';
import { serviceRole } from './roles.ts';
import { tagsOf } from './tags.ts';

/** Region of a cluster that names none: Frankfurt. */
export const defaultRegion = 'eu-central-1';

/** A cluster of Amazon EKS: its network over several zones, its control plane with encrypted Secrets, managed node groups, add-ons and identities. */
export class EksCluster extends pulumi.ComponentResource implements MadeCluster {
  readonly kubeconfig: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly identity: pulumi.Output<string>;
  readonly outputs: MadeCluster['outputs'];
  readonly admit: NonNullable<MadeCluster['admit']>;

  constructor({ cluster, members = [] }: ClusterArgs<'eks'>, opts: pulumi.ComponentResourceOptions = {}) {
    super('slipway:clusters:Eks', cluster.name, {}, opts);
    const { infrastructure, name } = cluster;
    const region = cluster.region ?? defaultRegion;
    const provider = new aws.Provider(`${name}-aws`, { region: region as aws.Region, defaultTags: { tags: tagsOf(cluster) } }, { parent: this });
    const own = { parent: this, provider };
    const network = networkOf(cluster, region, own);
    const role = serviceRole(`${name}-control-plane`, 'eks.amazonaws.com', ['AmazonEKSClusterPolicy'], own);
    const keyArn = infrastructure.kmsKey ?? new aws.kms.Key(`${name}-secrets`, { description: `Secrets of cluster ${name}`, enableKeyRotation: true, deletionWindowInDays: 30 }, { ...own, protect: true }).arn;
    const logs = new aws.cloudwatch.LogGroup(`${name}-logs`, { name: `/aws/eks/${name}/cluster`, retentionInDays: 90 }, own);
    const eks = new aws.eks.Cluster(name, {
      name,
      version: cluster.kubernetes,
      roleArn: role.arn,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true },
      // The add-ons below take the place of what EKS would install by itself and nobody would update.
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: [...infrastructure.logs].sort(),
      encryptionConfig: { provider: { keyArn }, resources: ['secrets'] },
      ...(infrastructure.serviceRange !== undefined && { kubernetesNetworkConfig: { serviceIpv4Cidr: infrastructure.serviceRange } }),
      // Beyond its standard support a version costs several times as much: it is upgraded instead.
      upgradePolicy: { supportType: 'STANDARD' },
      vpcConfig: { subnetIds: network.privateSubnets, endpointPrivateAccess: true, ...publicAccess(infrastructure.apiFrom) },
    }, { ...own, protect: true, dependsOn: [...role.attachments, logs] });
    const groups = nodeGroups(cluster, eks, network, own);
    addOns(cluster, eks, groups, own);
    grantAdmins(cluster, eks, own);
    const images = imageIdentity(cluster, eks, own);
    const argoCd = hubIdentity(cluster, members, eks, own);
    this.admit = (identity) => admitHub(cluster, identity, eks, own);
    this.kubeconfig = pulumi.secret(kubeconfigOf(name, region, eks));
    this.endpoint = eks.endpoint;
    this.identity = eks.arn;
    this.outputs = { clusterArn: eks.arn, region, vpcId: network.vpcId, nodeRoleArn: groups.role.arn, ...(images !== undefined && { imageReaderRoleArn: images.arn }), ...(argoCd !== undefined && { argoCdRoleArn: argoCd.arn }) };
    this.registerOutputs({ kubeconfig: this.kubeconfig, endpoint: this.endpoint, ...this.outputs });
  }
}

function publicAccess(from: readonly string[] | undefined): { endpointPublicAccess: boolean; publicAccessCidrs?: string[] } {
  if (from === undefined) return { endpointPublicAccess: true };
  return from.length === 0 ? { endpointPublicAccess: false } : { endpointPublicAccess: true, publicAccessCidrs: [...from] };
}

export const provider: ClusterProvider<'eks'> = { kind: 'eks', deletes: true, make: (args, opts) => new EksCluster(args, opts) };
