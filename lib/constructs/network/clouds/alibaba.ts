import { compareText } from '../../../values/errors.ts';
import { annotationsWith } from '../annotations.ts';

/** A Classic Load Balancer of Alibaba Cloud, as `service.beta.kubernetes.io/alibaba-cloud-loadbalancer-…` annotations. */
export interface AlibabaClb extends AlibabaClbOptions {
  readonly cloud: 'alibaba-clb';
}

/** A Network Load Balancer of Alibaba Cloud: the same annotations and `loadBalancerClass: alibabacloud.com/nlb`. */
export interface AlibabaNlb extends AlibabaNlbOptions {
  readonly cloud: 'alibaba-nlb';
}

/** What both kinds may be told. */
export interface AlibabaCommonOptions {
  /** Reachable from the internet or from the VPC only (`address-type`). @default - none written: 'internet' */
  readonly addressType?: 'internet' | 'intranet';
  /** Name of the balancer (`name`). @default - made up by the controller */
  readonly name?: string;
  /** A balancer that exists already, by id (`id`). @default - a new one */
  readonly id?: string;
  /** Whether the listeners of an existing balancer are overwritten (`force-override-listeners`), only with `id`. @default - none written: false */
  readonly overrideListeners?: boolean;
  /** Path of an HTTP health check (`health-check-uri`, with type http). @default - a TCP connection */
  readonly healthCheckPath?: string;
  /** Seconds between health checks (`health-check-interval`), 1 to 50. @default - none written: the balancer's */
  readonly healthCheckIntervalSeconds?: number;
}

/** What a Classic Load Balancer may be told. */
export interface AlibabaClbOptions extends AlibabaCommonOptions {
  /** Size of a balancer billed by specification (`spec`), such as `slb.s2.small`. @default - none: billed by use */
  readonly spec?: string;
  /** Zone of the main instance (`master-zoneid`). @default - the cloud's choice */
  readonly masterZone?: string;
  /** Zone of the standby instance (`slave-zoneid`). @default - the cloud's choice */
  readonly standbyZone?: string;
}

/** What a Network Load Balancer may be told. */
export interface AlibabaNlbOptions extends AlibabaCommonOptions {
  /** Zones with the switch in each (`zone-maps`): at least two of them, `{ 'cn-hangzhou-k': 'vsw-…' }`. Needed for a new balancer. @default - none */
  readonly zones?: Readonly<Record<string, string>>;
  /** Security groups (`security-group-ids`). @default - none */
  readonly securityGroups?: readonly string[];
}

/** A Classic Load Balancer of Alibaba Cloud. */
export function alibabaClb(options: AlibabaClbOptions = {}): AlibabaClb {
  return { cloud: 'alibaba-clb', ...options };
}

/** A Network Load Balancer of Alibaba Cloud. */
export function alibabaNlb(options: AlibabaNlbOptions = {}): AlibabaNlb {
  return { cloud: 'alibaba-nlb', ...options };
}

/** The class of Services that a Network Load Balancer serves. */
export const nlbClass = 'alibabacloud.com/nlb';

/** The annotations that Alibaba Cloud's controller manager reads. */
export function alibabaAnnotations(options: AlibabaClb | AlibabaNlb): Record<string, string> {
  const checked = options.healthCheckPath !== undefined || options.healthCheckIntervalSeconds !== undefined;
  return annotationsWith('service.beta.kubernetes.io/alibaba-cloud-loadbalancer-', {
    'address-type': options.addressType,
    name: options.name,
    id: options.id,
    'force-override-listeners': options.overrideListeners,
    'health-check-flag': checked ? 'on' : undefined,
    'health-check-type': !checked ? undefined : options.healthCheckPath === undefined ? 'tcp' : 'http',
    'health-check-uri': options.healthCheckPath,
    'health-check-interval': options.healthCheckIntervalSeconds,
    ...(options.cloud === 'alibaba-clb' ? clbAnnotations(options) : nlbAnnotations(options)),
  });
}

function clbAnnotations(options: AlibabaClbOptions): Record<string, string | undefined> {
  return {
    'instance-charge-type': options.spec === undefined ? undefined : 'PayBySpec',
    spec: options.spec,
    'master-zoneid': options.masterZone,
    'slave-zoneid': options.standbyZone,
  };
}

function nlbAnnotations(options: AlibabaNlbOptions): Record<string, string | undefined> {
  const zones = Object.entries(options.zones ?? {}).sort(([a], [b]) => compareText(a, b));
  return {
    'zone-maps': zones.length === 0 ? undefined : zones.map(([zone, vswitch]) => `${zone}:${vswitch}`).join(','),
    'security-group-ids': options.securityGroups?.join(','),
  };
}
