import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import type { ClusterArgs, ClusterProvider, MadeCluster } from '../cluster.ts';
import { firstPool, nodePoolArgs, poolsOf } from './node-pools.ts';
import { tagsOf } from './tags.ts';

/** A cluster of DigitalOcean Kubernetes with its network and its pools of workers. */
export class DoksCluster extends pulumi.ComponentResource implements MadeCluster {
  readonly kubeconfig: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly identity: pulumi.Output<string>;
  readonly outputs: MadeCluster['outputs'];

  constructor({ cluster }: ClusterArgs<'doks'>, opts: pulumi.ComponentResourceOptions = {}) {
    super('slipway:clusters:Doks', cluster.name, {}, opts);
    const { infrastructure, name } = cluster;
    const region = cluster.region ?? defaultRegion;
    const parent = { parent: this };
    const vpc = vpcOf(name, region, infrastructure.vpc, this);
    const [first, ...rest] = poolsOf(cluster);
    const doks = new digitalocean.KubernetesCluster(name, {
      name,
      region,
      version: infrastructure.version ?? newestOf(cluster.kubernetes, this),
      vpcUuid: vpc,
      ...(infrastructure.podRange !== undefined && { clusterSubnet: infrastructure.podRange }),
      ...(infrastructure.serviceRange !== undefined && { serviceSubnet: infrastructure.serviceRange }),
      ha: infrastructure.highAvailability,
      autoUpgrade: infrastructure.autoUpgrade,
      surgeUpgrade: true,
      registryIntegration: infrastructure.registry,
      maintenancePolicy: { day: infrastructure.maintenance.day, startTime: infrastructure.maintenance.start },
      ...(infrastructure.apiFrom !== undefined && { controlPlaneFirewall: { enabled: true, allowedAddresses: [...infrastructure.apiFrom] } }),
      // Load balancers and volumes of apps are named before they go (docs/clusters.md), never taken along silently.
      destroyAllAssociatedResources: false,
      nodePool: firstPool(first, cluster),
      tags: tagsOf(cluster),
    }, {
      ...parent,
      // The provider patches it by itself; the newest patch of the minor is only asked for when it is made.
      ignoreChanges: infrastructure.version === undefined ? ['version'] : [],
      additionalSecretOutputs: ['kubeConfigs'],
      protect: true,
    });
    for (const pool of rest) new digitalocean.KubernetesNodePool(`${name}-${pool.name}`, { clusterId: doks.id, ...nodePoolArgs(pool, cluster) }, parent);
    this.kubeconfig = pulumi.secret(doks.kubeConfigs.apply((configs) => configs[0]?.rawConfig ?? ''));
    this.endpoint = doks.endpoint;
    this.identity = doks.id;
    this.outputs = { clusterId: doks.id, region, vpcId: vpc, kubernetesVersion: doks.version };
    this.registerOutputs({ kubeconfig: this.kubeconfig, endpoint: this.endpoint, ...this.outputs });
  }
}

/** Region of a cluster that names none: Frankfurt. */
export const defaultRegion = 'fra1';

function vpcOf(name: string, region: string, vpc: { readonly range: string } | { readonly id: string } | undefined, parent: pulumi.Resource): pulumi.Input<string> {
  if (vpc !== undefined && 'id' in vpc) return vpc.id;
  return new digitalocean.Vpc(name, { name, region, description: `Cluster ${name}`, ...(vpc !== undefined && { ipRange: vpc.range }) }, { parent }).id;
}

function newestOf(minor: string, parent: pulumi.Resource): pulumi.Output<string> {
  return digitalocean.getKubernetesVersionsOutput({ versionPrefix: `${minor}.` }, { parent }).latestVersion;
}

export const provider: ClusterProvider<'doks'> = { kind: 'doks', deletes: true, make: (args, opts) => new DoksCluster(args, opts) };
