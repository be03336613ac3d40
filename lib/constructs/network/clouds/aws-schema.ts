import { z } from 'zod';
import { checkedText, describeValue } from '../../../model/schema.ts';
import { checkedValue, portReferenceSchema, portSchema } from '../fields.ts';
import { healthCheckPathSchema } from './digital-ocean-schema.ts';

const nameSchema = checkedText((text) => /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(text)
  ? undefined
  : `expected a name of letters, digits and "-" (at most 32 characters, not starting with "internal-"), got ${describeValue(text)}`);

const certificateSchema = checkedText((text) => /^arn:aws[a-z-]*:(acm|iam):/.test(text) ? undefined : `expected the ARN of a certificate, got ${describeValue(text)}`);

const portOrTrafficSchema = checkedValue<number | 'traffic-port'>((value) => value === 'traffic-port' || portSchema.safeParse(value).success ? undefined : `expected a port from 1 to 65535 or 'traffic-port', got ${describeValue(value)}`);

const healthCheckSchema = z.strictObject({
  protocol: z.enum(['http', 'https', 'tcp']).optional(),
  path: healthCheckPathSchema.optional(),
  port: portOrTrafficSchema.optional(),
  intervalSeconds: z.int().min(5).max(300).optional(),
  timeoutSeconds: z.int().min(2).max(120).optional(),
  healthyThreshold: z.int().min(2).max(10).optional(),
  unhealthyThreshold: z.int().min(2).max(10).optional(),
}).superRefine((check, context) => {
  if (check.path !== undefined && check.protocol === 'tcp') {
    context.addIssue({ code: 'custom', path: ['path'], message: 'expected no path with protocol tcp, which only opens a connection' });
  }
});

export const awsNlbSchema = z.strictObject({
  cloud: z.literal('aws-nlb'),
  name: nameSchema.optional(),
  scheme: z.enum(['internal', 'internet-facing']).optional(),
  targets: z.enum(['instance', 'ip']).optional(),
  crossZone: z.boolean().optional(),
  healthCheck: healthCheckSchema.optional(),
  certificates: z.array(certificateSchema).min(1).optional(),
  tlsPorts: z.array(portReferenceSchema).min(1).optional(),
  subnets: z.array(z.string().min(1)).min(1).optional(),
  preserveClientIp: z.boolean().optional(),
  proxyProtocol: z.boolean().optional(),
  deregistrationDelaySeconds: z.int().min(0).max(3600).optional(),
}).superRefine((options, context) => {
  if (options.tlsPorts !== undefined && options.certificates === undefined) {
    context.addIssue({ code: 'custom', path: ['certificates'], message: 'expected a certificate for the ports that speak TLS, got nothing' });
  }
});
