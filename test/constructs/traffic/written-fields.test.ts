import { describe, expect, it } from 'vitest';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import { alb } from '../../../lib/constructs/traffic/alb.ts';
import { gatewayApi } from '../../../lib/constructs/traffic/gateway-api/options.ts';
import { istio } from '../../../lib/constructs/traffic/istio/options.ts';
import { nginx } from '../../../lib/constructs/traffic/nginx.ts';
import { byPods } from '../../../lib/constructs/traffic/pods/pods.ts';
import { canaryServicesOf, trafficFor, type TrafficRouter } from '../../../lib/constructs/traffic/routers.ts';
import { traefik } from '../../../lib/constructs/traffic/traefik/options.ts';
import type { TrafficFacts } from '../../../lib/constructs/traffic/traffic-router.ts';
import { writtenFields } from '../../../lib/constructs/traffic/written/written-fields.ts';
import type { IgnoredFields, KubeObject } from '../../../lib/manifests/rendered.ts';
import { facts } from './samples.ts';

const namespace = 'storefront-prod';
const service = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: { app: 'web' } } });
const rollout = (strategy: object, more: object = {}): KubeObject => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'storefront-web', namespace }, spec: { strategy, ...more } });

/** The folder of an app whose canary has a router. */
function folder(router: TrafficRouter, more: Partial<TrafficFacts> = {}, steps: readonly object[] = []): KubeObject[] {
  const { routing, objects } = trafficFor(router, { ...facts, ...more });
  const named = canaryServicesOf(router) === 'main-only' ? {} : { stableService: facts.stable, canaryService: facts.canary };
  return [...objects.map(([, value]) => value as KubeObject), service(facts.stable), service(facts.canary), rollout({ canary: { ...named, ...(routing !== undefined && { trafficRouting: routing }), steps } })];
}

const of = (objects: readonly KubeObject[]): Record<string, IgnoredFields> => Object.fromEntries(writtenFields(objects).map((fields) => [`${fields.kind}/${fields.name ?? ''}`, fields]));
const experiment = { experiment: { templates: [{ name: 'a', weight: 5 }, { name: 'b', weight: 5 }, { name: 'c' }] } };

describe('fields that Argo Rollouts writes', () => {
  it('are the selectors of both versions\' Services, as one value for the API server', () => {
    expect(writtenFields(folder(byPods()))).toEqual(['storefront-web', 'storefront-web-canary'].map((name) => ({
      group: '', kind: 'Service', name, namespace, jsonPointers: ['/spec/selector'], jq: ['.spec.selector["rollouts-pod-template-hash"]'],
    })));
  });

  it.each<[string, object]>([
    ['blue-green', { blueGreen: { activeService: 'storefront-web', previewService: 'storefront-web-canary' } }],
    ['two that take turns', { canary: { pingPong: { pingService: 'storefront-web', pongService: 'storefront-web-canary' } } }],
  ])('are the selectors of the Services of %s', (_, strategy) => {
    expect(Object.keys(of([rollout(strategy), service('storefront-web'), service('storefront-web-canary'), service('other')]))).toEqual(['Service/storefront-web', 'Service/storefront-web-canary']);
  });

  it('are none without a Rollout, and none of objects that belong to others', () => {
    expect(writtenFields(folder(gatewayApi(), { expose: httpRoute({ host: 'shop' }) }).filter((object) => object.kind !== 'Rollout'))).toEqual([]);
    expect(writtenFields([rollout({ canary: { stableService: 'storefront-web' } }), { ...service('storefront-web'), metadata: { name: 'storefront-web', namespace: 'elsewhere' } }])).toEqual([]);
  });

  it('are the weights of a route\'s shared rules, by place for one controller and by name for the other', () => {
    const expose = httpRoute({ host: 'shop', rules: [{ path: '/docs', backends: [{ service: 'docs', port: 80 }] }, {}] });
    const { 'HTTPRoute/storefront-web': route, ...rest } = of(folder(gatewayApi(), { expose }));
    expect(Object.keys(rest)).toEqual(['Service/storefront-web', 'Service/storefront-web-canary']);
    expect(route).toEqual({
      group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'storefront-web', namespace,
      jsonPointers: ['/spec/rules/1/backendRefs/0/weight', '/spec/rules/1/backendRefs/1/weight'],
      jq: ['.spec.rules[]?.backendRefs[]? | select(.name == "storefront-web") | .weight', '.spec.rules[]?.backendRefs[]? | select(.name == "storefront-web-canary") | .weight'],
      jqWhereChanged: [
        '.spec.rules[]?.backendRefs[]? | select(.name == "storefront-web" and .weight != 100) | .weight',
        '.spec.rules[]?.backendRefs[]? | select(.name == "storefront-web-canary" and .weight != 0) | .weight',
      ],
    });
  });

  it('are the rules of header routes, the last first, and the Services of an experiment', () => {
    const route = of(folder(gatewayApi(), { expose: httpRoute({ host: 'shop', rules: [{ path: '/a' }, { path: '/b' }] }), managedRoutes: ['beta'] }, [experiment]))['HTTPRoute/storefront-web'];
    expect(route?.jsonPointers.slice(0, 4)).toEqual(['/spec/rules/3', '/spec/rules/2', '/spec/rules/0/backendRefs/3', '/spec/rules/0/backendRefs/2']);
    expect(route?.jq?.slice(0, 2)).toEqual([
      '.spec.rules[]? | select(((.name // "") | test("^(beta)(-[0-9]+)?$")) or ([.backendRefs[]?.name] == ["storefront-web-canary"]))',
      '.spec.rules[]?.backendRefs[]? | select(.name as $name | ["storefront-web","storefront-web-canary"] | index([$name]) == null)',
    ]);
  });

  it('are those of routes that the plugin knows by another field, or by labels', () => {
    const [, , ...rest] = folder(gatewayApi(), { expose: httpRoute({ host: 'shop', tls: false }) });
    const route: KubeObject = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GRPCRoute', metadata: { name: 'rpc', namespace, labels: { canary: 'yes', app: 'web' } }, spec: { rules: [{ backendRefs: [{ name: facts.stable, weight: 100 }, { name: facts.canary, weight: 0 }] }] } };
    const by = (config: object): string[] => Object.keys(of([...rest, route, rollout({ canary: { stableService: facts.stable, canaryService: facts.canary, trafficRouting: { plugins: { any: config } } } })])).filter((name) => name.startsWith('GRPCRoute'));
    expect([by({ grpcRoute: 'rpc' }), by({ grpcRouteSelector: { matchLabels: { canary: 'yes' } } }), by({ grpcRouteSelector: { matchLabels: { canary: 'no' } } }), by({ httpRoute: 'rpc' })]).toEqual([['GRPCRoute/rpc'], ['GRPCRoute/rpc'], [], []]);
  });

  it('are the weights of Istio\'s route, or all HTTP routes where managed ones come before it', () => {
    const { 'VirtualService/storefront-web': plain } = of(folder(istio()));
    expect(plain?.jsonPointers).toEqual(['/spec/http/0/route/0/weight', '/spec/http/0/route/1/weight']);
    expect(plain?.jq).toEqual([
      '.spec.http[]? | select(.name == "primary") | .route[]? | select(.destination.host == "storefront-web") | .weight',
      '.spec.http[]? | select(.name == "primary") | .route[]? | select(.destination.host == "storefront-web-canary") | .weight',
    ]);
    const { 'VirtualService/storefront-web': managed } = of(folder(istio(), { managedRoutes: ['beta'] }));
    expect(managed?.jsonPointers).toEqual(['/spec/http']);
    expect(managed?.jq?.[0]).toBe('.spec.http[]? | select(.name as $name | ["beta"] | index([$name]) != null)');
  });

  it('are the labels of Istio\'s subsets, and the subsets of an experiment', () => {
    const { 'DestinationRule/storefront-web': rule, 'VirtualService/storefront-web': service, ...rest } = of(folder(istio({ level: 'subset' }), {}, [experiment]));
    expect(rest).toEqual({});
    expect(rule?.jsonPointers).toEqual(['/spec/subsets/3', '/spec/subsets/2', '/spec/subsets/0/labels', '/spec/subsets/1/labels']);
    expect(rule?.jq?.slice(1)).toEqual(['stable', 'canary'].map((name) => `.spec.subsets[]? | select(.name == "${name}") | .labels["rollouts-pod-template-hash"]`));
    expect(service?.jsonPointers).toEqual(['/spec/http/0/route/3', '/spec/http/0/route/2', '/spec/http/0/route/0/weight', '/spec/http/0/route/1/weight']);
  });

  it('are the weights of a TraefikService', () => {
    expect(of(folder(traefik()))['TraefikService/storefront-web']?.jsonPointers).toEqual(['/spec/weighted/services/0/weight', '/spec/weighted/services/1/weight']);
  });

  it('are nothing of an Ingress but header routes of ALB, and its annotations where Git has them', () => {
    const expose = ingress({ host: 'shop', annotations: { 'alb.ingress.kubernetes.io/actions.storefront-web': '{}' } });
    expect(Object.keys(of(folder(nginx(), { expose }))).filter((name) => name.startsWith('Ingress'))).toEqual([]);
    expect(of(folder(alb(), { expose: ingress({ host: 'shop' }) }))['Ingress/storefront-web']).toBeUndefined();
    expect(of(folder(alb(), { expose, managedRoutes: ['beta'] }))['Ingress/storefront-web']).toEqual({
      group: 'networking.k8s.io', kind: 'Ingress', name: 'storefront-web', namespace,
      jsonPointers: ['/metadata/annotations/alb.ingress.kubernetes.io~1actions.storefront-web', '/spec/rules'],
      jq: ['.metadata.annotations["alb.ingress.kubernetes.io/actions.storefront-web"]', '.spec.rules[]?.http.paths[]? | select(.backend.service.name as $name | ["beta"] | index([$name]) != null)'],
    });
  });

  it.each([['onsuccess', 1], ['progressively', 1], ['never', 0], [undefined, 0]])('are the replicas of a Deployment that is scaled down: %s', (scaleDown, count) => {
    const deployment: KubeObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace }, spec: { replicas: 3 } };
    const found = writtenFields([deployment, rollout({ canary: {} }, { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', ...(scaleDown !== undefined && { scaleDown }) } })]);
    expect(found).toEqual(Array.from({ length: count }, () => ({ group: 'apps', kind: 'Deployment', name: 'web', namespace, jsonPointers: ['/spec/replicas'], liveWins: true })));
  });
});
