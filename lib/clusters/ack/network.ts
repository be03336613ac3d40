import * as alicloud from '@pulumi/alicloud';
import type * as pulumi from '@pulumi/pulumi';
import type { ClusterOf } from '../cluster.ts';
import { subnetRanges } from '../subnet-ranges.ts';
import { tagsOf } from './tags.ts';

/** Where a cluster's nodes and pods are. */
export interface Network {
  readonly vpcId: pulumi.Input<string>;
  readonly vswitches: pulumi.Input<string>[];
  /** Whether it was made for the cluster: then its way to the internet is too. */
  readonly isNew: boolean;
}

/** The cluster's network: the one that it names, or a new one with a vSwitch in each zone. */
export function networkOf(cluster: ClusterOf<'ack'>, region: string, opts: pulumi.CustomResourceOptions): Network {
  const { infrastructure: { vpc }, name } = cluster;
  if ('id' in vpc) return { vpcId: vpc.id, vswitches: [...vpc.vswitches], isNew: false };
  const network = new alicloud.vpc.Network(name, { vpcName: name, cidrBlock: vpc.range, tags: tagsOf(cluster) }, opts);
  const ranges = subnetRanges(vpc.range, vpc.zones.length);
  const vswitches = vpc.zones.map((zone, index) => new alicloud.vpc.Switch(`${name}-${zone}`, {
    vpcId: network.id, vswitchName: `${name}-${zone}`, zoneId: `${region}${/^[a-z]+-[a-z]+$/.test(region) ? '-' : ''}${zone}`, cidrBlock: ranges.private[index] ?? '', tags: tagsOf(cluster),
  }, opts).id);
  return { vpcId: network.id, vswitches, isNew: true };
}
