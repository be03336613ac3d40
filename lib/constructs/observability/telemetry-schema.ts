import { z } from 'zod';
import { checkedText, describeValue, dnsLabelSchema } from '../../model/schema.ts';
import { dns1035Problem } from '../../values/names.ts';
import { portSchema, selectorSchema } from '../network/fields.ts';
import { taggedForms } from '../network/forms.ts';
import { peerSchema } from '../network/peers-schema.ts';
import type { TelemetryOptions } from './open-telemetry-options.ts';
import { regexSchema } from './regex-field.ts';

const endpointSchema = checkedText((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || text.includes('$')) return `expected the URL of a collector, such as https://otlp.example.com, got ${describeValue(text)}`;
  return url.username === '' && url.password === '' ? undefined : 'expected a URL without user and password: they are secrets, and headers by reference carry them';
});

const collectorSchema = z.strictObject({
  service: checkedText(dns1035Problem).optional(),
  namespace: dnsLabelSchema.optional(),
  port: portSchema.optional(),
  pods: selectorSchema.optional(),
});

const telemetry = {
  signals: z.array(z.enum(['logs', 'metrics', 'traces'])).min(1).optional(),
  sample: z.number().min(0).max(1).optional(),
  propagators: z.array(z.enum(['b3', 'b3multi', 'baggage', 'jaeger', 'ottrace', 'tracecontext', 'xray'])).min(1).optional(),
  serviceName: checkedText((text) => /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,254}$/.test(text) ? undefined : `expected the name of a service (letters, digits, blanks, ".", "_", "/" and "-"), got ${describeValue(text)}`).optional(),
  attributes: z.record(checkedText((text) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text) ? undefined : `expected the name of an attribute, got ${describeValue(text)}`), z.string()).optional(),
  excludedUrls: z.array(regexSchema).optional(),
  collector: collectorSchema.optional(),
};

/** The options of tracing, as `openTelemetry()` and `openTelemetryOperator()` give them. */
export const telemetrySchema = taggedForms<TelemetryOptions>('by', {
  command: z.strictObject({
    by: z.literal('command'),
    ...telemetry,
    endpoint: endpointSchema.optional(),
    endpointAt: peerSchema.optional(),
    protocol: z.enum(['grpc', 'http/protobuf']).optional(),
  }).superRefine((options, context) => {
    if (options.endpoint !== undefined && options.collector !== undefined) context.addIssue({ code: 'custom', path: ['endpoint'], message: 'expected a collector in the cluster or an endpoint elsewhere, got both' });
    if (options.endpointAt !== undefined && options.endpoint === undefined) context.addIssue({ code: 'custom', path: ['endpointAt'], message: 'expected the endpoint that lies there, got none' });
  }),
  operator: z.strictObject({
    by: z.literal('operator'),
    ...telemetry,
    instrumentation: checkedText((text) => /^([a-z0-9]([-a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(text) ? undefined : `expected a name or <namespace>/<name>, got ${describeValue(text)}`).optional(),
  }),
});
