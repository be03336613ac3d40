import { z } from 'zod';
import { checkedText, describeValue, hostnameSchema } from '../../model/schema.ts';
import { portSchema } from './fields.ts';
import { formsBy, isRecord, taggedForms } from './forms.ts';
import type { HttpFilter, NewPath } from './http-filters.ts';

/** A header's or a query parameter's name, a token of HTTP. */
export const tokenSchema = checkedText((text) => /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/.test(text) ? undefined : `expected a name as HTTP has it, got ${describeValue(text)}`);
const headerValueSchema = z.string().min(1).max(4096);
const headersSchema = z.record(tokenSchema, headerValueSchema);

const fullPathSchema = z.strictObject({ full: z.string().max(1024) });
const newPrefixSchema = z.strictObject({ prefix: z.string().max(1024) });
const newPathSchema = formsBy<NewPath>((value) => !isRecord(value) ? `expected { full } or { prefix }, got ${describeValue(value)}` : 'full' in value ? fullPathSchema : newPrefixSchema);

const changes = {
  set: headersSchema.optional(),
  add: headersSchema.optional(),
  remove: z.array(tokenSchema).max(16).optional(),
};

/** A filter of an HTTPRoute. */
export const httpFilterSchema = taggedForms<HttpFilter>('filter', {
  redirect: z.strictObject({
    filter: z.literal('redirect'),
    scheme: z.enum(['http', 'https']).optional(),
    host: hostnameSchema.optional(),
    port: portSchema.optional(),
    path: newPathSchema.optional(),
    status: z.literal([301, 302, 303, 307, 308]).optional(),
  }),
  rewrite: z.strictObject({ filter: z.literal('rewrite'), host: hostnameSchema.optional(), path: newPathSchema.optional() }).superRefine((filter, context) => {
    if (filter.host === undefined && filter.path === undefined) context.addIssue({ code: 'custom', path: [], message: 'expected a new host or a new path, got neither' });
  }),
  'request-headers': z.strictObject({ filter: z.literal('request-headers'), ...changes }).superRefine(somethingChanges),
  'response-headers': z.strictObject({ filter: z.literal('response-headers'), ...changes }).superRefine(somethingChanges),
});

function somethingChanges(filter: { readonly set?: object | undefined; readonly add?: object | undefined; readonly remove?: readonly string[] | undefined }, context: z.RefinementCtx): void {
  if (Object.keys({ ...filter.set, ...filter.add }).length + (filter.remove?.length ?? 0) > 0) return;
  context.addIssue({ code: 'custom', path: [], message: 'expected a header that is set, added or removed, got none' });
}
