import { describe, expect, it } from 'vitest';
import { httpRoute } from '../../lib/constructs/network/http-route-options.ts';
import { ingress } from '../../lib/constructs/network/ingress-options.ts';
import type { CanaryStep } from '../../lib/constructs/rollout/options.ts';
import { alb } from '../../lib/constructs/traffic/alb.ts';
import { gatewayApi } from '../../lib/constructs/traffic/gateway-api/options.ts';
import { istio } from '../../lib/constructs/traffic/istio/options.ts';
import { nginx } from '../../lib/constructs/traffic/nginx.ts';
import { byPods } from '../../lib/constructs/traffic/pods/pods.ts';
import { abilitiesOf, canaryServicesOf, trafficFor, trafficProblems, trafficRouterSchema, type RouterKind, type TrafficRouter } from '../../lib/constructs/traffic/routers.ts';
import { traefik } from '../../lib/constructs/traffic/traefik/options.ts';
import type { RoutedTraffic, TrafficFacts } from '../../lib/constructs/traffic/traffic-router.ts';
import { documentsToYaml } from '../../lib/manifests/yaml.ts';
import { faults, refusals } from '../constructs/network/samples.ts';
import { facts, useOf } from '../constructs/traffic/samples.ts';

interface Subject {
  readonly router: TrafficRouter;
  readonly expose?: TrafficFacts['expose'];
  /** Kinds that it makes, sorted. */
  readonly kinds: readonly string[];
  /** Kinds whose schema isn't at hand: only their golden file tells whether they are right. */
  readonly unknown?: readonly string[];
}

const route = httpRoute({ host: 'shop' });
const way = (className: string) => ingress({ host: 'shop', className, tls: true });
const subjects: Readonly<Record<RouterKind | 'istio-subset', Subject>> = {
  alb: { router: alb(), expose: way('alb'), kinds: ['Ingress'] },
  'gateway-api': { router: gatewayApi(), expose: route, kinds: ['HTTPRoute', 'HTTPRoute'] },
  istio: { router: istio({ host: 'shop', gateways: ['istio-system/public'] }), kinds: ['VirtualService'], unknown: ['VirtualService'] },
  'istio-subset': { router: istio({ level: 'subset' }), kinds: ['DestinationRule', 'VirtualService'], unknown: ['DestinationRule', 'VirtualService'] },
  nginx: { router: nginx(), expose: way('nginx'), kinds: ['Ingress'] },
  pods: { router: byPods(), expose: way('kong'), kinds: ['Ingress'] },
  traefik: { router: traefik(), expose: way('traefik'), kinds: ['IngressRoute', 'TraefikService'], unknown: ['IngressRoute', 'TraefikService'] },
};

const rolloutWith = (router: TrafficRouter, routing: RoutedTraffic['routing'], steps: readonly object[] = [{ setWeight: 20 }]) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'storefront-web', namespace: 'storefront-prod' },
  spec: { strategy: { canary: { ...(canaryServicesOf(router) !== 'main-only' && { stableService: facts.stable, canaryService: facts.canary }), ...(routing !== undefined && { trafficRouting: routing }), steps } } },
});

const header = (headers: Record<string, string | { readonly prefix: string }>): CanaryStep => ({ step: 'header-route', name: 'beta', headers });
const mirror: CanaryStep = { step: 'mirror-route', name: 'shadow', matches: [{ method: 'GET' }] };
const abilities = {
  'canary-scale': [{ step: 'canary-scale', scale: { replicas: 1 } }],
  'header-exact': [header({ 'x-beta': 'yes' })],
  'header-prefix': [header({ 'x-beta': { prefix: 'y' } })],
  mirror: [mirror],
  experiment: [{ step: 'experiment', versions: { one: { of: 'canary', weight: 5 } } }],
} as const satisfies Readonly<Record<string, readonly CanaryStep[]>>;

describe.each(Object.entries(subjects))('the router %s', (name, { router, expose, kinds, unknown = [] }) => {
  const all: TrafficFacts = { ...facts, ...(expose !== undefined && { expose }) };
  const use = (steps: readonly CanaryStep[] = [], managedRoutes: readonly string[] = []) => useOf({ ...(expose !== undefined && { expose }), managedRoutes }, steps);
  const routed = trafficFor(router, all);

  it('is made by options that its schema takes, and no unknown ones', () => {
    expect(faults(trafficRouterSchema, router)).toEqual([]);
    expect(faults(trafficRouterSchema, { ...router, weigth: 1 }).length).toBe(1);
  });

  it('has nothing against an app that it is made for', () => {
    expect(trafficProblems(router, use([{ step: 'weight', weight: 20 }, { step: 'pause' }]))).toEqual([]);
  });

  it('makes the objects that it needs, as a person would review them, and no more', async () => {
    expect(routed.objects.map(([, value]) => value.kind).sort()).toEqual(kinds);
    expect(new Set(routed.objects.map(([id]) => id)).size).toBe(routed.objects.length);
    await expect(documentsToYaml([...routed.objects.map(([, value]) => value), rolloutWith(router, routed.routing)])).toMatchFileSnapshot(`golden/router-${name}.yaml`);
  });

  it('makes objects and a Rollout that every API server accepts', () => {
    expect(routed.objects.filter(([, value]) => !unknown.includes(value.kind)).flatMap(([, value]) => refusals(value))).toEqual([]);
    expect(refusals(rolloutWith(router, routed.routing))).toEqual([]);
  });

  it('puts its objects into the app\'s namespace, with the app\'s labels', () => {
    for (const [, value] of routed.objects) expect(value.metadata).toMatchObject({ namespace: 'storefront-prod', labels: facts.identity.labels });
  });

  it('gives the new version nothing before Argo Rollouts says so', () => {
    const text = JSON.stringify(routed.objects);
    const shared = router.router !== 'pods' && text.includes('"weight"');
    expect(text.includes('"weight":100') && text.includes('"weight":0')).toBe(shared);
    if (!shared) expect(text).not.toContain(facts.canary);
  });

  it('leaves the routing out exactly where the pods decide', () => {
    expect(routed.routing === undefined).toBe(router.router === 'pods');
    expect(abilitiesOf(router).ownWeights).toBe(router.router !== 'pods');
    expect(canaryServicesOf(router)).toBe(name === 'pods' ? 'beside-main' : name === 'istio-subset' ? 'main-only' : 'main-is-stable');
  });

  it('refers to no object of the app that it doesn\'t make', () => {
    const names = JSON.stringify(routed.routing ?? {}).match(/(?<="(name|ingress|stableIngress|weightedTraefikServiceName)":")[^"]+/g) ?? [];
    const made = routed.objects.map(([, value]) => (value.metadata as { readonly name: string }).name);
    expect(names.filter((each) => !made.includes(each))).toEqual([]);
  });

  it('does or refuses each kind of step, as its abilities say', () => {
    const can = abilitiesOf(router);
    const refused = Object.entries(abilities).filter(([, steps]) => trafficProblems(router, use(steps)).length > 0).map(([each]) => each);
    expect(refused).toEqual(Object.keys(abilities).filter((each) => !{
      'canary-scale': can.ownWeights,
      'header-exact': can.headerRoutes !== false,
      'header-prefix': can.headerRoutes === true,
      mirror: can.mirrorRoutes,
      experiment: can.experimentWeights,
    }[each]));
  });

  it('names managed routes in the Rollout where it can do them', () => {
    if (abilitiesOf(router).headerRoutes === false) return;
    const { routing } = trafficFor(router, { ...all, managedRoutes: ['beta', 'alpha'] });
    expect(routing?.managedRoutes).toEqual([{ name: 'beta' }, { name: 'alpha' }]);
    expect(refusals(rolloutWith(router, routing, [{ setHeaderRoute: { name: 'beta', match: [{ headerName: 'x-beta', headerValue: { exact: 'yes' } }] } }]))).toEqual([]);
  });

  it('changes nothing that it was given, and gives the same again', () => {
    const before = JSON.stringify([router, all]);
    expect(trafficFor(router, all)).toEqual(routed);
    expect(JSON.stringify([router, all])).toBe(before);
  });
});
