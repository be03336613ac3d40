import { httpRoutesFor } from '../network/http-route.ts';
import type { HttpRouteOptions } from '../network/http-route-options.ts';
import { ingressFor } from '../network/ingress.ts';
import type { IngressOptions } from '../network/ingress-options.ts';
import type { RouteBackend } from '../network/route-backend.ts';
import type { Part } from '../python-app/part.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';

/** What the way to an app must know. */
export interface WayInFacts {
  readonly identity: WorkloadIdentity;
  /** Domain of the environment. */
  readonly domain: string;
  readonly backend: RouteBackend;
  /** @default - it isn't reached from outside */
  readonly expose?: HttpRouteOptions | IngressOptions;
}

/** The objects by which an app is reached from outside: its HTTPRoutes or its Ingress. */
export function wayIn({ identity, domain, backend, expose }: WayInFacts): Part[] {
  if (expose === undefined) return [];
  if (expose.kind === 'ingress') return [['ingress', ingressFor(identity, expose, { domain, backend })]];
  return httpRoutesFor(identity, expose, { domain, backend }).map((route, index): Part => [index === 0 ? 'http-route' : 'http-route-redirect', route]);
}
