import type { INetworkPolicyEgressRule } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyEgressRule';
import type { INetworkPolicyIngressRule } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyIngressRule';
import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer';
import type { INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPort';
import type { AllowedTraffic, Peer, PolicyPort } from './peers.ts';

/** A rule of a policy for connections that come in. */
export type IngressRule = INetworkPolicyIngressRule;
/** A rule of a policy for connections that go out. */
export type EgressRule = INetworkPolicyEgressRule;

/** Lets connections in. */
export function ingressRule(traffic: AllowedTraffic): IngressRule {
  return { from: [peerFor(traffic)], ...portsField(traffic.ports) };
}

/** Lets connections out. */
export function egressRule(traffic: AllowedTraffic): EgressRule {
  return { to: [peerFor(traffic)], ...portsField(traffic.ports) };
}

/** A peer as NetworkPolicy has it. */
export function peerFor(peer: Peer): INetworkPolicyPeer {
  if ('cidr' in peer) return { ipBlock: { cidr: peer.cidr, ...(peer.except !== undefined && peer.except.length > 0 && { except: [...peer.except] }) } };
  const namespaces = peer.namespaces ?? (peer.namespace === undefined ? undefined : { 'kubernetes.io/metadata.name': peer.namespace });
  return {
    ...(namespaces !== undefined && { namespaceSelector: { matchLabels: { ...namespaces } } }),
    // An empty selector takes every pod; without a namespace it must be there, or the peer would be empty.
    ...((peer.pods !== undefined || namespaces === undefined) && { podSelector: { ...(peer.pods !== undefined && { matchLabels: { ...peer.pods } }) } }),
  };
}

/** A port as NetworkPolicy has it. */
export function portFor(port: PolicyPort): INetworkPolicyPort {
  if (typeof port === 'number') return { protocol: 'TCP', port };
  return { protocol: port.protocol ?? 'TCP', port: port.port, ...(port.endPort !== undefined && { endPort: port.endPort }) };
}

/** The ports of a rule; none stands for every port. */
export function portsField(ports: readonly PolicyPort[] | undefined): { ports?: INetworkPolicyPort[] } {
  return ports === undefined || ports.length === 0 ? {} : { ports: ports.map(portFor) };
}
