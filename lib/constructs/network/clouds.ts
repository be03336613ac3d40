import type { CloudLoadBalancer } from './cloud-load-balancer.ts';
import { alibabaAnnotations, nlbClass } from './clouds/alibaba.ts';
import { awsAnnotations } from './clouds/aws.ts';
import { digitalOceanAnnotations } from './clouds/digital-ocean.ts';
import type { LoadBalancerService } from './service-options.ts';

/** The clouds that a Service has settings for. */
export function cloudsOf(options: LoadBalancerService): readonly CloudLoadBalancer[] {
  const cloud = options.cloud;
  return cloud === undefined ? [] : isList(cloud) ? cloud : [cloud];
}

/** The annotations of all clouds of a Service: their keys don't meet, and a cloud reads only its own. */
export function cloudAnnotations(options: LoadBalancerService): Record<string, string> {
  return Object.assign({}, ...cloudsOf(options).map(annotationsOf)) as Record<string, string>;
}

/** The class that a cloud's balancer is chosen by. */
export function cloudClass(cloud: CloudLoadBalancer): string | undefined {
  return cloud.cloud === 'alibaba-nlb' ? nlbClass : undefined;
}

/**
 * Whether pods see the addresses of clients, so that a network policy can tell them apart. A balancer that answers for its clients, or that checks
 * pods from its own address, doesn't leave them.
 */
export function keepsClientAddresses(options: LoadBalancerService): boolean {
  return options.externalTrafficPolicy === 'Local'
    && cloudsOf(options).every((cloud) => cloud.cloud === 'aws-nlb' && cloud.targets === 'instance' && cloud.preserveClientIp !== false);
}

function annotationsOf(cloud: CloudLoadBalancer): Record<string, string> {
  switch (cloud.cloud) {
    case 'digital-ocean':
      return digitalOceanAnnotations(cloud);
    case 'aws-nlb':
      return awsAnnotations(cloud);
    case 'alibaba-clb':
    case 'alibaba-nlb':
      return alibabaAnnotations(cloud);
    default:
      return unknownCloud(cloud);
  }
}

function isList(value: CloudLoadBalancer | readonly CloudLoadBalancer[]): value is readonly CloudLoadBalancer[] {
  return Array.isArray(value);
}

function unknownCloud(cloud: never): never {
  throw new TypeError(`unknown cloud: ${JSON.stringify(cloud)}`);
}
