import type { IIstioTrafficRouting } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/IstioTrafficRouting';
import { hostsOf } from '../../network/hosts.ts';
import { metadataFor } from '../../network/metadata.ts';
import type { Peer } from '../../network/peers.ts';
import type { Part } from '../../python-app/part.ts';
import type { RouterImplementation, TrafficFacts } from '../traffic-router.ts';
import type { IDestinationRule, IVirtualService } from './objects.ts';
import { subsets, type IstioRouter, type VirtualServiceReference } from './options.ts';
import { istioProblems } from './problems.ts';

/** Name of the route that is shared. */
const route = 'primary';

/** A VirtualService whose one route names both versions, and for subsets the DestinationRule that says what they are. */
export const istioRouter: RouterImplementation<IstioRouter> = {
  abilities: { headerRoutes: true, mirrorRoutes: true, experimentWeights: true, ownWeights: true, pingPong: true },
  services: ({ level }) => level === 'subset' ? 'main-only' : 'main-is-stable',
  routed(options, facts) {
    const { managedRoutes } = facts;
    return {
      routing: { ...(managedRoutes.length > 0 && { managedRoutes: managedRoutes.map((name) => ({ name })) }), istio: routing(options, facts) },
      objects: [
        ...(options.virtualServices === undefined ? [['virtual-service', virtualService(options, facts)]] satisfies Part[] : []),
        ...(options.level === 'subset' ? [['destination-rule', destinationRule(facts)]] satisfies Part[] : []),
      ],
      proxies: proxiesOf(options),
    };
  },
  problems: istioProblems,
};

function routing({ level, virtualServices, additionalSubsets }: IstioRouter, { identity }: TrafficFacts): IIstioTrafficRouting {
  const [first, ...more] = (virtualServices ?? [{ name: identity.name, routes: [route] }]).map(reference);
  return {
    ...(more.length === 0 && first !== undefined ? { virtualService: first } : { virtualServices: [...(first === undefined ? [] : [first]), ...more] }),
    ...(level === 'subset' && {
      destinationRule: {
        name: identity.name,
        canarySubsetName: subsets.canary,
        stableSubsetName: subsets.stable,
        ...(additionalSubsets !== undefined && { additionalSubsetNames: [...additionalSubsets] }),
      },
    }),
  };
}

function reference({ name, routes, tlsRoutes, tcpRoutes }: VirtualServiceReference): NonNullable<IIstioTrafficRouting['virtualService']> {
  return {
    name,
    ...(routes !== undefined && { routes: [...routes] }),
    ...(tlsRoutes !== undefined && { tlsRoutes: tlsRoutes.map(({ port, sniHosts }) => ({ ...(port !== undefined && { port }), ...(sniHosts !== undefined && { sniHosts: [...sniHosts] }) })) }),
    ...(tcpRoutes !== undefined && { tcpRoutes: tcpRoutes.map(({ port }) => ({ ...(port !== undefined && { port }) })) }),
  };
}

function virtualService({ level, host, gateways, mesh = true, path, timeout }: IstioRouter, { identity, domain, service, stable, canary, port }: TrafficFacts): IVirtualService {
  const destinations = level === 'subset'
    ? [{ host: service, subset: subsets.stable }, { host: service, subset: subsets.canary }]
    : [{ host: stable }, { host: canary }];
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadataFor(identity),
    spec: {
      hosts: [...(host === undefined ? [] : hostsOf(host, domain)), ...(mesh ? [service] : [])],
      ...(gateways !== undefined && { gateways: [...gateways, ...(mesh ? ['mesh'] : [])] }),
      http: [{
        name: route,
        ...(path !== undefined && { match: [{ uri: { prefix: path } }] }),
        route: destinations.map((destination, index) => ({ destination: { ...destination, port: { number: port } }, weight: index === 0 ? 100 : 0 })),
        ...(timeout !== undefined && { timeout }),
      }],
    },
  };
}

function destinationRule({ identity, service }: TrafficFacts): IDestinationRule {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: metadataFor(identity),
    spec: {
      host: service,
      subsets: [subsets.canary, subsets.stable].map((name) => ({ name, labels: { ...identity.selector } })),
    },
  };
}

function proxiesOf({ gateways = [], proxies }: IstioRouter): readonly Peer[] {
  if (proxies !== undefined) return isList(proxies) ? proxies : [proxies];
  return [...new Set(gateways.map((gateway) => gateway.split('/')[0] ?? ''))].map((namespace) => ({ namespace }));
}

function isList(value: Peer | readonly Peer[]): value is readonly Peer[] {
  return Array.isArray(value);
}
