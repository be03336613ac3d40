import { z } from 'zod';
import { checkedText } from '../schema.ts';
import { cidrSchema } from './network.ts';
import { nodePoolShape, poolRules, type NodePoolInput } from './node-pool.ts';
import { tagsSchema } from './tags.ts';

/** A node pool of ACK. */
export interface AckNodePoolInput extends NodePoolInput {
  /** Size of each node's encrypted disk in GiB. Cost: by the GiB each month. @default 60 */
  readonly diskGiB?: number;
}

/** A network that is made for the cluster. */
export interface AckNewVpc {
  /** Address range, /8 to /20. @default '10.0.0.0/16' */
  readonly range?: string;
  /** Letters of the zones in the region, one to six. Cost: traffic from one to another by the GB. @default ['a', 'b', 'c'] */
  readonly zones?: readonly string[];
}

/** A network that exists. */
export interface AckExistingVpc {
  readonly id: string;
  /** vSwitches of nodes and pods, in at least one zone. */
  readonly vswitches: readonly string[];
}

/** What `ack()` takes. */
export interface AckOptions {
  /** Node pools. Cost: each node by the hour. @default - one pool `workers` of `ecs.g7.large` */
  readonly nodePools?: readonly AckNodePoolInput[];
  /** Its network. Cost of a new one: a NAT gateway by the hour. @default - a new VPC with a vSwitch in each of three zones */
  readonly vpc?: AckNewVpc | AckExistingVpc;
  /** Address range of Services (`serviceCidr`), apart from the network's. @default '172.21.0.0/20' */
  readonly serviceRange?: string;
  /** Whether its API can be reached over the internet. Cost: an address by the hour. @default - it can, but for clusters labelled `tier: production` */
  readonly publicApi?: boolean;
  /** The Pro edition, whose control plane has a guaranteed uptime and encrypts Secrets. Cost: by the hour. @default true */
  readonly pro?: boolean;
  /** Id of the KMS key that encrypts Secrets; only of the Pro edition. Cost of a new one: a fixed price each month. @default - a new key, rotated each year */
  readonly kmsKey?: string;
  /** Lets nodes pull from the account's container registry without a password. @default true */
  readonly registry?: boolean;
  /** Exact version, such as `1.35.2-aliyun.1`. @default - the newest of the cluster's minor when it is made */
  readonly version?: string;
  /** Name of the key pair that opens its nodes. @default - none */
  readonly keyPair?: string;
  /** Tags beside those that name the fleet's cluster. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A cluster on Alibaba Cloud. */
export interface AckInput extends AckOptions {
  readonly kind: 'ack';
}

/** A managed cluster of Alibaba Cloud's ACK. */
export function ack(options: AckOptions = {}): AckInput {
  return { kind: 'ack', ...options };
}

function sizeProblem(text: string): string | undefined {
  return /^ecs\.[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge)$/.test(text) ? undefined : `expected an instance type of ECS such as ecs.g7.large, got ${JSON.stringify(text)}`;
}

const newVpcSchema = z.strictObject({
  range: cidrSchema.default('10.0.0.0/16').refine((range) => { const bits = Number(range.split('/')[1]); return range.includes('.') && bits >= 8 && bits <= 20; }, { error: 'expected an IPv4 range from /8 to /20: it is divided among the zones' }),
  zones: z.array(z.string().regex(/^[a-z]$/, 'expected the letter of a zone')).min(1).max(6).default(['a', 'b', 'c']).refine((zones) => new Set(zones).size === zones.length, { error: 'expected each zone once' }),
});

export const ackSchema = z.strictObject({
  kind: z.literal('ack'),
  nodePools: z.array(z.strictObject({ ...nodePoolShape(sizeProblem), diskGiB: z.int().min(40).max(32_768).default(60) })).superRefine(poolRules).default([]),
  vpc: z.union([z.strictObject({ id: z.string().regex(/^vpc-[a-z0-9]+$/, 'expected the id of a VPC such as vpc-…'), vswitches: z.array(z.string().regex(/^vsw-[a-z0-9]+$/, 'expected the id of a vSwitch such as vsw-…')).min(1) }), newVpcSchema]).prefault({}),
  serviceRange: cidrSchema.default('172.21.0.0/20'),
  publicApi: z.boolean().optional(),
  pro: z.boolean().default(true),
  kmsKey: z.string().min(1).optional(),
  registry: z.boolean().default(true),
  version: checkedText((text) => (/^1\.\d+\.\d+-aliyun\.\d+$/.test(text) ? undefined : `expected a version of ACK such as 1.35.2-aliyun.1, got ${JSON.stringify(text)}`)).optional(),
  keyPair: z.string().min(1).optional(),
  tags: tagsSchema({ most: 17, key: /^(?!aliyun|acs:)(?!.*https?:\/\/).{1,128}$/i, value: /^(?!.*https?:\/\/).{0,128}$/i }),
}).superRefine(({ pro, kmsKey }, context) => {
  if (!pro && kmsKey !== undefined) context.addIssue({ code: 'custom', path: ['kmsKey'], message: 'expected no key, because only the Pro edition encrypts Secrets; leave it out, or leave pro out' });
});

/** A cluster on Alibaba Cloud, checked and with its defaults. */
export type Ack = z.output<typeof ackSchema>;
