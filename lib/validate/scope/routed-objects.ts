import { dig, list, record, text } from '../schemas/plain.ts';
import { canaryOf } from './rollout.ts';

/** Something of its own namespace that a Rollout shares its traffic by. */
export interface RoutedObject {
  /** Group and kind. */
  readonly kind: string;
  readonly name: string;
  /** Path of the field that names it. */
  readonly field: string;
}

const base = 'spec.strategy.canary.trafficRouting';

/** The objects that the traffic router of a canary writes its weights to. */
export function routedObjects(rollout: unknown): RoutedObject[] {
  const routing = record(canaryOf(rollout), 'trafficRouting');
  if (routing === undefined) return [];
  return [
    ...ingresses(routing, 'nginx', 'stableIngress', 'stableIngresses'),
    ...ingresses(routing, 'alb', 'ingress', 'ingresses'),
    ...virtualServices(routing),
    ...gatewayRoutes(rollout, routing),
    ...named('networking.istio.io/DestinationRule', dig(routing, 'istio', 'destinationRule', 'name'), `${base}.istio.destinationRule.name`),
    ...named('traefik.io/TraefikService', dig(routing, 'traefik', 'weightedTraefikServiceName'), `${base}.traefik.weightedTraefikServiceName`),
  ];
}

function ingresses(routing: unknown, router: 'alb' | 'nginx', one: string, several: string): RoutedObject[] {
  const kind = 'networking.k8s.io/Ingress';
  const all = dig(routing, router, several);
  // The list wins, when both are there.
  if (Array.isArray(all)) return all.flatMap((name, index) => named(kind, name, `${base}.${router}.${several}[${index}]`));
  return named(kind, dig(routing, router, one), `${base}.${router}.${one}`);
}

function virtualServices(routing: unknown): RoutedObject[] {
  const kind = 'networking.istio.io/VirtualService';
  const istio = record(routing, 'istio');
  const several = list(istio, 'virtualServices').flatMap((each, index) => named(kind, text(each, 'name'), `${base}.istio.virtualServices[${index}].name`));
  // A name may lead to another namespace: `<name>.<namespace>` or `<namespace>/<name>`.
  return [...several, ...named(kind, text(record(istio, 'virtualService'), 'name'), `${base}.istio.virtualService.name`)].filter(({ name }) => !/[./]/.test(name));
}

/** The routes of Argo Rollouts' plugin for the Gateway API, whatever its name here, where they lie in the Rollout's own namespace. */
function gatewayRoutes(rollout: unknown, routing: unknown): RoutedObject[] {
  const own = text(dig(rollout, 'metadata'), 'namespace');
  return Object.entries(record(routing, 'plugins') ?? {}).flatMap(([plugin, config]): RoutedObject[] => {
    const namespace = text(config, 'namespace');
    if (namespace !== undefined && own !== undefined && namespace !== own) return [];
    const field = `${base}.plugins[${JSON.stringify(plugin)}]`;
    return (['HTTPRoute', 'GRPCRoute'] as const).flatMap((kind) => {
      const one = kind === 'HTTPRoute' ? 'httpRoute' : 'grpcRoute';
      const group = `gateway.networking.k8s.io/${kind}`;
      return [...named(group, dig(config, one), `${field}.${one}`), ...list(config, `${one}s`).flatMap((route, index) => named(group, text(route, 'name'), `${field}.${one}s[${index}].name`))];
    });
  });
}

function named(kind: string, name: unknown, field: string): RoutedObject[] {
  return typeof name === 'string' && name !== '' ? [{ kind, name, field }] : [];
}
