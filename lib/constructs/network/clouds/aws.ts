import { annotationsWith } from '../annotations.ts';

/** A Network Load Balancer of AWS, made by the AWS Load Balancer Controller from `service.beta.kubernetes.io/aws-load-balancer-…` annotations. */
export interface AwsNlb extends AwsNlbOptions {
  readonly cloud: 'aws-nlb';
}

/** How the balancer asks whether a target is healthy. */
export interface AwsHealthCheck {
  /** @default 'http' where there is a path, else 'tcp' */
  readonly protocol?: 'http' | 'https' | 'tcp';
  /** Path of an HTTP check. @default - a TCP connection */
  readonly path?: string;
  /** Port that is asked. @default - none written: the traffic port */
  readonly port?: number | 'traffic-port';
  /** Seconds between checks, 5 to 300. @default - none written: 10 */
  readonly intervalSeconds?: number;
  /** Seconds until an unanswered check fails, 2 to 120. @default - none written: the balancer's */
  readonly timeoutSeconds?: number;
  /** Checks in a row that make a target healthy, 2 to 10. @default - none written: 3 */
  readonly healthyThreshold?: number;
  /** Checks in a row that make it unhealthy, 2 to 10. @default - none written: 3 */
  readonly unhealthyThreshold?: number;
}

/** What a Network Load Balancer may be told. */
export interface AwsNlbOptions {
  /** Name of the balancer (`name`), at most 32 characters. @default - made up by the controller */
  readonly name?: string;
  /** Reachable from the internet or from the VPC only (`scheme`). @default 'internal', the controller's own choice */
  readonly scheme?: 'internal' | 'internet-facing';
  /** Whether it sends to pods by their address or to node ports (`nlb-target-type`). @default 'ip' */
  readonly targets?: 'instance' | 'ip';
  /** Whether each of its addresses sends to targets in every zone (`attributes: load_balancing.cross_zone.enabled`). @default true */
  readonly crossZone?: boolean;
  /** Health checks (`healthcheck-…`). @default - the controller's */
  readonly healthCheck?: AwsHealthCheck;
  /** Certificates of ACM for TLS ports, by ARN (`ssl-cert`). @default - none: TLS isn't ended here */
  readonly certificates?: readonly string[];
  /** Ports of the Service that speak TLS (`ssl-ports`), by number or name. @default - every port, once there is a certificate */
  readonly tlsPorts?: readonly (number | string)[];
  /** Subnets, by id or name (`subnets`). @default - found by their tags */
  readonly subnets?: readonly string[];
  /** Whether client addresses are kept (`target-group-attributes: preserve_client_ip.enabled`). @default - none written: false for `ip`, true for `instance` */
  readonly preserveClientIp?: boolean;
  /** Whether client addresses come by the PROXY protocol v2 (`proxy-protocol`), which the pods must then speak. @default - none written: false */
  readonly proxyProtocol?: boolean;
  /** Seconds in which a target that goes still gets its connections (`target-group-attributes: deregistration_delay.timeout_seconds`), 0 to 3600. @default - none written: 300 */
  readonly deregistrationDelaySeconds?: number;
}

/** A Network Load Balancer of AWS. */
export function awsNlb(options: AwsNlbOptions = {}): AwsNlb {
  return { cloud: 'aws-nlb', ...options };
}

/**
 * The annotations that the AWS Load Balancer Controller reads. `type: external` keeps the older in-tree controller away; a loadBalancerClass would do
 * so too, but would hide the Service from every other cloud.
 */
export function awsAnnotations(options: AwsNlbOptions): Record<string, string> {
  const check = options.healthCheck;
  return annotationsWith('service.beta.kubernetes.io/aws-load-balancer-', {
    type: 'external',
    scheme: options.scheme ?? 'internal',
    'nlb-target-type': options.targets ?? 'ip',
    name: options.name,
    attributes: `load_balancing.cross_zone.enabled=${String(options.crossZone ?? true)}`,
    'target-group-attributes': targetGroupAttributes(options),
    subnets: options.subnets?.join(','),
    'ssl-cert': options.certificates?.join(','),
    'ssl-ports': options.tlsPorts?.join(','),
    'proxy-protocol': options.proxyProtocol === true ? '*' : undefined,
    'healthcheck-protocol': check === undefined ? undefined : check.protocol ?? (check.path === undefined ? 'tcp' : 'http'),
    'healthcheck-path': check?.path,
    'healthcheck-port': check?.port,
    'healthcheck-interval': check?.intervalSeconds,
    'healthcheck-timeout': check?.timeoutSeconds,
    'healthcheck-healthy-threshold': check?.healthyThreshold,
    'healthcheck-unhealthy-threshold': check?.unhealthyThreshold,
  });
}

function targetGroupAttributes(options: AwsNlbOptions): string | undefined {
  const attributes = [
    ...(options.deregistrationDelaySeconds === undefined ? [] : [`deregistration_delay.timeout_seconds=${options.deregistrationDelaySeconds}`]),
    ...(options.preserveClientIp === undefined ? [] : [`preserve_client_ip.enabled=${String(options.preserveClientIp)}`]),
  ];
  return attributes.length === 0 ? undefined : attributes.join(',');
}
