import type { Problem } from '../../values/errors.ts';
import { taggedForms } from '../network/forms.ts';
import type { HttpRouteOptions } from '../network/http-route-options.ts';
import type { IngressOptions } from '../network/ingress-options.ts';
import { gatewayApiRouter } from './gateway-api/gateway-api.ts';
import { gatewayApi, type GatewayApiRouter } from './gateway-api/options.ts';
import { gatewayApiSchema } from './gateway-api/schema.ts';
import { byPods, podsRouter, podsSchema, type PodsRouter } from './pods/pods.ts';
import { stepProblems } from './step-problems.ts';
import type { RoutedTraffic, RouterAbilities, RouterImplementation, TrafficFacts, TrafficUse } from './traffic-router.ts';

interface Routers {
  'gateway-api': GatewayApiRouter;
  pods: PodsRouter;
}

/** What shares traffic between the running and the new version: pure data, told by `router`. */
export type TrafficRouter = Routers[keyof Routers];

/** Name of a router. `pods`: nothing shares traffic, the number of pods decides. */
export type RouterKind = keyof Routers;

const implementations: { readonly [K in RouterKind]: RouterImplementation<Routers[K]> } = {
  'gateway-api': gatewayApiRouter,
  pods: podsRouter,
};

const abilities: Readonly<Record<RouterKind, RouterAbilities>> = {
  'gateway-api': gatewayApiRouter.abilities,
  pods: podsRouter.abilities,
};

/** A router, as `gatewayApi()` and the other factories give it. */
export const trafficRouterSchema = taggedForms<TrafficRouter>('router', {
  'gateway-api': gatewayApiSchema,
  pods: podsSchema,
});

/** The router that was said, else the one that follows from how the app is reached. */
export function routerFor(router: TrafficRouter | undefined, expose: HttpRouteOptions | IngressOptions | undefined): TrafficRouter {
  if (router !== undefined) return router;
  return expose?.kind === 'http-route' ? gatewayApi() : byPods();
}

/** What a router can do. */
export function abilitiesOf(router: TrafficRouter): RouterAbilities {
  return abilities[router.router];
}

/** The objects and the field of the Rollout by which a router shares traffic. With `byPods()` it is the plain way in. */
export function trafficFor(router: TrafficRouter, facts: TrafficFacts): RoutedTraffic {
  return implementationOf(router).routed(router, facts);
}

/** What is wrong between a router, the app and the canary's steps: all at once. */
export function trafficProblems(router: TrafficRouter, use: TrafficUse): Problem[] {
  return [...implementationOf(router).problems(router, use), ...stepProblems(router.router, abilities, use)];
}

/** The implementation that understands these very options. */
function implementationOf<R extends TrafficRouter>(router: R): RouterImplementation<R> {
  const implementation: unknown = implementations[router.router];
  return implementation as RouterImplementation<R>;
}
