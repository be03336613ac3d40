import { listAt, textAt } from '../../values/fields.ts';
import { cleanersOf, leftover, type Leftover } from './leftover.ts';

/** Objects from which the addresses of a cluster's load balancers can be told. */
export interface NetworkObjects {
  readonly services: readonly unknown[];
  readonly ingresses: readonly unknown[];
  readonly gateways: readonly unknown[];
  /** Alibaba Cloud's AlbConfigs, one for each load balancer of ALB Ingress. */
  readonly albConfigs: readonly unknown[];
  readonly nodes: readonly unknown[];
}

/**
 * The load balancers that a cluster made: of Services, and of the Ingresses and Gateways whose class provisions one. An Ingress or a Gateway
 * whose address is a Service's, a node's or an AlbConfig's has none of its own: what serves it is in the cluster.
 */
export function loadBalancers({ services, ingresses, gateways, albConfigs, nodes }: NetworkObjects): Leftover[] {
  const others = new Set([
    ...services.flatMap((service) => [...statusAddresses(service), ...listAt(service, 'spec', 'clusterIPs').map(String), ...listAt(service, 'spec', 'externalIPs').map(String)]),
    ...nodes.flatMap((node) => listAt(node, 'status', 'addresses').flatMap((each) => textAt(each, 'address') ?? [])),
    ...albConfigs.flatMap((config) => textAt(config, 'status', 'loadBalancer', 'dnsname') ?? []),
  ]);
  const own = (addresses: readonly string[]): string[] => addresses.filter((address) => !others.has(address) && !inCluster.test(address));
  const named = (kind: string, object: unknown, addresses: readonly string[]): Leftover[] => {
    const cleaners = cleanersOf(object);
    if (addresses.length === 0 && cleaners.length === 0) return [];
    return [leftover(kind, object, `a load balancer: ${addresses.length > 0 ? [...addresses].sort().join(', ') : `kept until ${cleaners.join(', ')} is done`}`)];
  };
  return [
    ...services.flatMap((service) => (isBalanced(service) ? named('Service', service, statusAddresses(service)) : [])),
    ...ingresses.flatMap((ingress) => named('Ingress', ingress, own(statusAddresses(ingress)))),
    ...gateways.flatMap((gateway) => named('Gateway', gateway, own(listAt(gateway, 'status', 'addresses').flatMap((each) => textAt(each, 'value') ?? [])))),
    ...albConfigs.flatMap(albOf),
  ];
}

/** Names by which a Service is known in its cluster alone. */
const inCluster = /\.svc(\.|$)/;

/** Whether a Service has, or still has, a load balancer: one that became another type keeps its finalizer until that is gone. */
function isBalanced(service: unknown): boolean {
  return textAt(service, 'spec', 'type') === 'LoadBalancer' || statusAddresses(service).length > 0 || cleanersOf(service).some((name) => /load-?balancer|\/resources$/.test(name));
}

function statusAddresses(object: unknown): string[] {
  return listAt(object, 'status', 'loadBalancer', 'ingress').flatMap((each) => [textAt(each, 'hostname'), textAt(each, 'ip')].filter((address) => address !== undefined));
}

/** The load balancer that an AlbConfig made; one that it took over by its id was there before. */
function albOf(config: unknown): Leftover[] {
  const id = textAt(config, 'status', 'loadBalancer', 'id');
  if (id === undefined || textAt(config, 'spec', 'config', 'id') !== undefined) return [];
  const name = textAt(config, 'status', 'loadBalancer', 'dnsname');
  return [leftover('AlbConfig', config, `a load balancer: ${id}${name === undefined ? '' : `, ${name}`}`)];
}
