import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { dns1035Problem } from '../../values/names.ts';
import type { PythonAppProps } from '../python-app/props.ts';
import { servicesOf } from '../python-app/services.ts';
import { abilitiesOf, canaryServicesOf, trafficProblems } from '../traffic/routers.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';
import type { RolloutPlan } from './plan.ts';
import { managedRoutes } from './step.ts';

/** What is wrong with the Services of a rollout and with what leads to them. */
export function serviceProblems(plan: RolloutPlan, identity: WorkloadIdentity, props: Partial<PythonAppProps>, podPorts: readonly PodPort[], where: string): Problem[] {
  const at = (...path: readonly PropertyKey[]): string => fieldPath(where, ['rollout', ...path]);
  const hasService = servicesOf(props, podPorts).length > 0;
  return [
    ...(hasService ? [] : missing(plan, props, at)),
    ...shared(plan, at),
    ...madeNames(plan, at),
    ...(hasService ? routed(plan, identity, props, where) : []),
  ];
}

type At = (...path: readonly PropertyKey[]) => string;

/** What can't be without a Service. */
function missing({ rollout, router, services }: RolloutPlan, { bare }: Partial<PythonAppProps>, at: At): Problem[] {
  const fix = bare === true ? 'say a service, or its name' : 'give the app a port';
  if (rollout.kind === 'blueGreen') {
    return services.stable === undefined ? [{ where: at('activeService'), message: 'expected a Service that is switched from version to version, got an app without one', fix }] : [];
  }
  if (rollout.pingPong === true) return [{ where: at('pingPong'), message: 'expected an app with a Service, got none', fix }];
  return abilitiesOf(router).ownWeights ? [{ where: at('traffic'), message: `expected an app with a Service whose traffic ${router.router} shares, got none`, fix }] : [];
}

/** One Service can't lead to two versions. */
function shared({ rollout, router, services: { main, stable, canary } }: RolloutPlan, at: At): Problem[] {
  const [canaryField, stableField] = rollout.kind === 'blueGreen' ? ['previewService', 'activeService'] : ['canaryService', 'stableService'];
  if (canary !== undefined && canary === stable) {
    return [{ where: at(canaryField), message: `expected a Service of its own for the new version, got ${JSON.stringify(canary)}, which leads to the running one`, fix: 'name another, or leave the name out' }];
  }
  if (main === undefined) return [];
  const mixed = rollout.kind === 'canary' && canaryServicesOf(router) !== 'main-is-stable';
  const taken = canary === main ? canaryField : stable === main && mixed ? stableField : undefined;
  return taken === undefined ? [] : [{ where: at(taken), message: `expected another Service than ${JSON.stringify(main)}, which everybody calls, got it`, fix: 'name another, or leave the name out' }];
}

/** Names that Slipway adds to. */
function madeNames({ services }: RolloutPlan, at: At): Problem[] {
  return services.made.flatMap(({ name = '' }) => {
    const message = dns1035Problem(name);
    return message === undefined ? [] : [{ where: at(), message: `name of a Service: ${message}`, fix: 'give the app a shorter name, or name the Services of its rollout' }];
  });
}

function routed({ rollout, router, services }: RolloutPlan, { name }: WorkloadIdentity, { expose }: Partial<PythonAppProps>, where: string): Problem[] {
  if (rollout.kind === 'blueGreen') return [];
  const service = services.main ?? name;
  const [ping, pong] = services.pingPong ?? [];
  const use = {
    where,
    service,
    stable: ping ?? services.stable ?? service,
    canary: pong ?? services.canary ?? service,
    steps: rollout.steps ?? [],
    managedRoutes: managedRoutes(rollout.steps),
    ...(expose !== undefined && { expose }),
  };
  const unnamed = canaryServicesOf(router) === 'main-is-stable' && services.canary === undefined && services.pingPong === undefined;
  return [
    ...(unnamed ? [{ where: fieldPath(where, ['rollout', 'canaryService']), message: `expected the name of the new version's Service, which ${router.router} leads to, got nothing`, fix: 'name it: a bare app has only what it says' }] : []),
    ...trafficProblems(router, use),
  ];
}
