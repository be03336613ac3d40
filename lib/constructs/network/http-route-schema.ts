import { z } from 'zod';
import { checkedText, describeValue, dnsLabelSchema } from '../../model/schema.ts';
import { dns1035Problem, dnsSubdomainProblem } from '../../values/names.ts';
import { annotationsSchema, checkedValue, portSchema } from './fields.ts';
import { formsBy, isRecord, objectOr } from './forms.ts';
import { hostProblem } from './hosts.ts';
import { httpFilterSchema, tokenSchema } from './http-filters-schema.ts';
import type { HttpMatchOptions, HttpRouteInput, TextMatch } from './http-route-options.ts';
import { routeRules, ruleRules } from './http-route-rules.ts';
import { durationOf, pathProblem } from './http-text.ts';
import { proxiesSchema } from './peers-schema.ts';

/** Host names of a route or an Ingress. */
export const hostsSchema = z.custom<string | readonly string[]>().superRefine((value, context) => {
  if (!(typeof value === 'string' || (Array.isArray(value) && value.length > 0))) {
    context.addIssue({ code: 'custom', message: `expected a host name or a list of them, got ${describeValue(value)}` });
    return;
  }
  (typeof value === 'string' ? [value] : value).forEach((host: unknown, index) => {
    const message = typeof host === 'string' ? hostProblem(host) : `expected a host name, got ${describeValue(host)}`;
    if (message !== undefined) context.addIssue({ code: 'custom', path: typeof value === 'string' ? [] : [index], message });
  });
});
const objectNameSchema = checkedText(dnsSubdomainProblem);
const prefixSchema = checkedText(pathProblem);
const regexSchema = z.string().min(1).max(1024);
const timeoutSchema = checkedText((text) => durationOf(text) === undefined
  ? `expected a duration of Gateway API (up to four numbers of at most five digits with h, m, s or ms), such as 10s, got ${describeValue(text)}` : undefined);

const textMatchSchema = objectOr<TextMatch>(
  z.strictObject({ regex: z.string().min(1).max(4096) }),
  (value) => typeof value === 'string' && value.length > 0 && value.length <= 4096 ? undefined : `expected a text or { regex }, got ${describeValue(value)}`,
);

const pathForms = {
  exact: z.strictObject({ exact: prefixSchema }),
  prefix: z.strictObject({ prefix: prefixSchema }),
  regex: z.strictObject({ regex: regexSchema }),
  text: prefixSchema,
};
const pathMatchSchema = formsBy<NonNullable<HttpMatchOptions['path']>>((value) => {
  if (typeof value === 'string') return pathForms.text;
  if (!isRecord(value)) return `expected a path, { exact }, { prefix } or { regex }, got ${describeValue(value)}`;
  return 'exact' in value ? pathForms.exact : 'regex' in value ? pathForms.regex : pathForms.prefix;
});

const match = {
  path: pathMatchSchema.optional(),
  headers: z.record(tokenSchema, textMatchSchema).optional(),
  query: z.record(tokenSchema, textMatchSchema).optional(),
  method: z.enum(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE']).optional(),
};

const timeoutsSchema = z.strictObject({ request: timeoutSchema.optional(), backendRequest: timeoutSchema.optional() }).superRefine((timeouts, context) => {
  const whole = durationOf(timeouts.request ?? '0s');
  const attempt = durationOf(timeouts.backendRequest ?? '0s');
  if (whole === undefined || attempt === undefined || whole === 0 || attempt <= whole) return;
  context.addIssue({ code: 'custom', path: ['backendRequest'], message: `expected at most the whole request's ${String(timeouts.request)}, got ${String(timeouts.backendRequest)}` });
});

const backendSchema = z.strictObject({
  service: checkedText(dns1035Problem).optional(),
  port: portSchema.optional(),
  weight: z.int().min(0).max(1_000_000).optional(),
}).superRefine((backend, context) => {
  if (backend.service !== undefined && backend.port === undefined) context.addIssue({ code: 'custom', path: ['port'], message: 'expected the port of the Service, got nothing' });
});

const ruleSchema = z.strictObject({
  ...match,
  matches: z.array(z.strictObject(match)).min(1).max(64).optional(),
  filters: z.array(httpFilterSchema).max(16).optional(),
  timeouts: timeoutsSchema.optional(),
  backends: z.array(backendSchema).min(1).max(16).optional(),
}).superRefine(ruleRules);

/** The options of an HTTPRoute, as `httpRoute()` gives them. */
export const httpRouteSchema = z.strictObject({
  kind: z.literal('http-route'),
  host: hostsSchema,
  path: prefixSchema.optional(),
  gateway: z.strictObject({
    name: objectNameSchema.optional(),
    namespace: dnsLabelSchema.optional(),
    sectionName: objectNameSchema.optional(),
    proxies: proxiesSchema.optional(),
  }).optional(),
  tls: objectOr<NonNullable<HttpRouteInput['tls']>>(
    z.strictObject({
      redirectFrom: checkedValue<string | false>((value) => value === false ? undefined
        : typeof value === 'string' ? dnsSubdomainProblem(value) : `expected the name of a listener or false, got ${describeValue(value)}`).optional(),
    }),
    (value) => typeof value === 'boolean' ? undefined : `expected true, false or { redirectFrom }, got ${describeValue(value)}`,
  ).optional(),
  rules: z.array(ruleSchema).min(1).max(16).optional(),
  timeouts: timeoutsSchema.optional(),
  annotations: annotationsSchema.optional(),
}).superRefine(routeRules);
