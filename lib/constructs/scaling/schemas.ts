import { z } from 'zod';
import { checkedText, describeValue, quantitySchema } from '../../model/schema.ts';
import { dnsLabelProblem, dnsSubdomainProblem } from '../../values/names.ts';
import { checkedValue, labelsSchema } from '../network/fields.ts';
import { formsBy, isRecord, taggedForms } from '../network/forms.ts';
import type { CustomMetric, MetricTarget } from './autoscale-options.ts';

const countOrPercentSchema = checkedValue<number | string>((value) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return undefined;
  if (typeof value === 'string' && /^(100|[1-9]?[0-9])%$/.test(value)) return undefined;
  return `expected a count or a percentage such as 25%, got ${describeValue(value)}`;
});

/** The options of a PodDisruptionBudget. */
export const disruptionBudgetSchema = z.strictObject({
  maxUnavailable: countOrPercentSchema.optional(),
  minAvailable: countOrPercentSchema.optional(),
}).superRefine((options, context) => {
  if (options.maxUnavailable !== undefined && options.minAvailable !== undefined) {
    context.addIssue({ code: 'custom', path: ['minAvailable'], message: 'expected maxUnavailable or minAvailable, got both' });
  }
});

const strengthSchema = checkedValue<'preferred' | 'required' | false>((value) => value === false || value === 'preferred' || value === 'required'
  ? undefined
  : `expected 'preferred', 'required' or false, got ${describeValue(value)}`);

/** The options of topology spread. */
export const spreadSchema = z.strictObject({
  zones: strengthSchema.optional(),
  hosts: strengthSchema.optional(),
  maxSkew: z.int().min(1).optional(),
  minZones: z.int().min(1).optional(),
}).superRefine((options, context) => {
  if (options.minZones !== undefined && options.zones !== 'required') {
    context.addIssue({ code: 'custom', path: ['minZones'], message: 'expected `zones: \'required\'` with a number of zones: a preference has none' });
  }
});

const valueSchema = z.strictObject({ value: quantitySchema });
const averageSchema = z.strictObject({ averageValue: quantitySchema });
const targetSchema = formsBy<MetricTarget>((value) => !isRecord(value) ? `expected { value } or { averageValue }, got ${describeValue(value)}` : 'value' in value ? valueSchema : averageSchema);
const metric = { name: z.string().min(1), selector: labelsSchema.optional() };
const customMetricSchema = taggedForms<CustomMetric>('metric', {
  pods: z.strictObject({ metric: z.literal('pods'), ...metric, averageValue: quantitySchema }),
  object: z.strictObject({
    metric: z.literal('object'),
    ...metric,
    of: z.strictObject({ apiVersion: z.string().min(1), kind: z.string().min(1), name: checkedText(dnsSubdomainProblem) }),
    target: targetSchema,
  }),
  external: z.strictObject({ metric: z.literal('external'), ...metric, target: targetSchema }),
});

const percentSchema = z.int().min(1).max(1000);
const scalingRulesSchema = z.strictObject({
  stabilizationWindowSeconds: z.int().min(0).max(3600).optional(),
  selectPolicy: z.enum(['Disabled', 'Max', 'Min']).optional(),
  policies: z.array(z.strictObject({ type: z.enum(['Percent', 'Pods']), value: z.int().min(1), periodSeconds: z.int().min(1).max(1800) })).min(1).optional(),
});

/** The options of a HorizontalPodAutoscaler. */
export const autoscaleSchema = z.strictObject({
  min: z.int().min(1).optional(),
  max: z.int().min(1),
  cpu: checkedValue<number | false>((value) => value === false || percentSchema.safeParse(value).success ? undefined : `expected a percentage from 1 to 1000 of the request, or false, got ${describeValue(value)}`).optional(),
  memory: percentSchema.optional(),
  container: checkedValue<boolean | string>((value) => typeof value === 'boolean' ? undefined : typeof value === 'string' ? dnsLabelProblem(value) : `expected the name of a container, true or false, got ${describeValue(value)}`).optional(),
  metrics: z.array(customMetricSchema).optional(),
  behavior: z.strictObject({ scaleDown: scalingRulesSchema.optional(), scaleUp: scalingRulesSchema.optional() }).optional(),
}).superRefine((options, context) => {
  if ((options.min ?? 2) > options.max) {
    context.addIssue({ code: 'custom', path: ['max'], message: `expected at least the minimum of ${options.min ?? 2}, got ${options.max}` });
  }
  if (options.cpu === false && options.memory === undefined && (options.metrics ?? []).length === 0) {
    context.addIssue({ code: 'custom', path: ['metrics'], message: 'expected a metric where CPU isn\'t one, got none' });
  }
});
