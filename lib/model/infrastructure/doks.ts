import { z } from 'zod';
import { checkedText } from '../schema.ts';
import { cidrSchema, publicApiRules } from './network.ts';
import { nodePoolShape, poolRules, type NodePoolInput } from './node-pool.ts';
import { tagNameProblem } from './tags.ts';

/** Regions in which DigitalOcean runs clusters. */
export const doksRegions = ['ams3', 'atl1', 'blr1', 'fra1', 'lon1', 'nyc1', 'nyc2', 'nyc3', 'ric1', 'sfo2', 'sfo3', 'sgp1', 'syd1', 'tor1'] as const;

/** When DigitalOcean may upgrade a cluster, in UTC. */
export interface DoksMaintenance {
  /** @default 'any' */
  readonly day?: 'any' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
  /** Start of the window of four hours, such as `04:00`. */
  readonly start: string;
}

/** What `doks()` takes. */
export interface DoksOptions {
  /** The pools of workers; the first must have a node at all times. Cost: each node by the hour. @default - one pool `workers` of `s-2vcpu-4gb` */
  readonly nodePools?: readonly NodePoolInput[];
  /** A second control plane (`ha`); it can't be taken away again. Cost: a fixed price each month. @default false */
  readonly highAvailability?: boolean;
  /** Its network: an address range for a new VPC, or the id of one that exists. @default - a new VPC whose range DigitalOcean chooses */
  readonly vpc?: { readonly range: string } | { readonly id: string };
  /** Address range of pods (`clusterSubnet`). @default - DigitalOcean's own */
  readonly podRange?: string;
  /** Address range of Services (`serviceSubnet`). @default - DigitalOcean's own */
  readonly serviceRange?: string;
  /** Addresses and ranges from which its API can be reached (`controlPlaneFirewall`). @default - from everywhere, which a policy refuses for clusters labelled `tier: production` unless `publicApi` says so */
  readonly apiFrom?: readonly string[];
  /** Says that its API is meant to be reached from everywhere. @default false */
  readonly publicApi?: boolean;
  /** Pulls from the account's container registry (`registryIntegration`), which has to be there. Cost: the registry's own subscription. @default true */
  readonly registry?: boolean;
  /** When it may be upgraded. @default - any day from 04:00 UTC */
  readonly maintenance?: DoksMaintenance;
  /** Takes new patches of its minor in the maintenance window (`autoUpgrade`). @default true */
  readonly autoUpgrade?: boolean;
  /** Exact version, such as `1.35.1-do.0`. @default - the newest of the cluster's minor when it is made */
  readonly version?: string;
  /** Tags beside those that name the fleet's cluster. @default [] */
  readonly tags?: readonly string[];
}

/** A cluster on DigitalOcean. */
export interface DoksInput extends DoksOptions {
  readonly kind: 'doks';
}

/** A cluster of DigitalOcean Kubernetes. */
export function doks(options: DoksOptions = {}): DoksInput {
  return { kind: 'doks', ...options };
}

function sizeProblem(text: string): string | undefined {
  return /^(?:s|g|gd|c|c2|c5|m|m3|m6|so|so1_5|gpu)-\S+$/.test(text) && /^[a-z0-9_]+(-[a-z0-9.]+)+$/.test(text) ? undefined : `expected a Droplet size such as s-4vcpu-8gb, got ${JSON.stringify(text)}`;
}

const days = ['any', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const doksSchema = z.strictObject({
  kind: z.literal('doks'),
  nodePools: z.array(z.strictObject(nodePoolShape(sizeProblem))).superRefine(poolRules).default([]),
  highAvailability: z.boolean().default(false),
  vpc: z.union([z.strictObject({ range: cidrSchema }), z.strictObject({ id: z.uuid() })]).optional(),
  podRange: cidrSchema.optional(),
  serviceRange: cidrSchema.optional(),
  apiFrom: z.array(cidrSchema).refine((ranges) => ranges.length > 0, { error: 'expected ranges, got none: nobody could reach its API, which DigitalOcean has outside of the cluster\'s network' }).optional(),
  publicApi: z.boolean().default(false),
  registry: z.boolean().default(true),
  maintenance: z.strictObject({
    day: z.enum(days).default('any'),
    start: checkedText((text) => (/^([01]\d|2[0-3]):00$/.test(text) ? undefined : `expected a full hour in UTC such as 04:00, got ${JSON.stringify(text)}`)),
  }).prefault({ start: '04:00' }),
  autoUpgrade: z.boolean().default(true),
  version: checkedText((text) => (/^1\.\d+\.\d+-do\.\d+$/.test(text) ? undefined : `expected a version of DigitalOcean such as 1.35.1-do.0, got ${JSON.stringify(text)}`)).optional(),
  tags: z.array(checkedText(tagNameProblem)).default([]),
}).superRefine((options, context) => {
  publicApiRules(options, context);
  const [first] = options.nodePools;
  if (typeof first?.nodes === 'object' && first.nodes.min === 0) context.addIssue({ code: 'custom', path: ['nodePools', 0, 'nodes', 'min'], message: 'expected at least 1 for the first pool, which DigitalOcean makes with the cluster, got 0; let another pool go down to 0' });
});

/** A cluster on DigitalOcean, checked and with its defaults. */
export type Doks = z.output<typeof doksSchema>;
