import type { Peer } from './peers.ts';
import type { HttpFilter } from './http-filters.ts';

/** The Gateway that an HTTPRoute is attached to. */
export interface GatewayOptions {
  /** Its name (`parentRefs[].name`). @default 'public' */
  readonly name?: string;
  /** Its namespace (`parentRefs[].namespace`). @default 'gateway-system' */
  readonly namespace?: string;
  /** Its listener (`parentRefs[].sectionName`). @default - `https` with `tls`, else every listener that takes the host */
  readonly sectionName?: string;
  /** Where its proxies run, for network policies; several where they differ by cluster. @default - every pod in the Gateway's namespace */
  readonly proxies?: Peer | readonly Peer[];
}

/** A text to compare with: itself, or a regular expression in the dialect of the Gateway's implementation. */
export type TextMatch = string | { readonly regex: string };

/** What a request must be like. */
export interface HttpMatchOptions {
  /** Path: a prefix (whole segments), or one of the other forms (`path`). @default '/' */
  readonly path?: string | { readonly exact: string } | { readonly prefix: string } | { readonly regex: string };
  /** Headers by name, all of which must match (`headers`). @default {} */
  readonly headers?: Readonly<Record<string, TextMatch>>;
  /** Query parameters by name, all of which must match (`queryParams`). @default {} */
  readonly query?: Readonly<Record<string, TextMatch>>;
  /** HTTP method (`method`). @default - any */
  readonly method?: 'CONNECT' | 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT' | 'TRACE';
}

/** How long a request may take, as Gateway API durations (`10s`, `500ms`, `1m30s`); `0s` for no limit. */
export interface HttpTimeouts {
  /** The whole request (`timeouts.request`). @default - the Gateway's */
  readonly request?: string;
  /** One attempt at a backend (`timeouts.backendRequest`), not longer than `request`. @default - the Gateway's */
  readonly backendRequest?: string;
}

/** Where requests go, and how many of them. */
export interface HttpBackendOptions {
  /** Name of a Service in the route's namespace. @default - the app's own */
  readonly service?: string;
  /** Port of the Service. @default - the first port of the app's own Service; needed with `service` */
  readonly port?: number;
  /** Share of the requests (`weight`), relative to the sum. @default 1 */
  readonly weight?: number;
}

/** One rule of a route. */
export interface HttpRuleOptions extends HttpMatchOptions {
  /** Alternatives, any of which suffices, instead of the match said here (`matches`). @default - the one said here */
  readonly matches?: readonly HttpMatchOptions[];
  /** What is done with requests: `redirectTo()`, `rewriteTo()`, `requestHeaders()`, `responseHeaders()`. @default [] */
  readonly filters?: readonly HttpFilter[];
  /** @default - the route's */
  readonly timeouts?: HttpTimeouts;
  /** Where requests go. @default - the app's Service, or nowhere with `redirectTo()` */
  readonly backends?: readonly HttpBackendOptions[];
}

/** What `httpRoute()` takes. */
export interface HttpRouteInput {
  /** Host names: one label such as `shop` becomes `shop.<domain of the environment>`, a name with a dot stays (`hostnames`). */
  readonly host: string | readonly string[];
  /** Prefix of the paths that are taken, of a route with one rule. @default '/' */
  readonly path?: string;
  /** The Gateway. @default - `public` in `gateway-system` */
  readonly gateway?: GatewayOptions;
  /** HTTPS: the route hangs on the Gateway's `https` listener, which holds the certificate, and plain HTTP is redirected there. @default true */
  readonly tls?: boolean | HttpTlsOptions;
  /** The rules, instead of `path`. @default - everything under `path` goes to the app */
  readonly rules?: readonly HttpRuleOptions[];
  /** How long requests may take. @default - the Gateway's limits */
  readonly timeouts?: HttpTimeouts;
  /** Annotations of the route. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** HTTPS on a Gateway whose listeners are called otherwise. */
export interface HttpTlsOptions {
  /** Name of the listener for plain HTTP, from which requests are redirected. `false`: no redirect. @default 'http' */
  readonly redirectFrom?: string | false;
}

/** The app is reached by a Gateway API HTTPRoute. */
export interface HttpRouteOptions extends HttpRouteInput {
  readonly kind: 'http-route';
}

/** Reaches the app by a Gateway API HTTPRoute. */
export function httpRoute(input: HttpRouteInput): HttpRouteOptions {
  return { kind: 'http-route', ...input };
}

/** The Gateway unless said otherwise. */
export const defaultGateway = { name: 'public', namespace: 'gateway-system' } as const;

