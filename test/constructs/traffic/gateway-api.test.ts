import { describe, expect, it } from 'vitest';
import { httpRoute, type HttpRouteInput } from '../../../lib/constructs/network/http-route-options.ts';
import { redirectTo } from '../../../lib/constructs/network/http-filters.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import { gatewayApi, type GatewayApiInput } from '../../../lib/constructs/traffic/gateway-api/options.ts';
import { trafficFor, trafficProblems } from '../../../lib/constructs/traffic/routers.ts';
import type { TrafficFacts } from '../../../lib/constructs/traffic/traffic-router.ts';
import { facts, useOf } from './samples.ts';

const routed = (input: HttpRouteInput, options: GatewayApiInput = {}, more: Partial<TrafficFacts> = {}) => trafficFor(gatewayApi(options), { ...facts, expose: httpRoute(input), ...more });
const rulesOf = (input: HttpRouteInput) => routed(input).objects.map(([, value]) => (value as unknown as { readonly spec: { readonly rules: readonly { readonly backendRefs?: readonly { readonly name: string; readonly port: number; readonly weight: number }[] }[] } }).spec.rules);
const refs = (input: HttpRouteInput) => rulesOf(input)[0]?.map((rule) => rule.backendRefs?.map((ref) => `${ref.name}:${ref.port}=${ref.weight}`));

describe('a canary by Gateway API', () => {
  it('names both versions in the route, all weight on the running one, with every default written', () => {
    expect(rulesOf({ host: 'shop' })[0]).toEqual([{
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [
        { group: '', kind: 'Service', name: 'storefront-web', port: 80, weight: 100 },
        { group: '', kind: 'Service', name: 'storefront-web-canary', port: 80, weight: 0 },
      ],
    }]);
  });

  it('shares every rule that leads to the app, on the port it says, and leaves the others alone', () => {
    expect(refs({ host: 'shop', rules: [
      { path: '/' },
      { path: '/admin', backends: [{ port: 9000 }] },
      { path: '/said', backends: [{ service: 'storefront-web', port: 80, weight: 7 }] },
      { path: '/docs', backends: [{ service: 'docs', port: 80 }] },
      { path: '/two', backends: [{ service: 'a', port: 1 }, { service: 'b', port: 2, weight: 3 }] },
      { path: '/old', filters: [redirectTo({ path: { full: '/' } })] },
    ] })).toEqual([
      ['storefront-web:80=100', 'storefront-web-canary:80=0'],
      ['storefront-web:9000=100', 'storefront-web-canary:9000=0'],
      ['storefront-web:80=100', 'storefront-web-canary:80=0'],
      ['docs:80=1'],
      ['a:1=1', 'b:2=3'],
      undefined,
    ]);
  });

  it('doesn\'t touch the route that redirects plain HTTP, and doesn\'t tell the plugin of it', () => {
    expect(rulesOf({ host: 'shop' })[1]?.map((rule) => rule.backendRefs)).toEqual([undefined]);
    expect(routed({ host: 'shop' }).routing).toEqual({ plugins: { 'argoproj-labs/gatewayAPI': { namespace: 'storefront-prod', httpRoutes: [{ name: 'storefront-web' }] } } });
  });

  it('lets header routes be added only where the canary has them', () => {
    expect(routed({ host: 'shop' }, {}, { managedRoutes: ['beta', 'staff'] }).routing).toEqual({
      managedRoutes: [{ name: 'beta' }, { name: 'staff' }],
      plugins: { 'argoproj-labs/gatewayAPI': { namespace: 'storefront-prod', httpRoutes: [{ name: 'storefront-web', useHeaderRoutes: true }] } },
    });
  });

  it('takes further routes of every kind along', () => {
    const { routing } = routed({ host: 'shop' }, {
      plugin: 'acme/routes',
      inProgressLabel: { key: 'acme.example/canary', value: 'yes' },
      routes: [{ name: 'internal' }, { kind: 'GRPCRoute', name: 'rpc' }, { kind: 'TCPRoute', name: 'raw' }, { name: 'plain', headerRoutes: false }],
    }, { managedRoutes: ['beta'] });
    expect(routing?.plugins).toEqual({ 'acme/routes': {
      namespace: 'storefront-prod',
      httpRoutes: [{ name: 'storefront-web', useHeaderRoutes: true }, { name: 'internal', useHeaderRoutes: true }, { name: 'plain' }],
      grpcRoutes: [{ name: 'rpc', useHeaderRoutes: true }],
      tcpRoutes: [{ name: 'raw' }],
      inProgressLabelKey: 'acme.example/canary',
      inProgressLabelValue: 'yes',
    } });
    expect(routed({ host: 'shop' }, { inProgressLabel: false }).routing?.plugins).toEqual({ 'argoproj-labs/gatewayAPI': { namespace: 'storefront-prod', httpRoutes: [{ name: 'storefront-web' }], disableInProgressLabel: true } });
  });

  it.each<[string, Parameters<typeof useOf>[0], GatewayApiInput, string[]]>([
    ['no route', {}, {}, ['storefront/web: rollout.traffic: expected a route whose weights can be set, got an app without one']],
    ['no route but one that exists', {}, { routes: [{ name: 'internal' }] }, []],
    ['an Ingress', { expose: ingress({ host: 'shop' }) }, {}, ['storefront/web: rollout.traffic: expected an app that is exposed by httpRoute(), got one with ingress()']],
    ['the same route twice', { expose: httpRoute({ host: 'shop' }) }, { routes: [{ name: 'a' }, { name: 'a' }] }, ['storefront/web: rollout.traffic.routes[1]: expected each route once, got "a" again']],
    ['the app beside others in a rule', { expose: httpRoute({ host: 'shop', rules: [{}, { path: '/x', backends: [{ weight: 3 }, { service: 'other', port: 80 }] }] }) }, {},
      ['storefront/web: expose.rules[1].backends: expected the app\'s Service alone in a rule, because the canary sets its weight, got it beside others']],
    ['nothing that leads to the app', { expose: httpRoute({ host: 'shop', rules: [{ backends: [{ service: 'other', port: 80 }] }] }) }, {},
      ['storefront/web: expose.rules: expected a rule that leads to the app, so that its traffic can be shared, got none']],
    ['more rules than a route may have', { expose: httpRoute({ host: 'shop', rules: Array.from({ length: 6 }, (_, index) => ({ path: `/${index}` })) }), managedRoutes: ['beta', 'staff'] }, {},
      ['storefront/web: expose.rules: expected at most 16 rules with those that header routes add (one for each rule that leads to the app), got 18']],
    ['a preview of the new version beside header routes', { expose: httpRoute({ host: 'shop', rules: [{}, { path: '/new', backends: [{ service: 'storefront-web-canary', port: 80 }] }] }), managedRoutes: ['beta'] }, {},
      ['storefront/web: expose.rules[1].backends: expected no rule that leads to "storefront-web-canary" alone beside header routes: the plugin takes it for one of its own and removes it when the canary ends, got one']],
    ['a preview of the new version', { expose: httpRoute({ host: 'shop', rules: [{}, { path: '/new', backends: [{ service: 'storefront-web-canary', port: 80 }] }] }) }, {}, []],
  ])('with %s', (_, use, options, expected) => {
    expect(trafficProblems(gatewayApi(options), useOf(use)).map((problem) => `${problem.where}: ${problem.message}`)).toEqual(expected);
  });
});
