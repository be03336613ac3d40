/** A further route that the plugin weights, made elsewhere in the same folder. */
export interface GatewayRouteReference {
  /** @default 'HTTPRoute' */
  readonly kind?: 'GRPCRoute' | 'HTTPRoute' | 'TCPRoute' | 'TLSRoute';
  /** Its name, in the app's namespace. Each of its rules that is shared names the stable and the canary Service. */
  readonly name: string;
  /** Whether header steps add their rules to it (`useHeaderRoutes`). @default - as the canary's steps need it */
  readonly headerRoutes?: boolean;
}

/** What `gatewayApi()` takes. */
export interface GatewayApiInput {
  /** Routes beside the app's own (`httpRoutes`, `grpcRoutes`, …). @default [] */
  readonly routes?: readonly GatewayRouteReference[];
  /** Name by which Argo Rollouts knows the plugin. @default 'argoproj-labs/gatewayAPI' */
  readonly plugin?: string;
  /** The label that the plugin puts on a route while a canary runs (`inProgressLabelKey`, `inProgressLabelValue`); `false` for none (`disableInProgressLabel`). @default - `rollouts.argoproj.io/gatewayapi-canary: in-progress` */
  readonly inProgressLabel?: false | { readonly key: string; readonly value: string };
}

/** Traffic is shared by Gateway API routes. */
export interface GatewayApiRouter extends GatewayApiInput {
  readonly router: 'gateway-api';
}

/** Shares traffic by weights of Gateway API routes, which Argo Rollouts' Gateway API plugin sets. */
export function gatewayApi(input: GatewayApiInput = {}): GatewayApiRouter {
  return { router: 'gateway-api', ...input };
}
