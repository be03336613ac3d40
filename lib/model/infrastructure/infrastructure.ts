import { z } from 'zod';
import { describeValue } from '../schema.ts';
import { didYouMean } from '../../values/suggest.ts';
import { ackSchema, type AckInput } from './ack.ts';
import { doksSchema, type DoksInput } from './doks.ts';
import { eksSchema, type EksInput } from './eks.ts';
import { existingSchema, type ExistingInput } from './existing.ts';

/** Where a cluster comes from. */
export const providers = ['ack', 'doks', 'eks', 'existing'] as const;
/** DigitalOcean DOKS, AWS EKS, Alibaba ACK, or a cluster that exists already. */
export type Provider = (typeof providers)[number];

/** What a cluster's `provider` takes: a name alone stands for the provider's defaults. */
export type ProviderInput = Provider | AckInput | DoksInput | EksInput | ExistingInput;

const schemas = { ack: ackSchema, doks: doksSchema, eks: eksSchema, existing: existingSchema } as const;

/** How a cluster is made, checked and with its defaults. */
export type Infrastructure = { readonly [Kind in Provider]: z.output<(typeof schemas)[Kind]> }[Provider];

/** A provider by its name, or with options. */
export const infrastructureSchema = z.custom<ProviderInput>().transform((input, context): Infrastructure => {
  const kind = typeof input === 'string' ? input : (input as { readonly kind?: unknown } | null | undefined)?.kind;
  const schema = typeof kind === 'string' && Object.hasOwn(schemas, kind) ? schemas[kind as Provider] : undefined;
  if (schema === undefined) {
    const given = typeof kind === 'string' ? kind : '';
    context.addIssue({ code: 'custom', message: `expected one of ${providers.join(', ')}, or what ${providers.map((name) => `${name}()`).join(', ')} give, got ${describeValue(kind ?? input)}.${didYouMean(given, providers)}` });
    return z.NEVER;
  }
  const result = schema.safeParse(typeof input === 'string' ? { kind } : input, { reportInput: true });
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.issues.push({ ...issue, input: issue.input ?? input } as z.core.$ZodRawIssue);
  return z.NEVER;
});
