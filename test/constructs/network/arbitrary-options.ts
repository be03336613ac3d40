import fc from 'fast-check';
import type { HttpFilter } from '../../../lib/constructs/network/http-filters.ts';
import { httpRoute, type HttpMatchOptions, type HttpRouteOptions } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress, type IngressOptions } from '../../../lib/constructs/network/ingress-options.ts';
import type { NetworkPolicyOptions } from '../../../lib/constructs/network/network-policy-options.ts';
import type { AllowedTraffic, PolicyPort } from '../../../lib/constructs/network/peers.ts';
import type { ServiceOptions } from '../../../lib/constructs/network/service-options.ts';

// Options as people might combine them, right ones and wrong ones: tests keep those that the schemas accept.

const port = fc.constantFrom(1, 53, 80, 443, 8000, 9100, 30080, 65535);
const label = fc.constantFrom('a', 'web', 'shop-1', 'x'.repeat(63));
const labels = fc.dictionary(fc.constantFrom('app', 'example.com/tier', 'a_b.c'), fc.constantFrom('', 'web', 'A_1.b'), { maxKeys: 2 });
const cidr = fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0', '203.0.113.7/32', '::/0', '2001:db8::/32', 'fe80::/10', '10.0.0.1/8');
const optional = <T extends object>(fields: { [Key in keyof T]: fc.Arbitrary<T[Key]> }, requiredKeys: (keyof T)[] = []) => fc.record(fields, { requiredKeys }) as fc.Arbitrary<T>;

const servicePort = optional({
  name: fc.constantFrom<string | false>('http', 'metrics', 'grpc', false), port, targetPort: fc.constantFrom<string | number>('http', 'metrics', 8000, 7000), protocol: fc.constantFrom('TCP', 'UDP'),
  appProtocol: fc.constantFrom('http', 'grpc', 'kubernetes.io/h2c', 'example.com/own'), nodePort: fc.constantFrom(30080, 31000),
}, ['port']);

const shortForm = { port, targetPort: fc.constantFrom<string | number>('http', 'metrics', 9100), appProtocol: fc.constantFrom('http', 'kubernetes.io/ws') };
const longForm = { ports: fc.array(servicePort, { minLength: 1, maxLength: 3 }) };
const kinds = (['ClusterIP', 'Headless', 'NodePort', 'LoadBalancer'] as const).flatMap((kind) => [shortForm, longForm].map((form) => ({ kind, form })));

/** Options of a Service. */
export const serviceOptions = fc.oneof(...kinds.map(({ kind, form }) => optional<object>({
  kind: fc.constant(kind), name: label, ...form, sessionAffinity: fc.constantFrom('ClientIP', 'None'), sessionAffinityTimeout: fc.constantFrom('1s', '3h', '24h'),
  ipFamilyPolicy: fc.constantFrom('SingleStack'), trafficDistribution: fc.constant('PreferClose'), internalTrafficPolicy: fc.constantFrom('Cluster', 'Local'), publishNotReadyAddresses: fc.boolean(),
  ...(kind === 'NodePort' || kind === 'LoadBalancer' ? { externalTrafficPolicy: fc.constantFrom('Cluster', 'Local') } : {}),
  ...(kind === 'LoadBalancer' ? { sourceRanges: fc.uniqueArray(cidr, { maxLength: 3 }), loadBalancerClass: fc.constantFrom('a.example/b'), nodePorts: fc.boolean() } : {}),
}, ['kind'] as never[]))) as fc.Arbitrary<ServiceOptions>;

const path = fc.constantFrom('/', '/api', '/a/', '/a%20b', '/x.y~z', '//', '/a/../b', 'a');
const regex = fc.constantFrom('/v[0-9]+', '.*');
const text = fc.oneof(fc.constantFrom('1', 'yes'), fc.record({ regex }));
const match = optional<HttpMatchOptions>({
  path: fc.oneof(path, fc.record({ exact: path }), fc.record({ prefix: path }), fc.record({ regex })), headers: fc.dictionary(fc.constantFrom('x-a', 'Accept'), text), query: fc.dictionary(fc.constantFrom('q', 'page'), text),
  method: fc.constantFrom('GET', 'POST'),
});
const newPath = fc.oneof(fc.record({ full: fc.constantFrom('/new', '') }), fc.record({ prefix: fc.constantFrom('/', '/v2') }));
const changes = { set: fc.dictionary(fc.constantFrom('x-a', 'x-b'), fc.constantFrom('1', 'two words')), add: fc.dictionary(fc.constant('x-c'), fc.constant('3')), remove: fc.uniqueArray(fc.constantFrom('x-d', 'x-e')) };
const filter = fc.oneof(
  optional<object>({ filter: fc.constant('redirect'), scheme: fc.constantFrom('http', 'https'), host: fc.constant('a.example'), port, path: newPath, status: fc.constantFrom(301, 302, 303, 307, 308) }, ['filter'] as never[]),
  optional<object>({ filter: fc.constant('rewrite'), host: fc.constant('a.example'), path: newPath }, ['filter'] as never[]),
  ...['request-headers', 'response-headers'].map((name) => optional<object>({ filter: fc.constant(name), ...changes }, ['filter'] as never[])),
) as fc.Arbitrary<HttpFilter>;
const timeouts = optional({ request: fc.constantFrom('0s', '10s', '1m30s'), backendRequest: fc.constantFrom('500ms', '10s', '1h') });
const rule = optional({
  path: match.map((each) => each.path ?? '/'), matches: fc.array(match, { minLength: 1, maxLength: 2 }), filters: fc.array(filter, { maxLength: 2 }), timeouts,
  backends: fc.array(optional({ service: label, port, weight: fc.nat(100) }), { minLength: 1, maxLength: 2 }),
});
const host = fc.oneof(fc.constantFrom('shop', '*.acme.example', 'www.acme.example'), fc.array(fc.constantFrom('a', 'b.example', 'shop'), { minLength: 1, maxLength: 3 }));

/** Options of an HTTPRoute. */
export const routeOptions: fc.Arbitrary<HttpRouteOptions> = fc.record({
  host, path, gateway: optional({ name: label, namespace: label, sectionName: label }), tls: fc.oneof(fc.boolean(), optional({ redirectFrom: fc.constantFrom<string | false>('web', false) })), rules: fc.array(rule, { minLength: 1, maxLength: 3 }), timeouts,
}, { requiredKeys: ['host'] }).map((input) => httpRoute(input as Parameters<typeof httpRoute>[0]));

/** Options of an Ingress. */
export const ingressOptions: fc.Arbitrary<IngressOptions> = fc.record({
  host, className: label, tls: fc.oneof(fc.boolean(), optional({ secretName: label, clusterIssuer: label, issuer: label })),
  paths: fc.array(fc.oneof(path, optional({ path, pathType: fc.constantFrom('Exact', 'ImplementationSpecific', 'Prefix'), port })), { minLength: 1, maxLength: 3 }),
}, { requiredKeys: ['host'] }).map((input) => ingress(input as Parameters<typeof ingress>[0]));

const policyPort = fc.oneof(port, optional({ port, endPort: port, protocol: fc.constantFrom('TCP', 'UDP') }, ['port'])) as fc.Arbitrary<PolicyPort>;
const ports = fc.array(policyPort, { minLength: 1, maxLength: 2 });
const traffic = fc.oneof(
  optional({ cidr, except: fc.array(cidr, { maxLength: 2 }), ports }, ['cidr']),
  optional({ namespace: label, namespaces: labels, pods: labels, ports }),
) as fc.Arbitrary<AllowedTraffic>;

/** Options of a network policy. */
export const policyOptions = optional<NetworkPolicyOptions>({
  allowEgress: fc.array(traffic, { maxLength: 3 }), allowIngress: fc.array(traffic, { maxLength: 3 }), internet: fc.oneof(fc.boolean(), fc.record({ ports })),
  dns: fc.oneof(fc.constant(false as const), optional({ namespace: label, pods: labels, port, addresses: fc.array(cidr, { maxLength: 2 }) })),
});
