import { describe, expect, it } from 'vitest';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import type { CommonProps } from '../../../lib/constructs/python-app/props.ts';
import { canary } from '../../../lib/constructs/rollout/canary-options.ts';
import { canaryScale, pause, weight } from '../../../lib/constructs/rollout/steps.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { istio } from '../../../lib/constructs/traffic/istio/options.ts';
import type { TrafficRouter } from '../../../lib/constructs/traffic/routers.ts';
import { renderApp } from '../../../lib/synth/app-unit.ts';
import type { RenderProblem } from '../../../lib/synth/render-problem.ts';
import { fleetWith } from '../../synth/fleet-with.ts';

/** An app with a canary, rendered as a whole; `team` may deliver what its router makes. */
function rendered(expose: CommonProps['expose'], traffic?: TrafficRouter) {
  const fleet = fleetWith((chart) => {
    new PythonApp(chart, 'web', {
      image: 'ghcr.io/acme/web:1@sha256:' + 'a'.repeat(64), server: gunicorn('web:app'), port: 8000, replicas: 5,
      ...(expose !== undefined && { expose }),
      rollout: canary({ ...(traffic !== undefined && { traffic }), steps: [weight(20), canaryScale({ matchTraffic: true }), pause('1m')] }),
    });
  });
  const [app] = fleet.apps;
  const [environment] = fleet.environments;
  if (app === undefined || environment === undefined) throw new Error('the fleet is empty');
  const problems: RenderProblem[] = [];
  const unit = renderApp(fleet, app, environment, problems);
  return { problems, values: unit.files.flatMap((file) => file.objects).map((object) => object.value), facts: unit.folders?.[0]?.facts };
}

describe('an app with a canary', () => {
  it.each<[string, CommonProps['expose'], TrafficRouter | undefined, readonly string[], readonly string[]]>([
    ['by Gateway API', httpRoute({ host: 'shop' }), undefined, ['HTTPRoute', 'HTTPRoute'], ['HTTPRoute', 'Service', 'Service']],
    ['by ingress-nginx', ingress({ host: 'shop', className: 'nginx' }), undefined, ['Ingress'], ['Service', 'Service']],
    ['by ALB', ingress({ host: 'shop', className: 'alb' }), undefined, ['Ingress'], ['Service', 'Service']],
    ['by Traefik', ingress({ host: 'shop', className: 'traefik' }), undefined, ['IngressRoute', 'TraefikService'], ['Service', 'Service', 'TraefikService']],
    ['by Istio', undefined, istio({ host: 'shop', gateways: ['istio-system/public'] }), ['VirtualService'], ['Service', 'Service', 'VirtualService']],
    ['by Istio\'s subsets', undefined, istio({ level: 'subset' }), ['DestinationRule', 'VirtualService'], ['DestinationRule', 'VirtualService']],
  ])('%s has its router\'s objects, which its team may deliver, and tells its controller what to leave alone', (_, expose, traffic, kinds, ignored) => {
    const { problems, values, facts } = rendered(expose, traffic);
    expect(problems).toEqual([]);
    const routed = ['DestinationRule', 'HTTPRoute', 'Ingress', 'IngressRoute', 'TraefikService', 'VirtualService'];
    expect(values.map(({ kind }) => kind).filter((kind) => routed.includes(kind)).sort()).toEqual(kinds);
    expect(facts?.ignored.map(({ kind }) => kind).sort()).toEqual(ignored);
  });

  it('lets in the proxies of its router', () => {
    const policy = rendered(undefined, istio({ host: 'shop', gateways: ['istio-system/public'] })).values.find(({ kind }) => kind === 'NetworkPolicy');
    expect(JSON.stringify(policy)).toContain('"kubernetes.io/metadata.name":"istio-system"');
  });
});
