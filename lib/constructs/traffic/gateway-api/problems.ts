import { fieldPath } from '../../../model/schema.ts';
import type { Problem } from '../../../values/errors.ts';
import type { HttpRouteOptions } from '../../network/http-route-options.ts';
import type { TrafficUse } from '../traffic-router.ts';
import type { GatewayApiRouter } from './options.ts';

/** Rules that one HTTPRoute may have. */
const mostRules = 16;

/** What is wrong between the router's options and the app. */
export function gatewayProblems(options: GatewayApiRouter, use: TrafficUse): Problem[] {
  const { expose, where } = use;
  const traffic = fieldPath(where, ['rollout', 'traffic']);
  const twice = (options.routes ?? []).flatMap((route, index, all) => all.findIndex((each) => each.name === route.name && each.kind === route.kind) === index ? []
    : [{ where: fieldPath(where, ['rollout', 'traffic', 'routes', index]), message: `expected each route once, got ${JSON.stringify(route.name)} again`, fix: 'leave it out' }]);
  if (expose?.kind === 'ingress') return [...twice, { where: traffic, message: 'expected an app that is exposed by httpRoute(), got one with ingress()', fix: 'expose it by httpRoute(), or choose another router, such as byPods()' }];
  if (expose === undefined && (options.routes ?? []).length === 0) return [{ where: traffic, message: 'expected a route whose weights can be set, got an app without one', fix: 'say expose: httpRoute({ … }), name existing routes, or choose byPods()' }];
  return [...twice, ...(expose === undefined ? [] : routeProblems(expose, use))];
}

function routeProblems({ rules = [{}] }: HttpRouteOptions, { where, service, stable, canary, managedRoutes }: TrafficUse): Problem[] {
  const own = [service, stable, canary];
  const problems = rules.flatMap(({ backends = [] }, index): Problem[] => {
    const at = fieldPath(where, ['expose', 'rules', index, 'backends']);
    const named = backends.map((each) => each.service ?? stable);
    if (named.length > 1 && named.some((name) => own.includes(name))) {
      return [{ where: at, message: 'expected the app\'s Service alone in a rule, because the canary sets its weight, got it beside others', fix: 'give the others a rule of their own, or leave the backends out' }];
    }
    if (named[0] !== canary || managedRoutes.length === 0) return [];
    return [{ where: at, message: `expected no rule that leads to ${JSON.stringify(canary)} alone beside header routes: the plugin takes it for one of its own and removes it when the canary ends, got one`, fix: 'leave the header routes or the rule out' }];
  });
  const shared = rules.filter(({ filters = [], backends }) => backends === undefined ? !filters.some((filter) => filter.filter === 'redirect') : backends.length === 1 && (backends[0]?.service ?? stable) === stable).length;
  const most = rules.length + shared * managedRoutes.length;
  if (shared === 0) problems.push({ where: fieldPath(where, ['expose', 'rules']), message: 'expected a rule that leads to the app, so that its traffic can be shared, got none', fix: 'leave the backends of a rule out' });
  if (most > mostRules) problems.push({ where: fieldPath(where, ['expose', 'rules']), message: `expected at most ${mostRules} rules with those that header routes add (one for each rule that leads to the app), got ${most}`, fix: 'join rules by `matches`, or use fewer header routes' });
  return problems;
}
