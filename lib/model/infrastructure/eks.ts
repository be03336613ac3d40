import { z } from 'zod';
import { checkedText } from '../schema.ts';
import { cidrSchema, publicApiRules, rangesOverlap } from './network.ts';
import { nodePoolShape, poolRules, type NodePoolInput } from './node-pool.ts';
import { tagsSchema } from './tags.ts';

/** A managed node group of EKS. */
export interface EksNodePoolInput extends NodePoolInput {
  /** Machines that AWS may take away within two minutes (`capacityType: SPOT`). Cost: a fraction of the ordinary price. @default false */
  readonly spot?: boolean;
  /** Size of each node's encrypted disk in GiB. Cost: by the GiB each month. @default 50 */
  readonly diskGiB?: number;
}

/** A network that is made for the cluster. */
export interface EksNewVpc {
  /** Address range, /16 to /20. @default '10.0.0.0/16' */
  readonly range?: string;
  /** Letters of the availability zones in the region, two to six. Cost: with `nat: 'each-zone'` a gateway each; traffic from one to another by the GB. @default ['a', 'b', 'c'] */
  readonly zones?: readonly string[];
  /** How private nodes reach the internet: by one NAT gateway, or by one in each zone, so that a zone's end leaves the others be. Cost: each by the hour and the GB. @default 'one' */
  readonly nat?: 'each-zone' | 'one';
}

/** A network that exists. */
export interface EksExistingVpc {
  readonly id: string;
  /** Subnets of the nodes, in at least two zones, tagged `kubernetes.io/role/internal-elb`. */
  readonly privateSubnets: readonly string[];
}

/** What `eks()` takes. */
export interface EksOptions {
  /** Managed node groups. Cost: each node by the hour. @default - one pool `workers` of `m7i.large` */
  readonly nodePools?: readonly EksNodePoolInput[];
  /** Its network. Cost of a new one: its NAT gateways, by the hour and the GB. @default - a new VPC over three zones with one NAT gateway */
  readonly vpc?: EksNewVpc | EksExistingVpc;
  /** Address range of Services (`serviceIpv4Cidr`). @default - AWS's own */
  readonly serviceRange?: string;
  /** Ranges from which its API can be reached over the internet; an empty list: not at all, only from its own network. @default - from everywhere, which a policy refuses for clusters labelled `tier: production` unless `publicApi` says so */
  readonly apiFrom?: readonly string[];
  /** Says that its API is meant to be reached from everywhere. @default false */
  readonly publicApi?: boolean;
  /** ARN of the KMS key that encrypts Secrets. Cost of a new one: a fixed price each month. @default - a new key, rotated each year */
  readonly kmsKey?: string;
  /** ARNs of IAM roles that administer the cluster, beside whoever makes it. @default [] */
  readonly admins?: readonly string[];
  /** What the control plane logs to CloudWatch. Cost: by the GB. @default ['audit', 'authenticator'] */
  readonly logs?: readonly ('api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler')[];
  /** Tags beside those that name the fleet's cluster. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A cluster on AWS. */
export interface EksInput extends EksOptions {
  readonly kind: 'eks';
}

/** A cluster of Amazon EKS. */
export function eks(options: EksOptions = {}): EksInput {
  return { kind: 'eks', ...options };
}

function sizeProblem(text: string): string | undefined {
  return /^[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/.test(text) ? undefined : `expected an EC2 instance type such as m7g.large, got ${JSON.stringify(text)}`;
}

/** Whether an instance type has AWS's own ARM processors: in the name of their family a "g" follows the generation, as in m7g and c7gn. */
export function isArm(size: string): boolean {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(size);
}

const arnSchema = (service: string) => checkedText((text) => (new RegExp(`^arn:aws[\\w-]*:${service}:[\\w-]*:\\d{12}:.+$`).test(text) ? undefined : `expected an ARN of ${service}, such as arn:aws:${service}:…, got ${JSON.stringify(text)}`));
const idSchema = (prefix: string) => checkedText((text) => (new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(text) ? undefined : `expected an id such as ${prefix}-0123456789abcdef0, got ${JSON.stringify(text)}`));

/** Where AWS lets Services have their addresses. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] as const;

const newVpcSchema = z.strictObject({
  range: cidrSchema.default('10.0.0.0/16').refine((range) => { const bits = Number(range.split('/')[1]); return range.includes('.') && bits >= 16 && bits <= 20; }, { error: 'expected an IPv4 range from /16 to /20: it is divided among the zones' }),
  zones: z.array(z.string().regex(/^[a-f]$/, 'expected the letter of an availability zone, a to f')).min(2).max(6).default(['a', 'b', 'c']).refine((zones) => new Set(zones).size === zones.length, { error: 'expected each zone once' }),
  nat: z.enum(['each-zone', 'one']).default('one'),
});

export const eksSchema = z.strictObject({
  kind: z.literal('eks'),
  nodePools: z.array(z.strictObject({ ...nodePoolShape(sizeProblem), spot: z.boolean().default(false), diskGiB: z.int().min(20).max(16_384).default(50) })).superRefine(poolRules).default([]),
  vpc: z.union([z.strictObject({ id: idSchema('vpc'), privateSubnets: z.array(idSchema('subnet')).min(2) }), newVpcSchema]).prefault({}),
  serviceRange: cidrSchema.optional(),
  apiFrom: z.array(cidrSchema).optional(),
  publicApi: z.boolean().default(false),
  kmsKey: arnSchema('kms').optional(),
  admins: z.array(arnSchema('iam')).refine((admins) => new Set(admins).size === admins.length, { error: 'expected each role once' }).default([]),
  logs: z.array(z.enum(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'])).default(['audit', 'authenticator']),
  tags: tagsSchema({ most: 45, key: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu, value: /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u }),
}).superRefine(({ serviceRange, ...options }, context) => {
  publicApiRules(options, context);
  const bits = Number(serviceRange?.split('/')[1]);
  const isPrivate = privateRanges.some((range) => serviceRange !== undefined && serviceRange.includes('.') && rangesOverlap(range, serviceRange));
  if (serviceRange !== undefined && (!isPrivate || bits < 12 || bits > 24)) context.addIssue({ code: 'custom', path: ['serviceRange'], message: `expected a range from /12 to /24 in ${privateRanges.join(', ')}, got ${serviceRange}` });
});

/** A cluster on AWS, checked and with its defaults. */
export type Eks = z.output<typeof eksSchema>;
