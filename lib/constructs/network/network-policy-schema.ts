import { z } from 'zod';
import { describeValue, dnsLabelSchema } from '../../model/schema.ts';
import { cidrSchema, portSchema, selectorSchema } from './fields.ts';
import { objectOr } from './forms.ts';
import type { NetworkPolicyOptions } from './network-policy-options.ts';
import { policyPortSchema, trafficSchema } from './peers-schema.ts';

const dnsSchema = z.strictObject({
  namespace: dnsLabelSchema.optional(),
  pods: selectorSchema.optional(),
  port: portSchema.optional(),
  addresses: z.array(cidrSchema).optional(),
});

/** What a network policy lets through beside what follows from the app. */
export const networkPolicySchema = z.strictObject({
  allowEgress: z.array(trafficSchema).optional(),
  allowIngress: z.array(trafficSchema).optional(),
  internet: objectOr<NonNullable<NetworkPolicyOptions['internet']>>(
    z.strictObject({ ports: z.array(policyPortSchema).min(1) }),
    (value) => typeof value === 'boolean' ? undefined : `expected true, false or { ports }, got ${describeValue(value)}`,
  ).optional(),
  dns: objectOr<NonNullable<NetworkPolicyOptions['dns']>>(dnsSchema, (value) => value === false ? undefined : `expected false, or where DNS is asked, got ${describeValue(value)}`).optional(),
});
