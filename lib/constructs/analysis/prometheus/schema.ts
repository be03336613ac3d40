import { z } from 'zod';
import { checkedText, describeValue } from '../../../model/schema.ts';
import { formsBy, isRecord } from '../../network/forms.ts';
import { prometheusDurationSeconds } from '../../observability/prometheus-duration.ts';
import { httpMetricsSchema, labelNameSchema } from '../../observability/prometheus-schema.ts';
import { regexSchema } from '../../observability/regex-field.ts';
import type { ShapeOf } from '../../python-app/container-schema.ts';
import { durationFieldSchema, headersSchema, oauth2Schema, textSchema, urlSchema } from '../fields.ts';
import type { PrometheusQuery } from './options.ts';
import type { RequestMetrics, RequestQuery } from './request-query.ts';

/** Metrics of the requests to a version. */
export const requestMetricsSchema = z.strictObject({
  http: httpMetricsSchema,
  labels: z.record(labelNameSchema, z.string()),
  patterns: z.record(labelNameSchema, regexSchema).optional(),
  unit: z.enum(['milliseconds', 'seconds']).optional(),
} satisfies ShapeOf<RequestMetrics>).refine(({ labels, patterns = {} }) => Object.keys({ ...labels, ...patterns }).length > 0, { path: ['labels'], error: 'expected at least one label, by which the series of the new version are known, got none' });

const windowSchema = checkedText((text) => {
  const seconds = prometheusDurationSeconds(text);
  return seconds !== undefined && seconds > 0 ? undefined : `expected a Prometheus duration such as 2m or 1m30s, got ${describeValue(text)}`;
});

const requestQuerySchema = z.strictObject({
  measure: z.enum(['latency', 'success-rate']),
  metrics: requestMetricsSchema.optional(),
  window: windowSchema,
  quantile: z.number().gt(0).lt(1).optional(),
  minRequests: z.int().min(0).optional(),
  limit: z.number().optional(),
} satisfies ShapeOf<RequestQuery>).superRefine(({ measure, limit }, context) => {
  if (limit === undefined) return;
  const expected = measure === 'latency' ? (limit > 0 ? undefined : 'a number of seconds above 0') : limit > 0 && limit <= 1 ? undefined : 'a share above 0 and up to 1, such as 0.99';
  if (expected !== undefined) context.addIssue({ code: 'custom', path: ['limit'], message: `expected ${expected}, got ${limit}` });
});

const authenticationSchema = formsBy<unknown>((value) => isRecord(value) && 'sigv4' in value
  ? z.strictObject({ sigv4: z.strictObject({ region: textSchema.optional(), profile: textSchema.optional(), roleArn: textSchema.optional() }) })
  : isRecord(value) ? z.strictObject({ oauth2: oauth2Schema }) : `expected { oauth2 } or { sigv4 }, got ${describeValue(value)}`);

/** The options of a query of Prometheus. */
export const prometheusQuerySchema = z.strictObject({
  provider: z.literal('prometheus'),
  query: formsBy<string | RequestQuery>((value) => (isRecord(value) ? requestQuerySchema : textSchema) as z.ZodType<string | RequestQuery>),
  address: urlSchema.optional(),
  timeout: z.int().min(0).max(86_400).optional(),
  insecure: z.boolean().optional(),
  headers: headersSchema.optional(),
  range: z.strictObject({ start: textSchema, end: textSchema, step: durationFieldSchema }).optional(),
  authentication: authenticationSchema.optional(),
} satisfies ShapeOf<PrometheusQuery>);
