import { z } from 'zod';
import { checkedText, describeValue, hostnameSchema } from '../../model/schema.ts';
import { portSchema } from './fields.ts';

/** A header's or a query parameter's name, a token of HTTP. */
export const tokenSchema = checkedText((text) => /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/.test(text) ? undefined : `expected a name as HTTP has it, got ${describeValue(text)}`);
const headerValueSchema = z.string().min(1).max(4096);
const headersSchema = z.record(tokenSchema, headerValueSchema);

const newPathSchema = z.union([
  z.strictObject({ full: z.string().max(1024) }),
  z.strictObject({ prefix: z.string().max(1024) }),
]);

const changes = {
  set: headersSchema.optional(),
  add: headersSchema.optional(),
  remove: z.array(tokenSchema).max(16).optional(),
};

/** A filter of an HTTPRoute. */
export const httpFilterSchema = z.discriminatedUnion('filter', [
  z.strictObject({
    filter: z.literal('redirect'),
    scheme: z.enum(['http', 'https']).optional(),
    host: hostnameSchema.optional(),
    port: portSchema.optional(),
    path: newPathSchema.optional(),
    status: z.union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)]).optional(),
  }),
  z.strictObject({ filter: z.literal('rewrite'), host: hostnameSchema.optional(), path: newPathSchema.optional() }).superRefine((filter, context) => {
    if (filter.host === undefined && filter.path === undefined) context.addIssue({ code: 'custom', path: [], message: 'expected a new host or a new path, got neither' });
  }),
  z.strictObject({ filter: z.literal('request-headers'), ...changes }).superRefine(somethingChanges),
  z.strictObject({ filter: z.literal('response-headers'), ...changes }).superRefine(somethingChanges),
]);

function somethingChanges(filter: { readonly set?: object | undefined; readonly add?: object | undefined; readonly remove?: readonly string[] | undefined }, context: z.RefinementCtx): void {
  if (Object.keys({ ...filter.set, ...filter.add }).length + (filter.remove?.length ?? 0) > 0) return;
  context.addIssue({ code: 'custom', path: [], message: 'expected a header that is set, added or removed, got none' });
}
