import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer';
import type { INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPort';
import { isWithin, parseCidr } from '../../../lib/constructs/network/cidr.ts';

/** The other end of a connection: an address, or a pod. */
export type End = { readonly address: string } | { readonly namespace: string; readonly namespaceLabels?: Readonly<Record<string, string>>; readonly labels?: Readonly<Record<string, string>> };

/** Whether a policy lets a connection through, by the rules of Kubernetes' own documentation. */
export function allows(policy: INetworkPolicy, direction: 'ingress' | 'egress', end: End, port: number, protocol: 'TCP' | 'UDP' = 'TCP'): boolean {
  const spec = policy.spec;
  if (!(spec?.policyTypes ?? []).includes(direction === 'ingress' ? 'Ingress' : 'Egress')) return true;
  const rules = direction === 'ingress'
    ? (spec?.ingress ?? []).map((rule) => ({ peers: rule.from, ports: rule.ports }))
    : (spec?.egress ?? []).map((rule) => ({ peers: rule.to, ports: rule.ports }));
  return rules.some(({ peers, ports }) => (ports === undefined || ports.some((each) => portMatches(each, port, protocol)))
    && (peers === undefined || peers.some((peer) => peerMatches(peer, end, policy.metadata?.namespace ?? ''))));
}

function portMatches(rule: INetworkPolicyPort, port: number, protocol: string): boolean {
  if ((rule.protocol ?? 'TCP') !== protocol) return false;
  const first = rule.port;
  return first === undefined || (typeof first === 'number' && port >= first && port <= (rule.endPort ?? first));
}

function peerMatches(peer: INetworkPolicyPeer, end: End, ownNamespace: string): boolean {
  if (peer.ipBlock !== undefined) {
    return 'address' in end && contains(peer.ipBlock.cidr, end.address) && !(peer.ipBlock.except ?? []).some((each) => contains(each, end.address));
  }
  if ('address' in end) return false;
  const namespaceLabels = { 'kubernetes.io/metadata.name': end.namespace, ...end.namespaceLabels };
  const inNamespace = peer.namespaceSelector === undefined ? end.namespace === ownNamespace : matches(peer.namespaceSelector.matchLabels, namespaceLabels);
  return inNamespace && matches(peer.podSelector?.matchLabels, end.labels ?? {});
}

function matches(wanted: Readonly<Record<string, string>> | undefined, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted ?? {}).every(([key, value]) => labels[key] === value);
}

function contains(network: string, address: string): boolean {
  const outer = parseCidr(network);
  const inner = parseCidr(`${address}/${address.includes(':') ? 128 : 32}`);
  if (outer === undefined || inner === undefined) return false;
  return isWithin(inner, outer) || (inner.family === outer.family && inner.prefix === outer.prefix && inner.address === outer.address);
}
