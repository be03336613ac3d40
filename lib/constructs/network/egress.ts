import type { DnsOptions, NetworkPolicyOptions } from './network-policy-options.ts';
import { peerFor, portsField, type EgressRule } from './policy-rules.ts';

/** Where DNS is asked unless said otherwise. */
export const defaultDns = {
  namespace: 'kube-system',
  pods: { 'k8s-app': 'kube-dns' },
  port: 53,
  // A node-local cache listens on the node itself, where no pod selector reaches; the address is the add-on's own default.
  addresses: ['169.254.20.10/32'],
} as const;

/** What is no internet: private networks (RFC 1918), carrier networks (Alibaba's metadata address among them), link-local ones (every other cloud's). */
const privateNetworks = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] as const;
/** The same for IPv6: unique local and link-local addresses. */
const privateNetworks6 = ['fc00::/7', 'fe80::/10'] as const;

/** Lets DNS questions out, by UDP and TCP. */
export function dnsEgress(options: DnsOptions | false = {}): EgressRule[] {
  if (options === false) return [];
  const port = options.port ?? defaultDns.port;
  return [{
    to: [
      peerFor({ namespace: options.namespace ?? defaultDns.namespace, pods: options.pods ?? defaultDns.pods }),
      ...(options.addresses ?? defaultDns.addresses).map((cidr) => peerFor({ cidr })),
    ],
    ...portsField([{ port, protocol: 'UDP' }, { port, protocol: 'TCP' }]),
  }];
}

/** Lets connections to the internet out, and to nothing else that has an address. */
export function internetEgress(internet: NetworkPolicyOptions['internet'] = false): EgressRule[] {
  if (internet === false) return [];
  return [{
    to: [peerFor({ cidr: '0.0.0.0/0', except: privateNetworks }), peerFor({ cidr: '::/0', except: privateNetworks6 })],
    ...portsField(internet === true ? undefined : internet.ports),
  }];
}
