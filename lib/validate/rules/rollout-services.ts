import type { UnitRule } from '../rule.ts';
import { dig, record } from '../schemas/plain.ts';
import { blueGreenOf, canaryOf, podsOf, rolloutKind, rolloutServices } from '../scope/rollout.ts';
import { routedObjects } from '../scope/routed-objects.ts';
import { showSelector, textEntries } from '../scope/selector.ts';

const hash = 'rollouts-pod-template-hash';

/** Routers that send to Services by name. Of plugins only that for the Gateway API is known to. */
const byService: readonly string[] = ['alb', 'ambassador', 'apisix', 'appMesh', 'istio', 'nginx', 'plugins', 'smi', 'traefik'];

/** The Services of a Rollout select its pods, and are those that its strategy needs. */
export const rolloutServicesRule: UnitRule = {
  id: 'rollout-services',
  scope: 'unit',
  severity: 'error',
  title: 'A Rollout names the Services that its strategy and its traffic router need, and they select its pods',
  fix: 'give the Service the labels of the Rollout\'s pods; Argo Rollouts adds the hash of a version to it',
  check(landing, report) {
    for (const rollout of landing.ofKind(rolloutKind)) {
      const services = rolloutServices(rollout.value);
      const roles = new Set<string>(services.map(({ role }) => role));
      if (blueGreenOf(rollout.value) !== undefined && !roles.has('active')) report(rollout, { field: 'spec.strategy.blueGreen.activeService', message: 'expected the Service that is switched to the new version, got none', fix: 'name the Service that everybody calls' });
      const routers = routersOf(rollout.value);
      for (const name of routers.length > 0 && needsServices(rollout.value) ? (['stable', 'canary'] as const) : []) {
        if (!roles.has(name)) report(rollout, { field: `spec.strategy.canary.${name}Service`, message: `expected a Service, which ${routers.join(' and ')} sends the ${name === 'stable' ? 'running' : 'new'} version's traffic to, got none`, fix: 'make a Service of the Rollout\'s pods for each version, and name both' });
      }
      const pods = podsOf(rollout, landing);
      for (const { name, field } of services) {
        const service = landing.find('Service', rollout.namespace, name);
        if (service === undefined) continue;
        const selector = dig(service.value, 'spec', 'selector');
        const astray = pods === undefined ? [] : [...textEntries(selector)].filter(([key, value]) => key !== hash && pods.labels.get(key) !== value);
        if (astray.length > 0) report(rollout, { field, message: `expected a Service that selects the pods of the Rollout, got ${name}, which selects ${showSelector(selector)}: they have no ${astray.map(([key, value]) => `${key}=${value}`).sort().join(', ')}` });
        else if (textEntries(selector).size === 0) report(rollout, { field, message: `expected a Service that selects the pods of the Rollout, got ${name}, which has no selector` });
      }
    }
  },
};

function routersOf(rollout: unknown): string[] {
  const toRoutes = routedObjects(rollout).some(({ kind }) => kind.startsWith('gateway.networking.k8s.io/'));
  return Object.keys(record(canaryOf(rollout), 'trafficRouting') ?? {}).filter((name) => byService.includes(name) && (name !== 'plugins' || toRoutes));
}

/** Whether the traffic router needs a Service for each version: ping and pong, and subsets of a DestinationRule, do without. */
function needsServices(rollout: unknown): boolean {
  const canary = canaryOf(rollout);
  const routers = routersOf(rollout);
  if (canary?.['pingPong'] !== undefined) return routers.some((name) => !['alb', 'istio', 'plugins'].includes(name));
  return routers.some((name) => name !== 'istio') || (routers.includes('istio') && dig(canary, 'trafficRouting', 'istio', 'destinationRule') === undefined);
}
