import type { CloudLoadBalancer } from './cloud-load-balancer.ts';

/** One port of a Service. */
export interface ServicePortOptions {
  /** Its name (`ports[].name`); `false` writes none, which only a Service with one port may do. @default - the name of the pod's port */
  readonly name?: string | false;
  /** Port of the Service (`ports[].port`). */
  readonly port: number;
  /** Port of the pods, by name or number (`ports[].targetPort`). @default - the name of the pod's port with the same name or number, else of its first port */
  readonly targetPort?: number | string;
  /** @default - the pod port's: TCP, which isn't written */
  readonly protocol?: 'TCP' | 'UDP';
  /** What is spoken on it (`ports[].appProtocol`), such as `kubernetes.io/h2c`, `kubernetes.io/ws` or `grpc`. @default - none */
  readonly appProtocol?: string;
  /** Port of every node (`ports[].nodePort`), only with `nodePort()` and `loadBalancer()`. @default - the cluster chooses one */
  readonly nodePort?: number;
}

/** What every kind of Service may say. */
export interface ServiceCommon {
  /** Name of the Service, unique in the namespace. @default - the workload's name */
  readonly name?: string;
  /** Port of the Service. @default 80, or the pods' own port for a headless Service */
  readonly port?: number;
  /** Port of the pods, by name or number. @default - the pods' first port */
  readonly targetPort?: number | string;
  /** What is spoken on the port (`ports[].appProtocol`). @default - none */
  readonly appProtocol?: string;
  /** All ports, instead of `port`, `targetPort` and `appProtocol`. @default - one port */
  readonly ports?: readonly ServicePortOptions[];
  /** Whether a client address stays with one pod (`sessionAffinity`). @default - none written: 'None' */
  readonly sessionAffinity?: 'ClientIP' | 'None';
  /** How long it stays, a duration of 1s to 24h (`sessionAffinityConfig.clientIP.timeoutSeconds`), only with `ClientIP`. @default - none written: 3h */
  readonly sessionAffinityTimeout?: string;
  /** One address family or two (`ipFamilyPolicy`). @default - none written: the cluster's first family */
  readonly ipFamilyPolicy?: 'PreferDualStack' | 'RequireDualStack' | 'SingleStack';
  /** The families, the first being the primary (`ipFamilies`). @default - the cluster's */
  readonly ipFamilies?: readonly ('IPv4' | 'IPv6')[];
  /**
   * Which endpoints are preferred (`trafficDistribution`): `PreferClose` keeps traffic in the zone on every supported Kubernetes, and has been
   * called `PreferSameZone` since 1.34 (the older name still works); `PreferSameNode` needs 1.34 too. @default - none: spread evenly
   */
  readonly trafficDistribution?: 'PreferClose' | 'PreferSameNode' | 'PreferSameZone';
  /** Whether traffic inside the cluster stays on its node (`internalTrafficPolicy`). @default - none written: 'Cluster' */
  readonly internalTrafficPolicy?: 'Cluster' | 'Local';
  /** Whether pods that aren't ready have DNS names too (`publishNotReadyAddresses`). @default - none written: false */
  readonly publishNotReadyAddresses?: boolean;
  /** Annotations of the Service. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Service inside the cluster. */
export interface ClusterIpService extends ServiceCommon {
  readonly kind: 'ClusterIP';
}

/** A Service without an address of its own: its DNS name gives the pods' addresses. */
export interface HeadlessService extends ServiceCommon {
  readonly kind: 'Headless';
}

/** A Service on a port of every node. */
export interface NodePortService extends ServiceCommon {
  readonly kind: 'NodePort';
  /** The port of every node, of a Service with one port (`ports[0].nodePort`). @default - the cluster chooses one */
  readonly nodePort?: number;
  /** `Local` keeps client addresses and sends only to nodes with a pod (`externalTrafficPolicy`). @default - none written: 'Cluster' */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
}

/** A Service with a load balancer of the cloud, or of a controller such as MetalLB. */
export interface LoadBalancerService extends ServiceCommon {
  readonly kind: 'LoadBalancer';
  /** The port of every node, of a Service with one port (`ports[0].nodePort`). @default - the cluster chooses one */
  readonly nodePort?: number;
  /**
   * Settings for the cloud: `digitalOcean()`, `awsNlb()`, `alibabaClb()`, `alibabaNlb()`. Several may stand side by side where an environment spans
   * clouds: each cloud reads its own annotations only. @default - none: the cluster's own defaults
   */
  readonly cloud?: CloudLoadBalancer | readonly CloudLoadBalancer[];
  /** Client networks that are let in (`loadBalancerSourceRanges`), as CIDRs. @default - everyone */
  readonly sourceRanges?: readonly string[];
  /** `Local` keeps client addresses and sends only to nodes with a pod (`externalTrafficPolicy`). @default - none written: 'Cluster' */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  /** The implementation (`loadBalancerClass`); can't be changed once made. @default - the cloud's, else the cluster's default one */
  readonly loadBalancerClass?: string;
  /** Whether node ports are allocated (`allocateLoadBalancerNodePorts`): not needed where the balancer reaches pods by address. @default - none written: true */
  readonly nodePorts?: boolean;
}

/** A Service: `clusterIp()`, `nodePort()`, `loadBalancer()` or `headless()`. */
export type ServiceOptions = ClusterIpService | HeadlessService | LoadBalancerService | NodePortService;

/** A Service inside the cluster, port 80 to the pods' first port unless said otherwise. */
export function clusterIp(options: Omit<ClusterIpService, 'kind'> = {}): ClusterIpService {
  return { kind: 'ClusterIP', ...options };
}

/** A Service on a port of every node. */
export function nodePort(options: Omit<NodePortService, 'kind'> = {}): NodePortService {
  return { kind: 'NodePort', ...options };
}

/** A Service with a load balancer, port 80 to the pods' first port unless said otherwise. */
export function loadBalancer(options: Omit<LoadBalancerService, 'kind'> = {}): LoadBalancerService {
  return { kind: 'LoadBalancer', ...options };
}

/** A Service whose DNS name gives the pods' addresses: what a StatefulSet is governed by. */
export function headless(options: Omit<HeadlessService, 'kind'> = {}): HeadlessService {
  return { kind: 'Headless', ...options };
}
