import type { Problem } from '../../values/errors.ts';
import { taggedForms } from '../network/forms.ts';
import type { HttpRouteOptions } from '../network/http-route-options.ts';
import type { IngressOptions } from '../network/ingress-options.ts';
import { alb, albRouter, albSchema, type AlbRouter } from './alb.ts';
import { gatewayApiRouter } from './gateway-api/gateway-api.ts';
import { gatewayApi, type GatewayApiRouter } from './gateway-api/options.ts';
import { gatewayApiSchema } from './gateway-api/schema.ts';
import { istioRouter } from './istio/istio.ts';
import type { IstioRouter } from './istio/options.ts';
import { istioSchema } from './istio/schema.ts';
import { nginx, nginxRouter, nginxSchema, type NginxRouter } from './nginx.ts';
import { byPods, podsRouter, podsSchema, type PodsRouter } from './pods/pods.ts';
import { stepProblems } from './step-problems.ts';
import { traefik, traefikSchema, type TraefikRouter } from './traefik/options.ts';
import { traefikRouter } from './traefik/traefik.ts';
import type { CanaryServices, RoutedTraffic, RouterAbilities, RouterImplementation, TrafficFacts, TrafficUse } from './traffic-router.ts';

interface Routers {
  alb: AlbRouter;
  'gateway-api': GatewayApiRouter;
  istio: IstioRouter;
  nginx: NginxRouter;
  pods: PodsRouter;
  traefik: TraefikRouter;
}

/** What shares traffic between the running and the new version: pure data, told by `router`. */
export type TrafficRouter = Routers[keyof Routers];

/** Name of a router. `pods`: nothing shares traffic, the number of pods decides. */
export type RouterKind = keyof Routers;

const implementations: { readonly [K in RouterKind]: RouterImplementation<Routers[K]> } = {
  alb: albRouter,
  'gateway-api': gatewayApiRouter,
  istio: istioRouter,
  nginx: nginxRouter,
  pods: podsRouter,
  traefik: traefikRouter,
};

const abilities: Readonly<Record<RouterKind, RouterAbilities>> = {
  alb: albRouter.abilities,
  'gateway-api': gatewayApiRouter.abilities,
  istio: istioRouter.abilities,
  nginx: nginxRouter.abilities,
  pods: podsRouter.abilities,
  traefik: traefikRouter.abilities,
};

/** Routers that follow from the class of an Ingress. */
const byClass: ReadonlyMap<string, TrafficRouter> = new Map<string, TrafficRouter>([['alb', alb()], ['nginx', nginx()], ['traefik', traefik()]]);

/** A router, as `gatewayApi()` and the other factories give it. */
export const trafficRouterSchema = taggedForms<TrafficRouter>('router', {
  alb: albSchema,
  'gateway-api': gatewayApiSchema,
  istio: istioSchema,
  nginx: nginxSchema,
  pods: podsSchema,
  traefik: traefikSchema,
}, {
  functions: ['alb', 'byPods', 'gatewayApi', 'istio', 'nginx', 'traefik'],
  upstream: { alb: 'alb()', istio: 'istio({ … })', nginx: 'nginx()', plugins: 'gatewayApi()', traefik: 'traefik()' },
});

/** The router that was said, else the one that follows from how the app is reached: Gateway API for an HTTPRoute, an Ingress's own where its class tells it, else the pods. */
export function routerFor(router: TrafficRouter | undefined, expose: HttpRouteOptions | IngressOptions | undefined): TrafficRouter {
  if (router !== undefined) return router;
  if (expose?.kind === 'http-route') return gatewayApi();
  return byClass.get(expose?.className ?? '') ?? byPods();
}

/** What a router can do. */
export function abilitiesOf(router: TrafficRouter): RouterAbilities {
  return abilities[router.router];
}

/** Which Services a canary with this router needs. */
export function canaryServicesOf(router: TrafficRouter): CanaryServices {
  return implementationOf(router).services(router);
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
