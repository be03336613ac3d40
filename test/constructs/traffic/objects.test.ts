import { describe, expect, it } from 'vitest';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress, type IngressInput } from '../../../lib/constructs/network/ingress-options.ts';
import { alb, type AlbInput } from '../../../lib/constructs/traffic/alb.ts';
import { istio, type IstioInput } from '../../../lib/constructs/traffic/istio/options.ts';
import { nginx } from '../../../lib/constructs/traffic/nginx.ts';
import { trafficFor, trafficProblems, type TrafficRouter } from '../../../lib/constructs/traffic/routers.ts';
import type { TrafficFacts, TrafficUse } from '../../../lib/constructs/traffic/traffic-router.ts';
import { matchOf } from '../../../lib/constructs/traffic/traefik/match.ts';
import { traefik } from '../../../lib/constructs/traffic/traefik/options.ts';
import { facts, useOf } from './samples.ts';

const way = (input: Partial<IngressInput> = {}) => ingress({ host: 'shop', ...input });
const routed = (router: TrafficRouter, more: Partial<TrafficFacts> = {}) => trafficFor(router, { ...facts, ...more });
const messages = (router: TrafficRouter, use: Partial<TrafficUse> = {}) => trafficProblems(router, useOf(use)).map((problem) => `${problem.where.replace('storefront/web: ', '')}: ${problem.message}`);

describe('a canary by ingress-nginx', () => {
  it('weights every Ingress that is named, and says what the new version\'s Ingress carries', () => {
    expect(routed(nginx({ ingresses: ['internal'], annotationPrefix: 'nginx.acme.example', canaryAnnotations: { 'canary-by-header': 'X-Canary' }, otherAnnotations: { 'acme.example/a': 'b' }, totalWeight: 1000 }), { expose: way() }).routing).toEqual({
      maxTrafficWeight: 1000,
      nginx: {
        stableIngresses: ['storefront-web', 'internal'], annotationPrefix: 'nginx.acme.example',
        additionalIngressAnnotations: { 'canary-by-header': 'X-Canary' }, canaryIngressAnnotations: { 'acme.example/a': 'b' },
      },
    });
    expect(routed(nginx({ ingresses: ['made-elsewhere'] }))).toEqual({ routing: { nginx: { stableIngress: 'made-elsewhere' } }, objects: [] });
  });

  it.each<[Partial<TrafficUse>, string[]]>([
    [{}, ['rollout.traffic: expected an app with an Ingress for nginx, got one that isn\'t exposed']],
    [{ expose: httpRoute({ host: 'shop' }) }, ['rollout.traffic: expected an app that is exposed by ingress() for nginx, got one with httpRoute()']],
    [{ expose: way() }, ['rollout.traffic.ingresses[1]: expected each Ingress once, got "a" again']],
  ])('needs an Ingress: %j', (use, expected) => {
    expect(messages(nginx(use.expose?.kind === 'ingress' ? { ingresses: ['a', 'a'] } : {}), use)).toEqual(expected);
  });
});

describe('a canary by an AWS load balancer', () => {
  it.each<[AlbInput, Partial<TrafficFacts>, object, string]>([
    [{}, {}, { ingress: 'storefront-web', servicePort: 80 }, 'storefront-web'],
    [{ action: 'root' }, {}, { ingress: 'storefront-web', servicePort: 80, rootService: 'root' }, 'root'],
    [{ ingresses: ['other'], sticky: '1h', annotationPrefix: 'alb.acme.example' }, {}, { ingresses: ['storefront-web', 'other'], servicePort: 80, annotationPrefix: 'alb.acme.example', stickinessConfig: { enabled: true, durationSeconds: 3600 } }, 'storefront-web'],
    // Two Services that take turns: neither of them can name the action.
    [{}, { stable: 'storefront-web-ping', canary: 'storefront-web-pong' }, { ingress: 'storefront-web', servicePort: 80, rootService: 'storefront-web' }, 'storefront-web'],
  ])('leads to an action: %j', (options, more, routing, action) => {
    const { routing: written, objects } = routed(alb(options), { expose: way({ className: 'alb' }), ...more });
    expect(written).toEqual({ alb: routing });
    expect(JSON.stringify(objects)).toContain(`"backend":{"service":{"name":"${action}","port":{"name":"use-annotation"}}}`);
  });

  it('has one port, and routes named like Services', () => {
    expect(trafficProblems(alb(), useOf({ expose: way({ paths: ['/', { path: '/admin', port: 9000 }] }) }, [{ step: 'header-route', name: 'Beta', headers: { a: 'b' } }])).map((problem) => problem.where)).toEqual([
      'storefront/web: expose.paths[1].port', 'storefront/web: rollout.steps[0].name']);
  });
});

describe('a canary by Istio', () => {
  const specOf = (options: IstioInput, part = 'virtual-service') => Object.fromEntries(routed(istio(options)).objects)[part] as unknown as { readonly spec: Readonly<Record<string, unknown>> } | undefined;

  it.each<[string, IstioInput, string[], string[] | undefined]>([
    ['only within the mesh', {}, ['storefront-web'], undefined],
    ['from outside and within the mesh', { host: 'shop', gateways: ['istio-system/public'] }, ['shop.acme.example', 'storefront-web'], ['istio-system/public', 'mesh']],
    ['only from outside', { host: 'shop', gateways: ['istio-system/public'], mesh: false }, ['shop.acme.example'], ['istio-system/public']],
  ])('is shared %s', (_, options, hosts, gateways) => {
    expect(specOf(options)?.spec['hosts']).toEqual(hosts);
    expect(specOf(options)?.spec['gateways']).toEqual(gateways);
  });

  it('names subsets of the one Service, in the order that Argo Rollouts keeps', () => {
    expect(specOf({ level: 'subset' })?.spec['http']).toEqual([{ name: 'primary', route: [
      { destination: { host: 'storefront-web', subset: 'stable', port: { number: 80 } }, weight: 100 },
      { destination: { host: 'storefront-web', subset: 'canary', port: { number: 80 } }, weight: 0 },
    ] }]);
    expect(specOf({ level: 'subset' }, 'destination-rule')?.spec).toEqual({ host: 'storefront-web', subsets: ['canary', 'stable'].map((name) => ({ name, labels: facts.identity.selector })) });
  });

  it('makes no VirtualService where others are named, and shares all their routes', () => {
    const { routing, objects } = routed(istio({ virtualServices: [{ name: 'a.edge', routes: ['one'] }, { name: 'b', tcpRoutes: [{ port: 3000 }], tlsRoutes: [{ port: 443, sniHosts: ['shop.acme.example'] }] }] }));
    expect(objects).toEqual([]);
    expect(routing).toEqual({ istio: { virtualServices: [{ name: 'a.edge', routes: ['one'] }, { name: 'b', tlsRoutes: [{ port: 443, sniHosts: ['shop.acme.example'] }], tcpRoutes: [{ port: 3000 }] }] } });
  });

  it('lets in the proxies of its Gateways', () => {
    expect(routed(istio({ host: 'shop', gateways: ['edge/a', 'edge/b', 'inner/c'] })).proxies).toEqual([{ namespace: 'edge' }, { namespace: 'inner' }]);
    expect(routed(istio({ host: 'shop', gateways: ['edge/a'], proxies: { namespace: 'x', pods: { app: 'gw' } } })).proxies).toEqual([{ namespace: 'x', pods: { app: 'gw' } }]);
    expect(routed(istio()).proxies).toEqual([]);
  });

  it.each<[IstioInput, Partial<TrafficUse>, string[]]>([
    [{}, { expose: httpRoute({ host: 'shop' }) }, ['expose: expected no HTTPRoute beside Istio: it leads past the VirtualService, so that its traffic wouldn\'t be shared, got one']],
    [{ host: 'shop' }, {}, ['rollout.traffic.gateways: expected the Gateways that take the host, got nothing']],
    [{ gateways: ['a/b'] }, {}, ['rollout.traffic.host: expected the host that the Gateways take, got nothing']],
    [{ mesh: false }, {}, ['rollout.traffic.mesh: expected a host and Gateways, or the mesh, got neither']],
    [{ additionalSubsets: ['old'] }, {}, ['rollout.traffic.additionalSubsets: expected level: \'subset\' with further subsets, got level: \'host\'']],
    [{ virtualServices: [{ name: 'a' }, { name: 'a' }], timeout: '3s' }, {}, [
      'rollout.traffic.timeout: expected no timeout beside virtualServices, which are made elsewhere, got one', 'rollout.traffic.virtualServices[1]: expected each VirtualService once, got "a" again']],
    [{}, { steps: [{ step: 'mirror-route', name: 'primary', matches: [] }] }, ['rollout.steps[0].name: expected a name other than "primary", which is the VirtualService\'s own route, got "primary"']],
  ])('is refused with %j', (options, use, expected) => {
    expect(messages(istio(options), use)).toEqual(expected);
  });
});

describe('a canary by Traefik', () => {
  it.each<[readonly string[], Parameters<typeof matchOf>[1], string]>([
    [['a.b'], [{}], 'Host(`a.b`) && PathPrefix(`/`)'],
    [['a.b', '*.c.d'], [{ path: '/x' }], '(Host(`a.b`) || HostRegexp(`^[^.]+\\.c\\.d$`)) && (Path(`/x`) || PathPrefix(`/x/`))'],
    [['a.b'], [{ path: '/x/', pathType: 'Prefix' }, { path: '/y', pathType: 'Exact' }, { path: '/z', pathType: 'ImplementationSpecific' }], 'Host(`a.b`) && ((Path(`/x`) || PathPrefix(`/x/`)) || Path(`/y`) || PathPrefix(`/z`))'],
  ])('matches what the Ingress would: %j %j', (hosts, paths, expected) => {
    expect(matchOf(hosts, paths)).toBe(expected);
  });

  it('listens on HTTPS where the app has TLS, or where it is told to', () => {
    const specOf = (input: Partial<IngressInput>, router = traefik()) => (Object.fromEntries(routed(router, { expose: way(input) }).objects)['ingress-route'] as unknown as { readonly spec: object }).spec;
    expect(specOf({ tls: true })).toMatchObject({ entryPoints: ['websecure'], tls: { secretName: 'storefront-web-tls' } });
    expect(specOf({})).not.toHaveProperty('entryPoints');
    expect(specOf({ tls: { secretName: 'x' } }, traefik({ entryPoints: ['edge'] }))).toMatchObject({ entryPoints: ['edge'], tls: { secretName: 'x' } });
  });

  it('is refused where nothing would come of what is said', () => {
    expect(messages(traefik(), { expose: way({ tls: { clusterIssuer: 'letsencrypt' }, paths: [{ port: 9000 }] }) })).toEqual([
      'expose.tls.clusterIssuer: expected no issuer: cert-manager reads Ingresses, and Traefik is given an IngressRoute in place of one, got one',
      'expose.paths[0].port: expected the first port for every path, because a TraefikService has one port for each version, got 9000']);
  });
});
