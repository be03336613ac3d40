import { z } from 'zod';
import { dnsLabelProblem, labelKeyProblem, labelValueProblem } from '../../values/names.ts';
import { checkedText } from '../schema.ts';

/** A taint of nodes: pods without its toleration stay away. */
export interface NodeTaint {
  /** Its key, such as `dedicated`. */
  readonly key: string;
  /** @default '' */
  readonly value?: string;
  readonly effect: 'NoExecute' | 'NoSchedule' | 'PreferNoSchedule';
}

/** A group of equal nodes, as every provider has it. */
export interface NodePoolInput {
  /** A DNS label, unique in the cluster. */
  readonly name: string;
  /** The provider's name of the machine, such as `s-4vcpu-8gb` (DigitalOcean), `m7g.large` (AWS), `ecs.g7.large` (Alibaba). @default - the provider's own, see docs/clusters.md */
  readonly size?: string;
  /** How many nodes: a number, or the bounds of an autoscaler, which DOKS and ACK bring and EKS doesn't (docs/clusters.md). @default - the cluster's `workers`, else 3 */
  readonly nodes?: number | { readonly min: number; readonly max: number };
  /** Labels of the nodes, for pods to choose by. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default [] */
  readonly taints?: readonly NodeTaint[];
}

/** How many nodes unless somebody says otherwise: one may fail while another is replaced. */
export const defaultNodes = 3;

const most = 1000;
const countSchema = z.int().min(0).max(most);

const nodesSchema = z.union([
  z.int().min(1).max(most),
  z.strictObject({ min: countSchema, max: z.int().min(1).max(most) }).superRefine(({ min, max }, context) => {
    if (min > max) context.addIssue({ code: 'custom', path: ['min'], message: `expected a minimum of at most the maximum (${max}), got ${min}` });
  }),
]);

const taintSchema = z.strictObject({
  key: checkedText(labelKeyProblem),
  value: checkedText(labelValueProblem).default(''),
  effect: z.enum(['NoExecute', 'NoSchedule', 'PreferNoSchedule']),
});

/** Labels that only a kubelet, a cloud or a control plane may set: with one of them nodes don't join, or lose it again. */
function nodeLabelProblem(key: string): string | undefined {
  const prefix = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  const reserved = /(^|\.)(kubernetes|k8s)\.io$/.test(prefix) && !/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(prefix);
  if (reserved || /^(eks\.amazonaws|doks\.digitalocean|alibabacloud|ack\.aliyun)\.com$/.test(prefix)) return `expected a label of one's own, such as ${key.split('/')[1] ?? 'tier'}, got ${JSON.stringify(key)}, which only the cluster sets`;
  return labelKeyProblem(key);
}

function taintRules(taints: readonly { readonly key: string; readonly effect: string }[], context: z.RefinementCtx): void {
  for (const [index, { key, effect }] of taints.entries()) {
    if (taints.slice(0, index).some((other) => other.key === key && other.effect === effect)) context.addIssue({ code: 'custom', path: [index], message: `expected each key once with an effect, got ${key}:${effect} a second time` });
  }
}

/** The fields of a node pool; `sizeProblem` knows how the provider's machines are called. */
export function nodePoolShape(sizeProblem: (text: string) => string | undefined) {
  return {
    name: checkedText(dnsLabelProblem),
    size: checkedText(sizeProblem).optional(),
    nodes: nodesSchema.optional(),
    labels: z.record(checkedText(nodeLabelProblem), checkedText(labelValueProblem)).default({}),
    taints: z.array(taintSchema).superRefine(taintRules).default([]),
  };
}

/** A pool, as far as the rules for all of a cluster read it. */
interface PoolFacts {
  readonly name: string;
  readonly nodes?: number | { readonly min: number } | undefined;
  readonly taints: readonly { readonly effect: string }[];
}

/** Two pools of one name, and pools among which no pod finds a place without a toleration, or none at all until an autoscaler runs. */
export function poolRules(pools: readonly PoolFacts[], context: z.RefinementCtx): void {
  const names = new Set<string>();
  for (const [index, { name }] of pools.entries()) {
    if (names.has(name)) context.addIssue({ code: 'custom', path: [index, 'name'], message: `expected a name of its own for each pool, got ${JSON.stringify(name)} a second time` });
    names.add(name);
  }
  if (pools.length === 0) return;
  const open = pools.filter((pool) => pool.taints.every(({ effect }) => effect === 'PreferNoSchedule'));
  if (open.length > 0 && open.every(({ nodes }) => typeof nodes === 'object' && nodes.min === 0)) context.addIssue({ code: 'custom', path: [], message: 'expected a pool without taints that has a node at all times, for the controller and the autoscaler itself, got a minimum of 0 on each' });
  if (open.length === 0) context.addIssue({ code: 'custom', path: [], message: 'expected a pool without taints, for the controller and everything else that tolerates none, got taints on each' });
}
