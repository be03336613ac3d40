import { gatewayApiPluginName } from '../../../model/rollouts-plugins.ts';
import type { RouterImplementation, TrafficFacts } from '../traffic-router.ts';
import { wayIn } from '../way-in.ts';
import type { GatewayApiRouter, GatewayRouteReference } from './options.ts';
import { gatewayProblems } from './problems.ts';

/** The plugin's list for each kind of route. */
const lists = { GRPCRoute: 'grpcRoutes', HTTPRoute: 'httpRoutes', TCPRoute: 'tcpRoutes', TLSRoute: 'tlsRoutes' } as const;

/** The HTTPRoute names both versions' Services, all weight on the running one; the plugin changes the weights, and adds a rule for each header route. */
export const gatewayApiRouter: RouterImplementation<GatewayApiRouter> = {
  abilities: { headerRoutes: true, mirrorRoutes: false, experimentWeights: true, ownWeights: true, pingPong: false },
  services: () => 'main-is-stable',
  routed: (options, facts) => ({
    routing: {
      ...(facts.managedRoutes.length > 0 && { managedRoutes: facts.managedRoutes.map((name) => ({ name })) }),
      plugins: { [options.plugin ?? gatewayApiPluginName]: pluginConfig(options, facts) },
    },
    objects: wayIn({ ...facts, backend: { service: facts.stable, canary: facts.canary, port: facts.port } }),
  }),
  problems: gatewayProblems,
};

function pluginConfig({ routes = [], inProgressLabel }: GatewayApiRouter, { identity, expose, managedRoutes }: TrafficFacts): object {
  const own: GatewayRouteReference[] = expose?.kind === 'http-route' ? [{ name: identity.name }] : [];
  const all = [...own, ...routes];
  return {
    ...(identity.namespace !== undefined && { namespace: identity.namespace }),
    ...Object.fromEntries(Object.entries(lists).flatMap(([kind, list]) => {
      const ofKind = all.filter((route) => (route.kind ?? 'HTTPRoute') === kind);
      return ofKind.length === 0 ? [] : [[list, ofKind.map((route) => ({
        name: route.name,
        ...((route.headerRoutes ?? (managedRoutes.length > 0 && takesHeaders(kind))) && { useHeaderRoutes: true }),
      }))]];
    })),
    ...(inProgressLabel === false && { disableInProgressLabel: true }),
    ...(inProgressLabel !== undefined && inProgressLabel !== false && { inProgressLabelKey: inProgressLabel.key, inProgressLabelValue: inProgressLabel.value }),
  };
}

function takesHeaders(kind: string): boolean {
  return kind === 'HTTPRoute' || kind === 'GRPCRoute';
}
