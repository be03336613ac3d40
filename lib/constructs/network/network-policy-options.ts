import type { AllowedTraffic, PolicyPort } from './peers.ts';

/** Where DNS is asked. */
export interface DnsOptions {
  /** Namespace of the DNS pods. @default 'kube-system' */
  readonly namespace?: string;
  /** Labels of the DNS pods. @default { 'k8s-app': 'kube-dns' } */
  readonly pods?: Readonly<Record<string, string>>;
  /** Port on which the DNS pods listen. @default 53 */
  readonly port?: number;
  /** Addresses of node-local DNS caches, as CIDRs. @default ['169.254.20.10/32'] */
  readonly addresses?: readonly string[];
}

/** What the network policy lets through beside what follows from the other props. */
export interface NetworkPolicyOptions {
  /** Connections that the app may open. @default [] */
  readonly allowEgress?: readonly AllowedTraffic[];
  /** Connections that may be opened to the app. Ports are the pods'. @default [] */
  readonly allowIngress?: readonly AllowedTraffic[];
  /** Whether the app may reach the internet, never private networks or a cloud's metadata address. @default false */
  readonly internet?: boolean | { readonly ports: readonly PolicyPort[] };
  /** Where DNS is asked; `false` for an app that needs none. @default - kube-dns and node-local caches */
  readonly dns?: DnsOptions | false;
}
