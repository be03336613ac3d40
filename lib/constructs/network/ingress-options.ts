import type { Peer } from './peers.ts';

/** TLS of an Ingress. */
export interface IngressTls {
  /** Secret with the certificate (`tls[].secretName`). @default - `<name>-tls` */
  readonly secretName?: string;
  /** ClusterIssuer of cert-manager that fills the Secret (annotation `cert-manager.io/cluster-issuer`). @default - none: the Secret exists */
  readonly clusterIssuer?: string;
  /** Issuer of cert-manager in the app's namespace (annotation `cert-manager.io/issuer`). @default - none */
  readonly issuer?: string;
}

/** One path of an Ingress. */
export interface IngressPath {
  /** @default '/' */
  readonly path?: string;
  /** @default 'Prefix' */
  readonly pathType?: 'Exact' | 'ImplementationSpecific' | 'Prefix';
  /** Port of the app's Service, by number. @default - its first port */
  readonly port?: number;
}

/** What `ingress()` takes. */
export interface IngressInput {
  /** Host names: one label such as `shop` becomes `shop.<domain of the environment>`, a name with a dot stays (`rules[].host`). */
  readonly host: string | readonly string[];
  /** The controller that serves it (`ingressClassName`). @default - the cluster's default class */
  readonly className?: string;
  /** HTTPS. @default - none: the controller's own certificate, or plain HTTP */
  readonly tls?: boolean | IngressTls;
  /** The paths. @default - everything goes to the first port */
  readonly paths?: readonly (string | IngressPath)[];
  /** Annotations, which the controllers read. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Where the controller's proxies run, for network policies; several where they differ by cluster. @default - the namespace of the class's controller (traefik: `traefik`, contour: `projectcontour`, kong: `kong`, haproxy: `haproxy-controller`), else `ingress-nginx`; for `alb` every address, as for any load balancer: say its network to let in no others */
  readonly proxies?: Peer | readonly Peer[];
}

/** The app is reached by an Ingress. */
export interface IngressOptions extends IngressInput {
  readonly kind: 'ingress';
}

/** Reaches the app by an Ingress, for clusters without a Gateway. */
export function ingress(input: IngressInput): IngressOptions {
  return { kind: 'ingress', ...input };
}
