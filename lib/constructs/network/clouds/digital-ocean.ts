import { annotationsWith } from '../annotations.ts';

/** A DigitalOcean load balancer, as `service.beta.kubernetes.io/do-loadbalancer-…` annotations. */
export interface DigitalOceanLoadBalancer extends DigitalOceanOptions {
  readonly cloud: 'digital-ocean';
}

/** What a DigitalOcean load balancer may be told. */
export interface DigitalOceanOptions {
  /** Name in the control panel (`name`). @default - made up by the cloud */
  readonly name?: string;
  /** Reachable from the internet or from the VPC only (`network`). @default - none written: 'external' */
  readonly network?: 'external' | 'internal';
  /** A regional balancer that ends HTTP, or one that passes connections on (`type`). @default - none written: 'REGIONAL' */
  readonly type?: 'REGIONAL' | 'REGIONAL_NETWORK';
  /** Nodes of the balancer (`size-unit`), 1 to 200. @default - none written: 1 */
  readonly sizeUnit?: number;
  /** What it speaks (`protocol`). @default - none written: 'tcp' */
  readonly protocol?: 'http' | 'http2' | 'https' | 'tcp';
  /** Certificate for `https` and `http2`, by id (`certificate-id`). @default - none */
  readonly certificateId?: string;
  /** Whether plain HTTP is redirected (`redirect-http-to-https`). @default - none written: false */
  readonly redirectHttpToHttps?: boolean;
  /** Whether client addresses come by the PROXY protocol (`enable-proxy-protocol`), which the pods must then speak. @default - none written: false */
  readonly proxyProtocol?: boolean;
  /** Path that the balancer asks on the nodes (`healthcheck-path`, with `healthcheck-protocol: http`). @default - a TCP connection */
  readonly healthCheckPath?: string;
  /** Seconds between health checks (`healthcheck-check-interval-seconds`), 3 to 300. @default - none written: 3 */
  readonly healthCheckIntervalSeconds?: number;
  /** Seconds after which an idle HTTP connection is closed (`http-idle-timeout-seconds`), 30 to 600. @default - none written: 60 */
  readonly httpIdleTimeoutSeconds?: number;
  /** Keeps the balancer when the Service is removed (`disown`), so that another Service can take it over. @default - none written: false */
  readonly disown?: boolean;
}

/** A DigitalOcean load balancer. */
export function digitalOcean(options: DigitalOceanOptions = {}): DigitalOceanLoadBalancer {
  return { cloud: 'digital-ocean', ...options };
}

/** The annotations that DigitalOcean's cloud controller manager reads. */
export function digitalOceanAnnotations(options: DigitalOceanOptions): Record<string, string> {
  return {
    ...annotationsWith('service.beta.kubernetes.io/do-loadbalancer-', {
      name: options.name,
      network: options.network?.toUpperCase(),
      type: options.type,
      'size-unit': options.sizeUnit,
      protocol: options.protocol,
      'certificate-id': options.certificateId,
      'redirect-http-to-https': options.redirectHttpToHttps,
      'enable-proxy-protocol': options.proxyProtocol,
      'healthcheck-protocol': options.healthCheckPath === undefined ? undefined : 'http',
      'healthcheck-path': options.healthCheckPath,
      'healthcheck-check-interval-seconds': options.healthCheckIntervalSeconds,
      'http-idle-timeout-seconds': options.httpIdleTimeoutSeconds,
    }),
    ...annotationsWith('service.kubernetes.io/do-loadbalancer-', { disown: options.disown }),
  };
}
