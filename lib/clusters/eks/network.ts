import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { ClusterOf } from '../cluster.ts';
import { subnetRanges } from '../subnet-ranges.ts';

/** Where a cluster's nodes are. */
export interface Network {
  readonly vpcId: pulumi.Input<string>;
  /** Subnets without addresses of their own on the internet. */
  readonly privateSubnets: pulumi.Input<string>[];
}

/** The cluster's network: the one that it names, or a new one with a public and a private subnet in each zone. */
export function networkOf({ infrastructure, name }: ClusterOf<'eks'>, region: string, opts: pulumi.CustomResourceOptions): Network {
  const { vpc } = infrastructure;
  if ('id' in vpc) return { vpcId: vpc.id, privateSubnets: [...vpc.privateSubnets] };
  const tagged = (part: string, more: Record<string, string> = {}): { tags: Record<string, string> } => ({ tags: { Name: `${name}-${part}`, ...more } });
  const network = new aws.ec2.Vpc(name, { cidrBlock: vpc.range, enableDnsHostnames: true, enableDnsSupport: true, ...tagged('vpc') }, opts);
  // What isn't said to be let in stays out: the group that everything has unless it names another lets nothing through.
  new aws.ec2.DefaultSecurityGroup(name, { vpcId: network.id, ingress: [], egress: [], ...tagged('default') }, opts);
  const gateway = new aws.ec2.InternetGateway(name, { vpcId: network.id, ...tagged('internet') }, opts);
  const ranges = subnetRanges(vpc.range, vpc.zones.length);
  const outward = new aws.ec2.RouteTable(`${name}-public`, { vpcId: network.id, routes: [{ cidrBlock: '0.0.0.0/0', gatewayId: gateway.id }], ...tagged('public') }, opts);
  const publicSubnets = vpc.zones.map((zone, index) => {
    const part = `public-${zone}`;
    const subnet = new aws.ec2.Subnet(`${name}-${part}`, { vpcId: network.id, availabilityZone: `${region}${zone}`, cidrBlock: ranges.public[index] ?? '', ...tagged(part, { 'kubernetes.io/role/elb': '1' }) }, opts);
    new aws.ec2.RouteTableAssociation(`${name}-${part}`, { subnetId: subnet.id, routeTableId: outward.id }, opts);
    return subnet;
  });
  const gateways = publicSubnets.slice(0, vpc.nat === 'one' ? 1 : undefined).map((subnet, index) => {
    const part = `nat-${vpc.zones[index] ?? ''}`;
    const address = new aws.ec2.Eip(`${name}-${part}`, { domain: 'vpc', ...tagged(part) }, opts);
    return new aws.ec2.NatGateway(`${name}-${part}`, { subnetId: subnet.id, allocationId: address.id, ...tagged(part) }, { ...opts, dependsOn: [gateway] });
  });
  const privateSubnets = vpc.zones.map((zone, index) => {
    const part = `private-${zone}`;
    const nat = gateways[index] ?? gateways[0];
    const subnet = new aws.ec2.Subnet(`${name}-${part}`, { vpcId: network.id, availabilityZone: `${region}${zone}`, cidrBlock: ranges.private[index] ?? '', ...tagged(part, { 'kubernetes.io/role/internal-elb': '1' }) }, opts);
    const table = new aws.ec2.RouteTable(`${name}-${part}`, { vpcId: network.id, routes: nat === undefined ? [] : [{ cidrBlock: '0.0.0.0/0', natGatewayId: nat.id }], ...tagged(part) }, opts);
    // Nodes start once they can reach what they need.
    return new aws.ec2.RouteTableAssociation(`${name}-${part}`, { subnetId: subnet.id, routeTableId: table.id }, opts).subnetId.apply((id) => id ?? '');
  });
  return { vpcId: network.id, privateSubnets };
}
