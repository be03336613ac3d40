import { z } from 'zod';
import { dnsLabelSchema } from '../../../model/schema.ts';
import type { ShapeOf } from '../../python-app/container-schema.ts';

/** What `traefik()` takes. */
export interface TraefikInput {
  /** Entry points that its IngressRoute listens on (`entryPoints`). @default - `websecure` with TLS, else Traefik's default ones */
  readonly entryPoints?: readonly string[];
  /** Name of a cookie by which a client stays with its version (`weighted.sticky.cookie.name`). @default - it doesn't */
  readonly stickyCookie?: string;
}

/** Traffic is shared by Traefik. */
export interface TraefikRouter extends TraefikInput {
  readonly router: 'traefik';
}

/** Shares traffic by Traefik 3: an IngressRoute in place of the Ingress leads to a TraefikService, whose weights Argo Rollouts sets. */
export function traefik(input: TraefikInput = {}): TraefikRouter {
  return { router: 'traefik', ...input };
}

export const traefikSchema = z.strictObject({
  router: z.literal('traefik'),
  entryPoints: z.array(dnsLabelSchema).min(1).optional(),
  stickyCookie: z.string().regex(/^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/, { error: 'expected a name as HTTP has it' }).optional(),
} satisfies ShapeOf<TraefikRouter>);
