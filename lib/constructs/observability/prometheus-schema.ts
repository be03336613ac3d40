import { z } from 'zod';
import { checkedText, describeValue, dnsLabelSchema } from '../../model/schema.ts';
import { portNameProblem } from '../../values/names.ts';
import { checkedValue, labelsSchema } from '../network/fields.ts';
import { objectOr } from '../network/forms.ts';
import type { AlertOptions } from './prometheus-options.ts';
import { prometheusDurationSeconds } from './prometheus-duration.ts';
import { regexSchema } from './regex-field.ts';

const orFalse = (schema: z.ZodType<number>, what: string) => checkedValue<number | false>((value) => value === false || schema.safeParse(value).success ? undefined : `expected ${what}, or false, got ${describeValue(value)}`);
const share = orFalse(z.number().gt(0).max(1), 'a share above 0 and up to 1');
const minutes = orFalse(z.int().min(1), 'a whole number of minutes');
const durationSchema = checkedText((text) => prometheusDurationSeconds(text) === undefined ? `expected a Prometheus duration such as 30s or 1m30s, got ${describeValue(text)}` : undefined);
const metricNameSchema = checkedText((text) => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(text) ? undefined : `expected the name of a metric, got ${describeValue(text)}`);
/** The name of a Prometheus label. */
export const labelNameSchema = checkedText((text) => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(text) ? undefined : `expected the name of a Prometheus label, got ${describeValue(text)}`);

/** What an exporter calls its metrics. */
export const httpMetricsSchema = z.strictObject({
  requests: metricNameSchema,
  status: labelNameSchema,
  errors: regexSchema.optional(),
  duration: metricNameSchema.optional(),
});

const alertsSchema = z.strictObject({
  critical: z.string().min(1).optional(),
  warning: z.string().min(1).optional(),
  labels: z.record(labelNameSchema, z.string()).optional(),
  runbooks: z.url({ protocol: /^https?$/ }).optional(),
  restarts: orFalse(z.int().min(1), 'a whole number of restarts').optional(),
  waiting: z.boolean().optional(),
  unavailableMinutes: minutes.optional(),
  atMaximumMinutes: minutes.optional(),
  memory: share.optional(),
  errorRate: share.optional(),
  latencySeconds: orFalse(z.number().gt(0), 'a number of seconds').optional(),
  scrape: z.boolean().optional(),
});

/** The options of monitoring, as `prometheus()` gives them. */
export const prometheusSchema = z.strictObject({
  path: checkedText((text) => text.startsWith('/') ? undefined : `expected a path that starts with "/", got ${describeValue(text)}`).optional(),
  port: checkedText(portNameProblem).optional(),
  interval: durationSchema.optional(),
  timeout: durationSchema.optional(),
  namespace: dnsLabelSchema.optional(),
  labels: labelsSchema.optional(),
  http: httpMetricsSchema.optional(),
  alerts: objectOr<boolean | AlertOptions>(alertsSchema, (value) => typeof value === 'boolean' ? undefined : `expected true, false or limits, got ${describeValue(value)}`).optional(),
}).superRefine((options, context) => {
  const interval = prometheusDurationSeconds(options.interval ?? '30s');
  const timeout = prometheusDurationSeconds(options.timeout ?? '0s');
  if (interval !== undefined && timeout !== undefined && timeout > interval) {
    context.addIssue({ code: 'custom', path: ['timeout'], message: `expected at most the interval of ${options.interval ?? '30s'}, got ${String(options.timeout)}` });
  }
});
