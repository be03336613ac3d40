import type { IService } from 'kubernetes-models/v1/Service';
import { analysisPolicies, analysisTraffic } from '../analysis/traffic.ts';
import type { AppChart } from '../app-chart.ts';
import { networkPolicyFor } from '../network/network-policy.ts';
import { servicePorts } from '../network/service-ports.ts';
import type { ServiceOptions } from '../network/service-options.ts';
import { alertsFor } from '../observability/alerts.ts';
import { monitorFor, scrapedFrom } from '../observability/monitor.ts';
import { telemetryFor } from '../observability/telemetry.ts';
import { disruptionBudgetFor } from '../scaling/disruption-budget.ts';
import { horizontalPodAutoscalerFor } from '../scaling/horizontal-pod-autoscaler.ts';
import { appAnalyses } from '../rollout/analyses.ts';
import { analysisParts } from '../rollout/build.ts';
import { leadingRollout } from '../rollout/migration-options.ts';
import { planRollout, trafficFacts, type RolloutPlan } from '../rollout/plan.ts';
import { byPods } from '../traffic/pods/pods.ts';
import { trafficFor } from '../traffic/routers.ts';
import type { RoutedTraffic } from '../traffic/traffic-router.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';
import type { Part } from './part.ts';
import type { PodBuild } from './pod.ts';
import type { PythonAppProps } from './props.ts';
import { releasedServices } from '../rollout/migration.ts';
import { governingServiceOf, serviceObjects, servicesOf, workloadKind, workloadType } from './services.ts';
import { replicasOf } from './workload.ts';

/** How requests reach an app's versions. */
export interface AppTraffic {
  /** @default - its pods are replaced as a Deployment's are */
  readonly plan?: RolloutPlan;
  readonly traffic: RoutedTraffic;
}

/** Decides how requests reach an app's versions, and what of it is an object. */
export function appTraffic(chart: AppChart, identity: WorkloadIdentity, props: PythonAppProps, podPorts: readonly PodPort[]): AppTraffic {
  const rollout = leadingRollout(props);
  const plan = rollout === undefined ? undefined : planRollout(chart, identity, props, rollout, podPorts);
  const facts = trafficFacts(chart, identity, props, podPorts, plan);
  return { ...(plan !== undefined && { plan }), traffic: facts === undefined ? { objects: [] } : trafficFor(plan?.router ?? byPods(), facts) };
}

/** The objects around an app's workload, in the order in which a reader meets them. */
export function partsOf(chart: AppChart, identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild, ways: AppTraffic): Part[] {
  const { plan, traffic } = ways;
  const options = [...servicesOf(props, pod.ports), ...(plan?.services.made ?? [])];
  const services = releasedServices(props, serviceObjects(identity, props, options, pod.ports));
  return [
    ...services.map((service, index): Part => [index === 0 ? 'service' : `service-${service.metadata?.name ?? index}`, service]),
    ...governingServiceOf(identity, props, pod.ports, services),
    ...traffic.objects,
    ...(plan === undefined ? [] : analysisParts(plan)),
    ...autoscaler(identity, props, pod),
    ...budget(identity, props),
    ...policy(chart, identity, props, pod, options, ways),
    ...monitoring(chart, identity, props, pod, services),
  ];
}

function autoscaler(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild): Part[] {
  if (props.autoscale === undefined) return [];
  return [['autoscaler', horizontalPodAutoscalerFor(identity, props.autoscale, { ...workloadType(props), name: identity.name, container: pod.container.name })]];
}

function budget(identity: WorkloadIdentity, props: PythonAppProps): Part[] {
  const unasked = props.disruptionBudget === undefined && (props.bare === true || props.workload === 'daemonSet');
  if (props.disruptionBudget === false || unasked) return [];
  const { budget: value } = disruptionBudgetFor(identity, props.disruptionBudget ?? {}, replicasOf(props) ?? 1);
  return value === undefined ? [] : [['disruption-budget', value]];
}

function policy(chart: AppChart, identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild, services: readonly ServiceOptions[], { plan, traffic }: AppTraffic): Part[] {
  if (props.networkPolicy === false || (props.networkPolicy === undefined && props.bare === true)) return [];
  const names = services.map((service) => service.name ?? identity.name);
  const reached = services.flatMap((service) => servicePorts(service, pod.ports)).map((port) => port.targetNumber);
  const tracing = props.tracing === undefined ? [] : telemetryFor(identity, props.tracing, { environment: chart.context.environment.name, container: pod.container.name }).egress;
  // The pods of a StatefulSet are told apart because they talk to each other.
  const peers = props.workload === 'statefulSet' ? [{ pods: identity.selector, ports: pod.ports.map(({ port, protocol = 'TCP' }) => ({ port, protocol })) }] : [];
  const said = props.networkPolicy ?? {};
  const own = plan === undefined ? [] : appAnalyses(plan.rollout);
  const judges = plan === undefined ? [] : analysisTraffic(own, plan.analysis);
  const app = networkPolicyFor(identity, { ...said, allowIngress: [...peers, ...judges, ...(said.allowIngress ?? [])] }, {
    environment: chart.context.environment.name,
    podPorts: pod.ports,
    services,
    ...(props.expose !== undefined && { expose: props.expose }),
    ...(traffic.proxies !== undefined && { proxies: traffic.proxies }),
    providedPorts: chart.provides.filter((endpoint) => names.includes(endpoint.service) && reached.includes(endpoint.targetPort)).map((endpoint) => endpoint.targetPort),
    calls: pod.calls.map((call) => call.target),
    ...(props.monitoring !== undefined && { scraped: scrapedFrom(props.monitoring, pod.ports) }),
    egress: [...peers, ...tracing],
  });
  return [['network-policy', app], ...(plan === undefined ? [] : analysisPolicies(own, plan.analysis))];
}

function monitoring(chart: AppChart, identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild, services: readonly IService[]): Part[] {
  if (props.monitoring === undefined) return [];
  const [service] = services;
  const monitor = monitorFor(identity, props.monitoring, { podPorts: pod.ports, ...(service !== undefined && { service }), rollout: workloadKind(props) === 'Rollout' });
  const alerts = alertsFor(identity, props.monitoring, {
    kind: workloadKind(props),
    container: pod.container.name,
    team: chart.context.team,
    autoscaled: props.autoscale !== undefined,
    memoryLimit: pod.container.resources?.limits?.['memory'] !== undefined,
  });
  return [['monitor', monitor], ...(alerts === undefined ? [] : [['alerts', alerts] as const])];
}
