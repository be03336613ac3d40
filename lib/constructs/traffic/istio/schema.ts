import { z } from 'zod';
import { checkedText, describeValue, dnsLabelSchema } from '../../../model/schema.ts';
import { durationProblem } from '../../../values/duration.ts';
import { dnsLabelProblem, dnsSubdomainProblem } from '../../../values/names.ts';
import { portSchema } from '../../network/fields.ts';
import { hostsSchema } from '../../network/http-route-schema.ts';
import { pathProblem } from '../../network/http-text.ts';
import { proxiesSchema } from '../../network/peers-schema.ts';
import type { ShapeOf } from '../../python-app/container-schema.ts';
import type { IstioRouter, VirtualServiceReference } from './options.ts';

const gatewaySchema = checkedText((text) => {
  const [namespace = '', name, ...more] = text.split('/');
  return name !== undefined && more.length === 0 && dnsLabelProblem(namespace) === undefined && dnsSubdomainProblem(name) === undefined ? undefined
    : `expected a Gateway as <namespace>/<name>, such as istio-system/public, got ${describeValue(text)}`;
});

const virtualServiceSchema = z.strictObject({
  name: checkedText(dnsSubdomainProblem),
  routes: z.array(z.string().min(1)).min(1).optional(),
  tlsRoutes: z.array(z.strictObject({ port: portSchema.optional(), sniHosts: z.array(z.string().min(1)).optional() })).min(1).optional(),
  tcpRoutes: z.array(z.strictObject({ port: portSchema.optional() })).min(1).optional(),
} satisfies ShapeOf<VirtualServiceReference>);

/** The options of `istio()`. */
export const istioSchema = z.strictObject({
  router: z.literal('istio'),
  level: z.enum(['host', 'subset']).optional(),
  host: hostsSchema.optional(),
  gateways: z.array(gatewaySchema).min(1).optional(),
  mesh: z.boolean().optional(),
  path: checkedText(pathProblem).optional(),
  timeout: checkedText(durationProblem).optional(),
  proxies: proxiesSchema.optional(),
  additionalSubsets: z.array(dnsLabelSchema).min(1).optional(),
  virtualServices: z.array(virtualServiceSchema).min(1).optional(),
} satisfies ShapeOf<IstioRouter>);
