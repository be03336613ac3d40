import { z } from 'zod';
import { checkedText, describeValue } from '../../../model/schema.ts';
import { dnsSubdomainProblem, labelKeyProblem, labelValueProblem } from '../../../values/names.ts';
import { objectOr } from '../../network/forms.ts';
import type { ShapeOf } from '../../python-app/container-schema.ts';
import type { GatewayApiInput, GatewayApiRouter, GatewayRouteReference } from './options.ts';

const pluginName = checkedText((text) => /^[A-Za-z0-9-]+\/[A-Za-z0-9_.-]+$/.test(text) ? undefined : `expected the plugin's name with its owner, such as argoproj-labs/gatewayAPI, got ${describeValue(text)}`);

const referenceSchema = z.strictObject({
  kind: z.enum(['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute']).optional(),
  name: checkedText(dnsSubdomainProblem),
  headerRoutes: z.boolean().optional(),
} satisfies ShapeOf<GatewayRouteReference>);

/** The options of `gatewayApi()`. */
export const gatewayApiSchema = z.strictObject({
  router: z.literal('gateway-api'),
  routes: z.array(referenceSchema).optional(),
  plugin: pluginName.optional(),
  inProgressLabel: objectOr<NonNullable<GatewayApiInput['inProgressLabel']>>(
    z.strictObject({ key: checkedText(labelKeyProblem), value: checkedText(labelValueProblem) }),
    (value) => value === false ? undefined : `expected { key, value } or false, got ${describeValue(value)}`,
  ).optional(),
} satisfies ShapeOf<GatewayApiRouter>);
