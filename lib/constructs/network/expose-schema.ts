import { z } from 'zod';
import { httpRouteSchema } from './http-route-schema.ts';
import { ingressSchema } from './ingress-schema.ts';

/** How an app is reached from outside: `httpRoute()` or `ingress()`. */
export const exposeSchema = z.discriminatedUnion('kind', [httpRouteSchema, ingressSchema]);
