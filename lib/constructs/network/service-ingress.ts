import type { PodPort } from '../workload-identity.ts';
import { keepsClientAddresses } from './clouds.ts';
import { peerFor, portFor, type IngressRule } from './policy-rules.ts';
import { servicePorts } from './service-ports.ts';
import type { ServiceOptions } from './service-options.ts';

/**
 * Lets in what a Service brings from outside the cluster. Without `from` it means everyone: most balancers and every node that forwards hide the
 * client's address, so that the Service's source ranges are held by the balancer; they are repeated here only where pods see the real address.
 */
export function serviceIngress(service: ServiceOptions, podPorts: readonly PodPort[]): IngressRule[] {
  if (service.kind !== 'LoadBalancer' && service.kind !== 'NodePort') return [];
  const ranges = service.kind === 'LoadBalancer' && keepsClientAddresses(service) ? service.sourceRanges ?? [] : [];
  return [{
    ...(ranges.length > 0 && { from: ranges.map((cidr) => peerFor({ cidr })) }),
    ports: servicePorts(service, podPorts).map((port) => portFor({ port: port.targetNumber, protocol: port.pod?.protocol ?? 'TCP' })),
  }];
}
