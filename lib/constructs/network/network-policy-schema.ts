import { z } from 'zod';
import { dnsLabelSchema } from '../../model/schema.ts';
import { cidrSchema, checkedValue, portSchema, selectorSchema } from './fields.ts';
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
  internet: z.union([
    z.strictObject({ ports: z.array(policyPortSchema).min(1) }),
    checkedValue<boolean>((value) => typeof value === 'boolean' ? undefined : 'expected true, false or { ports }'),
  ]).optional(),
  dns: z.union([dnsSchema, checkedValue<false>((value) => value === false ? undefined : 'expected false, or where DNS is asked')]).optional(),
});
