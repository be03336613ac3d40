import { z } from 'zod';
import { checkedText, describeValue } from '../../../model/schema.ts';
import { healthCheckPathSchema } from './digital-ocean-schema.ts';

const idText = (what: string, pattern: RegExp, sample: string) => checkedText((text) => pattern.test(text) ? undefined : `expected ${what} such as ${sample}, got ${describeValue(text)}`);

const common = {
  addressType: z.enum(['internet', 'intranet']).optional(),
  name: z.string().min(2).max(128).optional(),
  id: z.string().min(1).optional(),
  overrideListeners: z.boolean().optional(),
  healthCheckPath: healthCheckPathSchema.optional(),
  healthCheckIntervalSeconds: z.int().min(1).max(50).optional(),
};

export const alibabaClbSchema = z.strictObject({
  cloud: z.literal('alibaba-clb'),
  ...common,
  spec: idText('a specification', /^slb\.[a-z0-9]+\.[a-z0-9]+$/, 'slb.s2.small').optional(),
  masterZone: z.string().min(1).optional(),
  standbyZone: z.string().min(1).optional(),
}).superRefine(overrideNeedsId);

export const alibabaNlbSchema = z.strictObject({
  cloud: z.literal('alibaba-nlb'),
  ...common,
  zones: z.record(z.string().min(1), idText('a switch', /^vsw-[a-z0-9]+$/, 'vsw-i123456')).optional(),
  securityGroups: z.array(idText('a security group', /^sg-[a-z0-9]+$/, 'sg-i123456')).min(1).optional(),
}).superRefine((options, context) => {
  overrideNeedsId(options, context);
  const zones = Object.keys(options.zones ?? {}).length;
  if (options.id === undefined && zones < 2) {
    context.addIssue({ code: 'custom', path: ['zones'], message: `expected at least two zones with a switch each for a new balancer, got ${zones}` });
  }
});

function overrideNeedsId(options: { readonly id?: string | undefined; readonly overrideListeners?: boolean | undefined }, context: z.RefinementCtx): void {
  if (options.overrideListeners === true && options.id === undefined) {
    context.addIssue({ code: 'custom', path: ['overrideListeners'], message: 'expected the id of the balancer whose listeners are overwritten, got none' });
  }
}
