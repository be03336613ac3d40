import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IHTTPRouteRule } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRouteRule';
import type { IParentReference } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/ParentReference';
import type { WorkloadIdentity } from '../workload-identity.ts';
import { filterFor } from './http-filter-objects.ts';
import { matchFor } from './http-matches.ts';
import { defaultGateway, type GatewayOptions, type HttpBackendOptions, type HttpRouteOptions, type HttpRuleOptions } from './http-route-options.ts';
import { hostsOf } from './hosts.ts';
import { metadataFor } from './metadata.ts';
import type { RouteBackend } from './route-backend.ts';

/** What a route must know beside its options. */
export interface RouteFacts {
  /** Domain of the environment. */
  readonly domain: string;
  /** The app's Service, from `backendOf`. */
  readonly backend: RouteBackend;
}

/**
 * The HTTPRoute of an app, and with TLS one more that redirects plain HTTP. What the API server would fill in is written out, so that neither
 * controller sees a difference between Git and the cluster.
 */
export function httpRoutesFor(identity: WorkloadIdentity, options: HttpRouteOptions, facts: RouteFacts): IHTTPRoute[] {
  const hostnames = hostsOf(options.host, facts.domain);
  const tls = options.tls ?? true;
  const section = options.gateway?.sectionName ?? (tls === false ? undefined : 'https');
  const rules = options.rules ?? [options.path === undefined ? {} : { path: options.path }];
  const route: IHTTPRoute = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataFor(identity, { ...(options.annotations !== undefined && { annotations: options.annotations }) }),
    spec: {
      parentRefs: [parentFor(options.gateway, section)],
      hostnames,
      rules: rules.map((rule) => ruleFor(rule, options, facts.backend)),
    },
  };
  const redirectFrom = tls === false ? false : tls === true ? 'http' : tls.redirectFrom ?? 'http';
  return redirectFrom === false ? [route] : [route, httpsRedirect(identity, options, hostnames, redirectFrom)];
}

function httpsRedirect(identity: WorkloadIdentity, options: HttpRouteOptions, hostnames: string[], listener: string): IHTTPRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataFor(identity, { name: `${identity.name}-https-redirect`, ...(options.annotations !== undefined && { annotations: options.annotations }) }),
    spec: {
      parentRefs: [parentFor(options.gateway, listener)],
      hostnames,
      rules: [{
        matches: [matchFor({})],
        filters: [filterFor({ filter: 'redirect', scheme: 'https', status: 301 })],
      }],
    },
  };
}

function parentFor(gateway: GatewayOptions | undefined, sectionName: string | undefined): IParentReference {
  return {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    name: gateway?.name ?? defaultGateway.name,
    namespace: gateway?.namespace ?? defaultGateway.namespace,
    ...(sectionName !== undefined && { sectionName }),
  };
}

function ruleFor(rule: HttpRuleOptions, route: HttpRouteOptions, backend: RouteBackend): IHTTPRouteRule {
  const { matches = [rule], filters = [], timeouts = route.timeouts } = rule;
  const redirected = filters.some((filter) => filter.filter === 'redirect');
  const backends = (rule.backends ?? (redirected ? [] : [{}])).flatMap((each, _index, all) => backendsFor(each, all.length === 1, backend));
  return {
    matches: matches.map(matchFor),
    ...(filters.length > 0 && { filters: filters.map(filterFor) }),
    ...(backends.length > 0 && { backendRefs: backends }),
    ...(timeouts !== undefined && { timeouts: { ...timeouts } }),
  };
}

type BackendRef = NonNullable<IHTTPRouteRule['backendRefs']>[number];

/** A backend; the app's own where it is the only one is shared with its new version. */
function backendsFor(options: HttpBackendOptions, only: boolean, { service, port, canary }: RouteBackend): BackendRef[] {
  const ref = (name: string, weight: number): BackendRef => ({ group: '', kind: 'Service', name, port: options.port ?? port, weight });
  const name = options.service ?? service;
  if (canary === undefined || !only || name !== service) return [ref(name, options.weight ?? 1)];
  return [ref(service, 100), ref(canary, 0)];
}
