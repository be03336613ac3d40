import { taggedForms } from './forms.ts';
import type { HttpRouteOptions } from './http-route-options.ts';
import { httpRouteSchema } from './http-route-schema.ts';
import type { IngressOptions } from './ingress-options.ts';
import { ingressSchema } from './ingress-schema.ts';

/** How an app is reached from outside: `httpRoute()` or `ingress()`. */
export const exposeSchema = taggedForms<HttpRouteOptions | IngressOptions>('kind', { 'http-route': httpRouteSchema, ingress: ingressSchema });
