import * as alicloud from '@pulumi/alicloud';
import * as pulumi from '@pulumi/pulumi';
import type { ClusterArgs, ClusterProvider, MadeCluster } from '../cluster.ts';
import { networkOf } from './network.ts';
import { nodePools } from './node-pools.ts';
import { tagsOf } from './tags.ts';

/** Region of a cluster that names none: Frankfurt. */
export const defaultRegion = 'eu-central-1';

/** A managed cluster of Alibaba Cloud: its network, its control plane with encrypted Secrets and identities of pods, and its node pools. */
export class AckCluster extends pulumi.ComponentResource implements MadeCluster {
  readonly kubeconfig: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly identity: pulumi.Output<string>;
  readonly outputs: MadeCluster['outputs'];

  constructor({ cluster }: ClusterArgs<'ack'>, opts: pulumi.ComponentResourceOptions = {}) {
    super('slipway:clusters:Ack', cluster.name, {}, opts);
    const { infrastructure, name } = cluster;
    const region = cluster.region ?? defaultRegion;
    const provider = new alicloud.Provider(`${name}-alicloud`, { region }, { parent: this });
    const own = { parent: this, provider };
    const network = networkOf(cluster, region, own);
    const key = infrastructure.pro ? infrastructure.kmsKey ?? secretsKey(name, tagsOf(cluster), own) : undefined;
    const ack = new alicloud.cs.ManagedKubernetes(name, {
      name,
      clusterSpec: infrastructure.pro ? 'ack.pro.small' : 'ack.standard',
      version: infrastructure.version ?? newestOf(cluster.kubernetes, own),
      vswitchIds: network.vswitches,
      podVswitchIds: network.vswitches,
      serviceCidr: infrastructure.serviceRange,
      clusterDomain: cluster.dnsDomain,
      newNatGateway: network.isNew,
      slbInternetEnabled: isPublic(cluster),
      enableRrsa: true,
      ...(key !== undefined && { encryptionProviderKey: key }),
      isEnterpriseSecurityGroup: true,
      controlPlaneLogTtl: '30',
      controlPlaneLogComponents: ['apiserver', 'ccm', 'kcm', 'scheduler'],
      addons: [
        // Without it network policies are accepted and mean nothing.
        { name: 'terway-eniip', config: JSON.stringify({ NetworkPolicy: 'true' }) },
        { name: 'csi-plugin' },
        { name: 'managed-csiprovisioner' },
        ...(infrastructure.registry ? [{ name: 'managed-aliyun-acr-credential-helper' }] : []),
      ],
      // What apps made is named before it goes (docs/clusters.md), never taken along silently.
      deleteOptions: ['ALB', 'SLB'].map((resourceType) => ({ resourceType, deleteMode: 'retain' })),
      tags: tagsOf(cluster),
    }, { ...own, protect: true, ignoreChanges: infrastructure.version === undefined ? ['version'] : [] });
    nodePools(cluster, ack, network, own);
    const credential = alicloud.cs.getClusterCredentialOutput({ clusterId: ack.id }, { parent: this, provider });
    this.kubeconfig = pulumi.secret(credential.kubeConfig);
    this.endpoint = ack.connections.apply((connections) => (isPublic(cluster) ? connections.apiServerInternet : connections.apiServerIntranet));
    this.identity = ack.id;
    this.outputs = { clusterId: ack.id, region, vpcId: network.vpcId, kubernetesVersion: ack.version };
    this.registerOutputs({ kubeconfig: this.kubeconfig, endpoint: this.endpoint, ...this.outputs });
  }
}

/** Whether its API can be reached over the internet: said, else where it isn't production. */
export function isPublic({ infrastructure, labels }: ClusterArgs<'ack'>['cluster']): boolean {
  return infrastructure.publicApi ?? labels['tier'] !== 'production';
}

function secretsKey(name: string, tags: Record<string, string>, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
  return new alicloud.kms.Key(`${name}-secrets`, { description: `Secrets of cluster ${name}`, automaticRotation: 'Enabled', rotationInterval: '365d', pendingWindowInDays: 30, tags }, { ...opts, protect: true }).id;
}

function newestOf(minor: string, opts: pulumi.InvokeOptions): pulumi.Output<string> {
  return alicloud.cs.getKubernetesVersionOutput({ clusterType: 'ManagedKubernetes' }, opts).metadatas.apply((all) => {
    const fitting = all.map(({ version }) => version).filter((version) => version.startsWith(`${minor}.`)).sort(byNumbers);
    const newest = fitting.at(-1);
    if (newest === undefined) throw new pulumi.RunError(`expected a version of ACK for Kubernetes ${minor}, got ${all.map(({ version }) => version).sort().join(', ') || 'none'}`);
    return newest;
  });
}

function byNumbers(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/\D+/).map(Number));
  const index = left?.findIndex((number, position) => number !== right?.[position]) ?? -1;
  return index < 0 ? 0 : (left?.[index] ?? 0) - (right?.[index] ?? 0);
}

export const provider: ClusterProvider<'ack'> = { kind: 'ack', deletes: true, make: (args, opts) => new AckCluster(args, opts) };
