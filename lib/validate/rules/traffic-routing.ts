import type { Report, UnitRule } from '../rule.ts';
import { dig, isRecord, list, record, text } from '../schemas/plain.ts';
import type { LandedObject, Landing } from '../scope/landing.ts';
import { canaryOf, rolloutKind } from '../scope/rollout.ts';
import { routedObjects } from '../scope/routed-objects.ts';

const base = 'spec.strategy.canary.trafficRouting';

/** What shares the traffic is named, once, and leads to both versions. */
export const trafficRouting: UnitRule = {
  id: 'traffic-routing',
  scope: 'unit',
  severity: 'error',
  title: 'A traffic router says what it writes its weights to, and that leads to the Services of both versions',
  fix: 'name one Ingress, VirtualService or route that sends to the stable and the canary Service',
  check(landing, report) {
    for (const rollout of landing.ofKind(rolloutKind)) {
      const canary = canaryOf(rollout.value);
      const routing = record(canary, 'trafficRouting');
      if (canary === undefined) continue;
      checkPingPong(canary, routing, rollout, report);
      if (routing === undefined) continue;
      checkNames(routing, rollout, landing, report);
      for (const { kind, name, field } of routedObjects(rollout.value)) {
        const routed = landing.find(kind, rollout.namespace, name);
        const problem = routed === undefined ? undefined : problemOf(kind, routed, canary, routing);
        if (problem !== undefined) report(rollout, { field, message: problem });
      }
    }
  },
};

/** One name, or a list of them. */
function checkNames(routing: unknown, rollout: LandedObject, landing: Landing, report: Report): void {
  for (const [router, one, several] of [['nginx', 'stableIngress', 'stableIngresses'], ['alb', 'ingress', 'ingresses'], ['istio', 'virtualService', 'virtualServices']] as const) {
    const config = record(routing, router);
    if (config === undefined) continue;
    const [single, multiple] = [config[one] !== undefined && config[one] !== '', config[several] !== undefined];
    if (single === multiple) report(rollout, { field: `${base}.${router}`, message: `expected one of ${one} and ${several}, got ${single ? 'both' : 'neither'}` });
  }
  if (isRecord(dig(routing, 'ambassador')) && list(dig(routing, 'ambassador'), 'mappings').length === 0) report(rollout, { field: `${base}.ambassador.mappings`, message: 'expected at least one Mapping, got none' });
  for (const [index, name] of list(dig(routing, 'ambassador'), 'mappings').entries()) {
    const weight = dig(landing.find('getambassador.io/Mapping', rollout.namespace, String(name))?.value, 'spec', 'weight');
    if (weight !== undefined && weight !== 0) report(rollout, { field: `${base}.ambassador.mappings[${index}]`, message: `expected a Mapping without a weight, which Argo Rollouts sets, got ${String(name)} with ${String(weight)}` });
  }
  if (isRecord(dig(routing, 'appMesh')) && !isRecord(dig(routing, 'appMesh', 'virtualService'))) report(rollout, { field: `${base}.appMesh.virtualService`, message: 'expected a VirtualService, got none' });
}

function checkPingPong(canary: unknown, routing: unknown, rollout: LandedObject, report: Report): void {
  const services = record(canary, 'pingPong');
  if (services === undefined) return;
  for (const name of ['pingService', 'pongService']) if (text(services, name) === undefined) report(rollout, { field: `spec.strategy.canary.pingPong.${name}`, message: 'expected two Services, ping and pong, got only one' });
  if (!isRecord(routing)) return;
  if (!isRecord(routing['alb']) && !isRecord(routing['istio']) && Object.keys(record(routing, 'plugins') ?? {}).length === 0) report(rollout, { field: 'spec.strategy.canary.pingPong', message: 'expected ALB, Istio or a plugin, which alone know ping and pong, got another router' });
  if (isRecord(routing['alb']) && text(routing['alb'], 'rootService') === undefined) report(rollout, { field: `${base}.alb.rootService`, message: 'expected the Service that the Ingress sends to, which ping and pong need, got none' });
}

/** Why something doesn't lead to both versions, if so. */
function problemOf(kind: string, routed: LandedObject, canary: unknown, routing: unknown): string | undefined {
  const [stable, fresh] = [text(canary, 'stableService'), text(canary, 'canaryService')];
  if (stable === undefined) return undefined;
  switch (kind) {
    case 'networking.k8s.io/Ingress': {
      const root = text(record(routing, 'alb'), 'rootService') ?? stable;
      const backends = list(dig(routed.value, 'spec'), 'rules').flatMap((rule) => list(dig(rule, 'http'), 'paths')).map((path) => dig(path, 'backend', 'service', 'name'));
      return backends.includes(root) ? undefined : `expected an Ingress with a rule that sends to ${root}, got ${routed.name}, which sends to ${shownNames(backends)}`;
    }
    case 'gateway.networking.k8s.io/GRPCRoute':
    case 'gateway.networking.k8s.io/HTTPRoute': {
      const both = list(dig(routed.value, 'spec'), 'rules').some((rule) => [stable, fresh].every((name) => name === undefined || list(rule, 'backendRefs').some((backend) => dig(backend, 'name') === name)));
      return both ? undefined : `expected a route with a rule that sends to ${stable} and ${fresh ?? 'the canary Service'}, got ${routed.name}, which has none`;
    }
    case 'networking.istio.io/VirtualService':
      return virtualServiceProblem(routed, [stable, fresh], record(record(routing, 'istio'), 'destinationRule'), routing);
    default:
      return undefined;
  }
}

/** Each route that the Rollout weighs has both Services as destinations, or both subsets. */
function virtualServiceProblem(routed: LandedObject, services: readonly (string | undefined)[], destinationRule: unknown, routing: unknown): string | undefined {
  const spec = dig(routed.value, 'spec');
  const routes = ['http', 'tls', 'tcp'].flatMap((protocol) => list(spec, protocol).map((route) => ({ protocol, route })));
  if (routes.length === 0) return `expected a VirtualService with routes, got ${routed.name}, which has none`;
  const istio = record(routing, 'istio');
  const entry = [dig(istio, 'virtualService'), ...list(istio, 'virtualServices')].find((each) => text(each, 'name') === routed.name);
  const wanted = list(entry, 'routes');
  const names = routes.flatMap(({ route }) => text(route, 'name') ?? []);
  const missing = wanted.filter((name) => !names.includes(String(name)));
  if (missing.length > 0) return `expected routes of ${routed.name}, got ${shownNames(missing)}. It has ${shownNames(names)}`;
  const subsets = isRecord(destinationRule) ? [text(destinationRule, 'stableSubsetName'), text(destinationRule, 'canarySubsetName')] : undefined;
  const managed = new Set(list(routing, 'managedRoutes').flatMap((each) => text(each, 'name') ?? []));
  const weighed = routes.filter(({ protocol, route }) => protocol === 'http' && (wanted.length === 0 ? !managed.has(text(route, 'name') ?? '') : wanted.includes(text(route, 'name'))));
  if (wanted.length === 0 && weighed.length > 1) return `expected the names of the routes to weigh, since ${routed.name} has ${weighed.length}, got none`;
  for (const { route } of weighed) {
    const destinations = list(route, 'route').map((each) => dig(each, 'destination'));
    const lost = (subsets ?? services).filter((name) => name !== undefined && !destinations.some((destination) => (subsets === undefined ? hostOf(destination) : dig(destination, 'subset')) === name));
    if (lost.length > 0) return `expected a route to ${(subsets ?? services).join(' and ')}, got one of ${routed.name} without ${lost.join(' and ')}`;
  }
  return undefined;
}

/** A host is the name of a Service, or its DNS name. */
function hostOf(destination: unknown): string {
  return (text(destination, 'host') ?? '').split('.')[0] ?? '';
}

function shownNames(names: readonly unknown[]): string {
  return [...new Set(names.map(String))].sort().join(', ') || 'nothing';
}
