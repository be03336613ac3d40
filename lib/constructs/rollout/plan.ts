import type { AnalysisFacts } from '../analysis/facts.ts';
import type { AppChart } from '../app-chart.ts';
import { servicePorts } from '../network/service-ports.ts';
import type { PythonAppProps } from '../python-app/props.ts';
import { servicesOf } from '../python-app/services.ts';
import { byPods } from '../traffic/pods/pods.ts';
import { routerFor, type TrafficRouter } from '../traffic/routers.ts';
import type { TrafficFacts } from '../traffic/traffic-router.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';
import type { RolloutOptions } from './rollout-options.ts';
import { versionServices, type VersionServices } from './services.ts';
import { managedRoutes } from './step.ts';

/** What follows from a rollout before anything is rendered. */
export interface RolloutPlan {
  readonly rollout: RolloutOptions;
  /** What shares traffic; blue-green has no shares. */
  readonly router: TrafficRouter;
  readonly services: VersionServices;
  /** What its analyses know of the app. */
  readonly analysis: AnalysisFacts;
}

/** Decides about router and Services. */
export function planRollout(chart: AppChart, identity: WorkloadIdentity, props: Partial<PythonAppProps>, rollout: RolloutOptions, podPorts: readonly PodPort[]): RolloutPlan {
  const bare = props.bare === true;
  // A bare app has no objects but those that it says: no router follows from how it is exposed.
  const router = rollout.kind === 'blueGreen' ? byPods() : rollout.traffic ?? (bare ? byPods() : routerFor(undefined, props.expose));
  const services = versionServices({ name: identity.name, props, rollout, router, podPorts });
  const [first] = servicesOf(props, podPorts);
  const [port] = first === undefined ? [] : servicePorts(first, podPorts);
  return {
    rollout,
    router,
    services,
    analysis: {
      identity,
      environment: chart.context.environment.name,
      ...(services.canary !== undefined && { canaryService: services.canary }),
      ...(services.stable !== undefined && { stableService: services.stable }),
      ...(port !== undefined && { port: port.written.port }),
      podPorts,
      ...(props.monitoring !== undefined && { monitoring: props.monitoring }),
      ...(props.image !== undefined && { image: props.image }),
      ...(props.imagePullSecrets !== undefined && { imagePullSecrets: props.imagePullSecrets }),
      security: {
        ...(props.user !== undefined && { user: props.user }),
        ...(props.group !== undefined && { group: props.group }),
        ...(props.podSecurityContext !== undefined && { podSecurityContext: props.podSecurityContext }),
      },
      place: { app: chart.context.app, bare, size: (name) => chart.context.size(name) },
    },
  };
}

/** What the router of an app must know, with a rollout or without. @default - undefined where the app has no Service to lead to */
export function trafficFacts(chart: AppChart, identity: WorkloadIdentity, props: Partial<PythonAppProps>, podPorts: readonly PodPort[], plan: RolloutPlan | undefined): TrafficFacts | undefined {
  const [first] = servicesOf(props, podPorts);
  const [port] = first === undefined ? [] : servicePorts(first, podPorts);
  if (first === undefined || port === undefined) return undefined;
  const service = first.name ?? identity.name;
  const [ping, pong] = plan?.services.pingPong ?? [];
  return {
    identity,
    domain: chart.context.environment.domain,
    service,
    stable: ping ?? plan?.services.stable ?? service,
    canary: pong ?? plan?.services.canary ?? service,
    port: port.written.port,
    podPorts,
    ...(props.expose !== undefined && { expose: props.expose }),
    managedRoutes: plan?.rollout.kind === 'canary' ? managedRoutes(plan.rollout.steps) : [],
  };
}
