import { z } from 'zod';
import { checkedText, describeValue } from '../../../model/schema.ts';

/** The name of a load balancer, as DigitalOcean has it. */
const nameSchema = checkedText((text) => /^[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9.])?$/.test(text)
  ? undefined
  : `expected a name of letters, digits, "." and "-" (at most 255 characters, not starting with "." or "-", not ending with "-"), got ${describeValue(text)}`);

/** A path that starts with a slash. */
export const healthCheckPathSchema = checkedText((text) => text.startsWith('/') && !/\s/.test(text) ? undefined : `expected a path that starts with "/", got ${describeValue(text)}`);

export const digitalOceanSchema = z.strictObject({
  cloud: z.literal('digital-ocean'),
  name: nameSchema.optional(),
  network: z.enum(['external', 'internal']).optional(),
  type: z.enum(['REGIONAL', 'REGIONAL_NETWORK']).optional(),
  sizeUnit: z.int().min(1).max(200).optional(),
  protocol: z.enum(['http', 'http2', 'https', 'tcp']).optional(),
  certificateId: z.string().min(1).optional(),
  redirectHttpToHttps: z.boolean().optional(),
  proxyProtocol: z.boolean().optional(),
  healthCheckPath: healthCheckPathSchema.optional(),
  healthCheckIntervalSeconds: z.int().min(3).max(300).optional(),
  httpIdleTimeoutSeconds: z.int().min(30).max(600).optional(),
  disown: z.boolean().optional(),
}).superRefine((options, context) => {
  const secure = options.protocol === 'https' || options.protocol === 'http2';
  if (secure && options.certificateId === undefined) {
    context.addIssue({ code: 'custom', path: ['certificateId'], message: `expected a certificate for protocol ${options.protocol}, got nothing` });
  }
});
