import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import type { TrafficUse } from './traffic-router.ts';

/** What is wrong where a router works on an Ingress and the app has none. */
export function ingressOnly(router: string, { where, expose }: TrafficUse, others: readonly string[] = []): Problem[] {
  const at = fieldPath(where, ['rollout', 'traffic']);
  if (expose?.kind === 'http-route') return [{ where: at, message: `expected an app that is exposed by ingress() for ${router}, got one with httpRoute()`, fix: 'expose it by ingress(), or leave `traffic` out: gatewayApi() follows from httpRoute()' }];
  if (expose === undefined && others.length === 0) return [{ where: at, message: `expected an app with an Ingress for ${router}, got one that isn't exposed`, fix: `say expose: ingress({ host: …, className: '${router}' }), or choose byPods()` }];
  return [];
}
