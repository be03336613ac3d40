import type { PodPort } from '../workload-identity.ts';
import { defaultGateway, type HttpRouteOptions } from './http-route-options.ts';
import type { IngressOptions } from './ingress-options.ts';
import type { Peer } from './peers.ts';
import { peerFor, portFor, type IngressRule } from './policy-rules.ts';
import { servicePorts } from './service-ports.ts';
import type { ServiceOptions } from './service-options.ts';

/** Lets in the proxies of a Gateway, an Ingress controller or a canary's router, on every port that a route may lead to. */
export function proxyIngress(expose: HttpRouteOptions | IngressOptions | undefined, others: readonly Peer[], services: readonly ServiceOptions[], podPorts: readonly PodPort[]): IngressRule[] {
  const anywhere = expose !== undefined && isOutside(expose);
  const peers = [...(expose === undefined || anywhere ? [] : proxiesOf(expose)), ...others];
  if (!anywhere && peers.length === 0) return [];
  const ports = new Map(services.flatMap((service) => servicePorts(service, podPorts)).map((port) => [port.targetNumber, port.pod?.protocol ?? 'TCP'] as const));
  // A rule without ports would open every port.
  return ports.size === 0 ? [] : [{
    ...(!anywhere && { from: peers.map(peerFor) }),
    ports: [...ports].sort(([a], [b]) => a - b).map(([port, protocol]) => portFor({ port, protocol })),
  }];
}

/** The namespaces into which controllers install themselves, by their usual class. */
const ingressNamespaces: Readonly<Record<string, string>> = { contour: 'projectcontour', haproxy: 'haproxy-controller', kong: 'kong', nginx: 'ingress-nginx', traefik: 'traefik' };

/** Whether the proxies are outside the cluster at addresses that nobody has said: an AWS load balancer reaches pods from anywhere in its network. */
function isOutside(expose: HttpRouteOptions | IngressOptions): boolean {
  return expose.kind === 'ingress' && expose.className === 'alb' && expose.proxies === undefined;
}

/** Where the proxies run. */
export function proxiesOf(expose: HttpRouteOptions | IngressOptions): readonly Peer[] {
  const said = expose.kind === 'ingress' ? expose.proxies : expose.gateway?.proxies;
  if (said !== undefined) return isList(said) ? said : [said];
  return [{ namespace: expose.kind === 'ingress' ? ingressNamespaces[expose.className ?? 'nginx'] ?? 'ingress-nginx' : expose.gateway?.namespace ?? defaultGateway.namespace }];
}

function isList(value: Peer | readonly Peer[]): value is readonly Peer[] {
  return Array.isArray(value);
}
