import type { CanaryStep } from '../../../lib/constructs/rollout/options.ts';
import type { TrafficFacts, TrafficUse } from '../../../lib/constructs/traffic/traffic-router.ts';
import { web } from '../network/samples.ts';

/** What routers know of the app of the tests. */
export const facts: TrafficFacts = {
  identity: web,
  domain: 'acme.example',
  service: 'storefront-web',
  stable: 'storefront-web',
  canary: 'storefront-web-canary',
  port: 80,
  podPorts: [{ name: 'http', port: 8000 }],
  managedRoutes: [],
};

/** How routers are asked about the app of the tests. */
export function useOf(options: Partial<TrafficUse> = {}, steps: readonly CanaryStep[] = []): TrafficUse {
  return { where: 'storefront/web', service: facts.service, stable: facts.stable, canary: facts.canary, managedRoutes: [], steps, ...options };
}

/** Steps that not every router can do. */
export const hardSteps: readonly CanaryStep[] = [
  { step: 'weight', weight: 20 },
  { step: 'canary-scale', scale: { replicas: 2 } },
  { step: 'header-route', name: 'beta', headers: { 'x-beta': 'yes', 'x-team': { prefix: 'shop' } } },
  { step: 'mirror-route', name: 'shadow', matches: [{ method: 'GET' }] },
  { step: 'experiment', versions: { one: { of: 'canary', weight: 5 } } },
];
