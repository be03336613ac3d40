import type { Peer } from '../../network/peers.ts';

/** A VirtualService that is made elsewhere, with its routes that the canary shares. */
export interface VirtualServiceReference {
  /** Its name; `<name>.<namespace>` in another namespace. */
  readonly name: string;
  /** HTTP routes by name (`routes`). @default - its only one */
  readonly routes?: readonly string[];
  /** TLS routes by their one port and all their SNI hosts (`tlsRoutes`). @default - none written */
  readonly tlsRoutes?: readonly { readonly port?: number; readonly sniHosts?: readonly string[] }[];
  /** TCP routes by their port (`tcpRoutes`). @default - none written */
  readonly tcpRoutes?: readonly { readonly port?: number }[];
}

/** What `istio()` takes. */
export interface IstioInput {
  /**
   * What tells the versions apart: `host`: a Service each. `subset`: subsets of the app's one Service, in a DestinationRule. @default 'host'
   */
  readonly level?: 'host' | 'subset';
  /** Host names by which the app is reached from outside, written as in `httpRoute()`; with `gateways` (`hosts`). @default - none: only within the mesh */
  readonly host?: string | readonly string[];
  /** Istio's Gateways that take these hosts, `<namespace>/<name>` (`gateways`). @default - none: only within the mesh */
  readonly gateways?: readonly string[];
  /** Whether calls within the mesh are shared as well (gateway `mesh`). @default true */
  readonly mesh?: boolean;
  /** Prefix of the paths that are taken (`http[].match[].uri.prefix`). @default - every path */
  readonly path?: string;
  /** How long a request may take, a Go duration (`http[].timeout`). @default - Istio's: no limit */
  readonly timeout?: string;
  /** Where the Gateways' proxies run, for network policies. @default - every pod in the namespaces of `gateways` */
  readonly proxies?: Peer | readonly Peer[];
  /** Subsets that also get a part of the traffic in VirtualServices that are made elsewhere; only with `level: 'subset'` (`additionalSubsetNames`). @default [] */
  readonly additionalSubsets?: readonly string[];
  /** VirtualServices made elsewhere, in place of one of its own (`virtualService`, `virtualServices`). @default - one of its own */
  readonly virtualServices?: readonly VirtualServiceReference[];
}

/** Traffic is shared by Istio. */
export interface IstioRouter extends IstioInput {
  readonly router: 'istio';
}

/** Shares traffic by Istio: Argo Rollouts sets the weights of a VirtualService's route. */
export function istio(input: IstioInput = {}): IstioRouter {
  return { router: 'istio', ...input };
}

/** Names of the subsets of both versions. */
export const subsets = { stable: 'stable', canary: 'canary' } as const;
