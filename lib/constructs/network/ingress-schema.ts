import { z } from 'zod';
import { checkedText, describeValue } from '../../model/schema.ts';
import { dnsSubdomainProblem } from '../../values/names.ts';
import { shown } from '../../values/shown.ts';
import { annotationsSchema, portSchema } from './fields.ts';
import { objectOr } from './forms.ts';
import { hostsSchema } from './http-route-schema.ts';
import type { IngressInput, IngressPath } from './ingress-options.ts';
import { proxiesSchema } from './peers-schema.ts';

const objectNameSchema = checkedText(dnsSubdomainProblem);

const tlsSchema = z.strictObject({
  secretName: objectNameSchema.optional(),
  clusterIssuer: objectNameSchema.optional(),
  issuer: objectNameSchema.optional(),
}).superRefine((tls, context) => {
  if (tls.clusterIssuer !== undefined && tls.issuer !== undefined) {
    context.addIssue({ code: 'custom', path: ['issuer'], message: 'expected one issuer, got a ClusterIssuer and an Issuer' });
  }
});

const pathSchema = z.strictObject({
  path: z.string().optional(),
  pathType: z.enum(['Exact', 'ImplementationSpecific', 'Prefix']).optional(),
  port: portSchema.optional(),
}).superRefine((each, context) => {
  const message = ingressPathProblem(each);
  if (message !== undefined) context.addIssue({ code: 'custom', path: ['path'], message });
});

/** The options of an Ingress, as `ingress()` gives them. */
export const ingressSchema = z.strictObject({
  kind: z.literal('ingress'),
  host: hostsSchema,
  className: objectNameSchema.optional(),
  tls: objectOr<NonNullable<IngressInput['tls']>>(tlsSchema, (value) => typeof value === 'boolean' ? undefined : `expected true, false or { secretName, clusterIssuer, issuer }, got ${describeValue(value)}`).optional(),
  paths: z.array(objectOr<string | IngressPath>(
    pathSchema,
    (value) => typeof value === 'string' ? ingressPathProblem({ path: value }) : `expected a path or { path, pathType, port }, got ${describeValue(value)}`,
  )).min(1).optional(),
  annotations: annotationsSchema.optional(),
  proxies: proxiesSchema.optional(),
});

/** What is wrong with a path of an Ingress, by the API server's own rules. */
function ingressPathProblem(each: { readonly path?: string | undefined; readonly pathType?: IngressPath['pathType'] | undefined }): string | undefined {
  const path = each.path ?? '/';
  if (!path.startsWith('/')) return `expected a path that starts with "/", got ${shown(path)}`;
  if (each.pathType === 'ImplementationSpecific') return undefined;
  const trap = ['//', '/./', '/../', '%2f', '%2F'].find((part) => path.includes(part)) ?? ['/..', '/.'].find((part) => path.endsWith(part));
  return trap === undefined ? undefined : `expected a path without ${JSON.stringify(trap)}, got ${shown(path)}`;
}
