/** Pods, found by namespace and labels. */
export interface PodPeer {
  /** Name of their namespace (`namespaceSelector` on `kubernetes.io/metadata.name`). @default - the app's own */
  readonly namespace?: string;
  /** Labels of their namespaces, instead of one name (`namespaceSelector.matchLabels`). @default - see `namespace` */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Their labels (`podSelector.matchLabels`). @default - every pod there */
  readonly pods?: Readonly<Record<string, string>>;
}

/** Addresses outside the cluster's pods. */
export interface AddressPeer {
  /** Network as CIDR (`ipBlock.cidr`), such as `10.20.0.0/16`. */
  readonly cidr: string;
  /** Parts of it that are left out (`ipBlock.except`). @default [] */
  readonly except?: readonly string[];
}

/** The other end of a connection. */
export type Peer = AddressPeer | PodPeer;

/** A port in a network policy: a number (TCP), or a number with protocol and end of a range. */
export type PolicyPort = number | {
  /** Number of the port, as the pods at the other end have it: Service ports don't count. */
  readonly port: number;
  /** Last port of a range that starts at `port` (`endPort`). @default - that port alone */
  readonly endPort?: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
};

/** Connections that are let through. */
export type AllowedTraffic = Peer & {
  /** Ports of the end that is connected to. @default - every port */
  readonly ports?: readonly PolicyPort[];
};
