import type { Loose } from '../healthy-app.ts';
import type { RuleCase } from './case.ts';
import { canary, ingress, service, services } from './rollout-objects.ts';

const routing = 'Rollout spec.strategy.canary.trafficRouting';
const steps = 'Rollout spec.strategy.canary.steps';
const both = { stableService: 'live', canaryService: 'next' };
const nginx = { nginx: { stableIngress: 'way-in' } };
const plugin = { plugins: { 'argoproj-labs/gatewayAPI': { httpRoute: 'way', namespace: 'shop' } } };
const route = (...names: readonly string[]): Loose => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'way', namespace: 'shop' }, spec: { parentRefs: [{ name: 'public', namespace: 'gateway' }], rules: [{ backendRefs: names.map((name) => ({ name, port: 80 })) }] } });
const put = (app: Record<string, Loose>, ...objects: readonly Loose[]): void => {
  Object.assign(app, services('live', 'next'));
  objects.forEach((object, index) => (app[`put-${index}`] = object));
};
/** With a route that the step names, and a router; the new version has pods before. */
const routed = (step: Loose, router: Loose = plugin, managed: readonly string[] = ['try']): Loose => canary({ ...both, trafficRouting: { ...router, managedRoutes: managed.map((name) => ({ name })) }, steps: [{ setWeight: 20 }, step] });
/** With these steps and a route that they may name. */
const stepping = (...list: readonly Loose[]): Loose => canary({ ...both, trafficRouting: { ...plugin, managedRoutes: [{ name: 'try' }] }, steps: [...list] });
const mirror = { setMirrorRoute: { name: 'try', percentage: 10, match: [{ method: { exact: 'GET' } }] } };
const scale = (setCanaryScale: Loose): Loose => ({ setCanaryScale });
const header = (value: Loose, name = 'try'): Loose => ({ setHeaderRoute: { name, match: [{ headerName: 'x-try', headerValue: value }] } });

/** Rules about traffic routers and the steps that need one. */
export const routingCases: readonly RuleCase[] = [
  { rule: 'traffic-routing', name: 'an Ingress and a list of them', finds: [`${routing}.nginx`], change: (app) => put(app, canary({ ...both, trafficRouting: { nginx: { stableIngress: 'way-in', stableIngresses: ['way-in'] } } }), ingress('way-in', 'live')) },
  { rule: 'traffic-routing', name: 'an Ingress that sends to another Service', finds: [`${routing}.nginx.stableIngress`], change: (app) => put(app, canary({ ...both, trafficRouting: nginx }), ingress('way-in', 'web')) },
  { rule: 'traffic-routing', name: 'a route without the Service of the new version', finds: [`${routing}.plugins["argoproj-labs/gatewayAPI"].httpRoute`], change: (app) => put(app, canary({ ...both, trafficRouting: plugin }), route('live')) },
  { rule: 'traffic-routing', name: 'ping and pong by a router that knows neither', finds: ['Rollout spec.strategy.canary.pingPong'], change: (app) => put(app, canary({ ...both, pingPong: { pingService: 'ping', pongService: 'pong' }, trafficRouting: nginx }), ingress('way-in', 'live'), service('ping'), service('pong')) },
  { rule: 'traffic-routing', name: 'an Ingress that sends to the stable Service', finds: [], change: (app) => put(app, canary({ ...both, trafficRouting: nginx, steps: [{ setWeight: 1 }] }, { replicas: 2 }), ingress('way-in', 'live')) },
  { rule: 'traffic-routing', name: 'a route to both versions', finds: [], change: (app) => put(app, canary({ ...both, trafficRouting: plugin }), route('live', 'next')) },
  { rule: 'rollout-services', name: 'a router without the Services of the versions', finds: ['Rollout spec.strategy.canary.canaryService', 'Rollout spec.strategy.canary.stableService'], change: (app) => put(app, canary({ trafficRouting: nginx }), ingress('way-in', 'live')) },
  { rule: 'missing-reference', name: 'an Ingress and a route that nobody makes', finds: [`${routing}.nginx.stableIngress`, `${routing}.plugins["argoproj-labs/gatewayAPI"].httpRoute`], change: (app) => put(app, canary({ ...both, trafficRouting: { ...nginx, ...plugin } })) },
  { rule: 'rollout-limits', name: 'a scale that follows the weight, and a delay', finds: ['Rollout spec.strategy.canary.dynamicStableScale'], change: (app) => put(app, canary({ ...both, trafficRouting: nginx, dynamicStableScale: true, scaleDownDelaySeconds: 30 }), ingress('way-in', 'live')) },
  { rule: 'rollout-limits', name: 'other weights than percents with a router that knows none', finds: [`${routing}.maxTrafficWeight`], change: (app) => put(app, canary({ ...both, trafficRouting: { alb: { ingress: 'way-in', servicePort: 80 }, maxTrafficWeight: 1000 }, steps: [{ setWeight: 300 }] }), ingress('way-in', 'live')) },
  { rule: 'canary-steps', name: 'a route by header that is not managed', finds: [`${steps}[1].setHeaderRoute.name`], change: (app) => put(app, routed(header({ exact: 'yes' }, 'tri')), route('live', 'next')) },
  { rule: 'canary-steps', name: 'a route by header on NGINX', finds: [`${steps}[1].setHeaderRoute`], change: (app) => put(app, routed(header({ exact: 'yes' }), nginx), ingress('way-in', 'live')) },
  { rule: 'canary-steps', name: 'a header by prefix on an AWS load balancer', finds: [`${steps}[1].setHeaderRoute.match[0].headerValue`], change: (app) => put(app, routed(header({ prefix: 'y' }), { alb: { ingress: 'way-in', servicePort: 80 } }), ingress('way-in', 'live')) },
  { rule: 'canary-steps', name: 'a header by two ways, and a mirror on an AWS load balancer', finds: [`${steps}[1].setHeaderRoute.match[0].headerValue`], change: (app) => put(app, routed(header({ prefix: 'y', exact: 'yes' })), route('live', 'next')) },
  { rule: 'canary-steps', name: 'a mirror on an AWS load balancer', finds: [`${steps}[1].setMirrorRoute`], change: (app) => put(app, routed({ setMirrorRoute: { name: 'try' } }, { alb: { ingress: 'way-in', servicePort: 80 } }), ingress('way-in', 'live')) },
  { rule: 'canary-steps', name: 'a scale in two ways', finds: [`${steps}[1].setCanaryScale`], change: (app) => put(app, routed({ setCanaryScale: { replicas: 1, weight: 20 } }), route('live', 'next')) },
  { rule: 'canary-steps', name: 'a scale, a header and a mirror by a plugin', finds: [], change: (app) => put(app, routed(header({ exact: 'yes' })), route('live', 'next')) },
  { rule: 'route-without-pods', name: 'a header and a mirror before the first weight, and after a weight of 0', finds: [`${steps}[0].setHeaderRoute`, `${steps}[1].setMirrorRoute`, `${steps}[4].setHeaderRoute`], change: (app) => put(app, stepping(header({ exact: 'yes' }), mirror, { setMirrorRoute: { name: 'try' } }, { setWeight: 0 }, header({ exact: 'yes' }), { setWeight: 20 }), route('live', 'next')) },
  { rule: 'route-without-pods', name: 'a scale that follows a weight of 0, one of no pods, and one of none at a weight', finds: [`${steps}[2].setHeaderRoute`, `${steps}[4].setHeaderRoute`, `${steps}[7].setHeaderRoute`], change: (app) => put(app, stepping(scale({ replicas: 1 }), scale({ matchTrafficWeight: true }), header({ exact: 'yes' }), scale({ weight: 0 }), header({ exact: 'yes' }), { setWeight: 20 }, scale({ replicas: 0 }), header({ exact: 'yes' })), route('live', 'next')) },
  { rule: 'route-without-pods', name: 'routes after a scale or a weight, and the end of a route without pods', finds: [], change: (app) => put(app, stepping({ setHeaderRoute: { name: 'try' } }, scale({ replicas: 1 }), header({ exact: 'yes' }), { setHeaderRoute: { name: 'try' } }, scale({ matchTrafficWeight: true }), { setWeight: 20 }, header({ exact: 'yes' }), scale({ weight: 30 }), header({ exact: 'yes' })), route('live', 'next')) },
];
