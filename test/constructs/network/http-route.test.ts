import { describe, expect, it } from 'vitest';
import { redirectTo, requestHeaders, responseHeaders, rewriteTo } from '../../../lib/constructs/network/http-filters.ts';
import { httpRoute, type HttpRouteInput } from '../../../lib/constructs/network/http-route-options.ts';
import { httpRoutesFor } from '../../../lib/constructs/network/http-route.ts';
import { httpRouteSchema } from '../../../lib/constructs/network/http-route-schema.ts';
import { expectGolden, faults, refusals, routeFacts, web } from './samples.ts';

const routesOf = (input: HttpRouteInput) => {
  expect(faults(httpRouteSchema, httpRoute(input))).toEqual([]);
  return httpRoutesFor(web, httpRoute(input), routeFacts);
};
const firstRule = (input: HttpRouteInput) => routesOf(input)[0]?.spec.rules?.[0];

describe('HTTPRoute', () => {
  it('is written as a person would review it: HTTPS, with a redirect from HTTP', async () => {
    await expectGolden(routesOf({ host: 'shop', tls: true }), 'golden/http-route.yaml');
  });

  it('is written as a person would review it, with rules of every kind', async () => {
    await expectGolden(routesOf({
      host: ['shop', 'www.acme.example'],
      tls: { redirectFrom: false },
      gateway: { name: 'internal', namespace: 'gateways', sectionName: 'shop-https' },
      timeouts: { request: '30s' },
      annotations: { 'example.com/owner': 'shop' },
      rules: [
        { path: { exact: '/old' }, filters: [redirectTo({ path: { full: '/new' }, status: 308 })] },
        { path: '/api', filters: [rewriteTo({ path: { prefix: '/' } }), requestHeaders({ set: { 'x-b': '2', 'x-a': '1' }, remove: ['x-secret', 'x-debug'] })], timeouts: { request: '10s', backendRequest: '2s' } },
        { matches: [{ headers: { 'x-canary': 'yes', accept: { regex: '.*json.*' } }, method: 'GET' }, { query: { canary: '1' } }], backends: [{ service: 'storefront-canary', port: 80, weight: 10 }, { weight: 90 }] },
        { path: { regex: '/v[0-9]+/.*' }, filters: [responseHeaders({ add: { 'cache-control': 'no-store' } })] },
      ],
    }), 'golden/http-route-rules.yaml');
  });

  it.each<[string, string | readonly string[], string[]]>([
    ['one label gets the domain of the environment', 'shop', ['shop.acme.example']],
    ['a full name stays', 'shop.example.org', ['shop.example.org']],
    ['a wildcard stays', '*.shop.example.org', ['*.shop.example.org']],
    ['several come in their order, each once', ['www', 'shop', 'www.acme.example'], ['www.acme.example', 'shop.acme.example']],
  ])('has hosts: %s', (_, host, hostnames) => {
    expect(routesOf({ host }).map((route) => route.spec.hostnames)).toEqual([hostnames, hostnames]);
  });

  it.each<[string, Partial<HttpRouteInput>, (string | undefined)[]]>([
    ['HTTPS and a redirect unless said otherwise', {}, ['https', 'http']],
    ['every listener without TLS', { tls: false }, [undefined]],
    ['listeners of other names', { gateway: { sectionName: 'web-tls' }, tls: { redirectFrom: 'web' } }, ['web-tls', 'web']],
    ['no redirect', { tls: { redirectFrom: false } }, ['https']],
  ])('hangs on %s', (_, options, sections) => {
    expect(routesOf({ host: 'shop', ...options }).map((route) => route.spec.parentRefs?.[0]?.sectionName)).toEqual(sections);
  });

  it('leads everything under a path to the app, and says what the API server would fill in', () => {
    expect(firstRule({ host: 'shop', path: '/api' })).toEqual({
      matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
      backendRefs: [{ group: '', kind: 'Service', name: 'storefront-web', port: 80, weight: 1 }],
    });
  });

  it('sends nothing to the app where it redirects', () => {
    expect(firstRule({ host: 'shop', rules: [{ filters: [redirectTo({ host: 'www.acme.example' })] }] })).not.toHaveProperty('backendRefs');
  });

  it.each<[Parameters<typeof requestHeaders>[0], object]>([
    [{ set: { a: '1' } }, { set: [{ name: 'a', value: '1' }] }], [{ add: { a: '1' } }, { add: [{ name: 'a', value: '1' }] }], [{ remove: ['a'] }, { remove: ['a'] }],
  ])('changes headers by %j and in no other way', (changes, written) => {
    expect(firstRule({ host: 'shop', rules: [{ filters: [requestHeaders(changes)] }] })?.filters).toEqual([{ type: 'RequestHeaderModifier', requestHeaderModifier: written }]);
    expect(firstRule({ host: 'shop', rules: [{ filters: [responseHeaders(changes)] }] })?.filters).toEqual([{ type: 'ResponseHeaderModifier', responseHeaderModifier: written }]);
  });

  it('is the same whatever the order of headers in the app file', () => {
    const one = firstRule({ host: 'shop', rules: [{ headers: { b: '1', a: '2' }, filters: [requestHeaders({ set: { d: '1', c: '2' }, remove: ['f', 'e'] })] }] });
    const other = firstRule({ host: 'shop', rules: [{ headers: { a: '2', b: '1' }, filters: [requestHeaders({ set: { c: '2', d: '1' }, remove: ['e', 'f'] })] }] });
    expect(one).toEqual(other);
  });

  it('keeps within its rules what Gateway API would refuse', () => {
    for (const route of routesOf({ host: 'shop', rules: [{ path: '/a', filters: [rewriteTo({ path: { prefix: '/b' } })] }] })) expect(refusals(route)).toEqual([]);
  });
});

describe('options of an HTTPRoute', () => {
  it.each<[string, unknown, string[]]>([
    ['no host', httpRoute({} as HttpRouteInput), ['web: host: expected a host name or a list of them, got nothing']],
    ['a URL for a host', httpRoute({ host: 'https://shop' }), ['web: host: expected a host name (DNS labels joined by ".", or "*." and one; no scheme, port or address), got "https://shop"']],
    ['hosts that aren\'t all names', httpRoute({ host: ['shop', 'a b', 7 as unknown as string] }), [
      'web: host[1]: expected a host name (DNS labels joined by ".", or "*." and one; no scheme, port or address), got "a b"', 'web: host[2]: expected a host name, got 7']],
    ['too many hosts', httpRoute({ host: Array.from({ length: 17 }, (_, index) => `h${index}`) }), ['web: host: expected at most 16 host names, got 17']],
    ['a relative path', httpRoute({ host: 'shop', path: 'api' }), ['web: path: expected a path that starts with "/", got "api"']],
    ['a path that climbs', httpRoute({ host: 'shop', path: '/a/../b' }), ['web: path: expected a path without "/../", got "/a/../b"']],
    ['a path with a blank', httpRoute({ host: 'shop', path: '/a b' }), ['web: path: expected a path of at most 1024 characters as URLs have it, others percent-encoded, got "/a b"']],
    ['a path beside rules', httpRoute({ host: 'shop', path: '/', rules: [{}] }), ['web: path: expected nothing beside `rules`, each of which says its own path']],
    ['a match beside matches', httpRoute({ host: 'shop', rules: [{ method: 'GET', matches: [{ path: '/' }] }] }), ['web: rules[0].method: expected nothing beside `matches`, which says it for each alternative']],
    ['an attempt longer than the request', httpRoute({ host: 'shop', timeouts: { request: '2s', backendRequest: '1m' } }), ['web: timeouts.backendRequest: expected at most the whole request\'s 2s, got 1m']],
    ['a duration of Go\'s', httpRoute({ host: 'shop', timeouts: { request: '1.5s' } }), ['web: timeouts.request: expected a duration of Gateway API (up to four numbers of at most five digits with h, m, s or ms), such as 10s, got "1.5s"']],
    ['a redirect that also leads on', httpRoute({ host: 'shop', rules: [{ filters: [redirectTo({ host: 'a.example' })], backends: [{}] }] }), ['web: rules[0].backends: expected no backends with a redirect: the request goes nowhere else']],
    ['a redirect and a rewrite', httpRoute({ host: 'shop', rules: [{ filters: [redirectTo({ host: 'a.example' }), rewriteTo({ host: 'b.example' })] }] }), ['web: rules[0].filters: expected a redirect or a rewrite, got both']],
    ['a filter twice', httpRoute({ host: 'shop', rules: [{ filters: [requestHeaders({ remove: ['a'] }), requestHeaders({ remove: ['b'] })] }] }), ['web: rules[0].filters[1]: expected each kind of filter once, got request-headers twice']],
    ['a prefix replaced where none is matched', httpRoute({ host: 'shop', rules: [{ path: { exact: '/a' }, filters: [rewriteTo({ path: { prefix: '/' } })] }] }), [
      'web: rules[0].filters[0].path.prefix: expected a rule with exactly one match, by path prefix, where a prefix is replaced']],
    ['a filter that does nothing', httpRoute({ host: 'shop', rules: [{ filters: [rewriteTo({}), responseHeaders({})] }] }), [
      'web: rules[0].filters[0]: expected a new host or a new path, got neither', 'web: rules[0].filters[1]: expected a header that is set, added or removed, got none']],
    ['a Service without a port', httpRoute({ host: 'shop', rules: [{ backends: [{ service: 'other' }] }] }), ['web: rules[0].backends[0].port: expected the port of the Service, got nothing']],
    ['too many matches', httpRoute({ host: 'shop', rules: Array.from({ length: 3 }, () => ({ matches: Array.from({ length: 50 }, () => ({})) })) }), ['web: rules: expected at most 128 matches in all rules together, got 150']],
  ])('are refused: %s', (_, options, messages) => {
    expect(faults(httpRouteSchema, options)).toEqual(messages);
  });
});
