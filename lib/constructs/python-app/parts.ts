import type { IService } from 'kubernetes-models/v1/Service';
import type { AppChart } from '../app-chart.ts';
import { httpRoutesFor } from '../network/http-route.ts';
import { ingressFor } from '../network/ingress.ts';
import { networkPolicyFor } from '../network/network-policy.ts';
import { backendOf } from '../network/route-backend.ts';
import { servicePorts } from '../network/service-ports.ts';
import type { ServiceOptions } from '../network/service-options.ts';
import { alertsFor } from '../observability/alerts.ts';
import { monitorFor, scrapedFrom } from '../observability/monitor.ts';
import { telemetryFor } from '../observability/telemetry.ts';
import { disruptionBudgetFor } from '../scaling/disruption-budget.ts';
import { horizontalPodAutoscalerFor } from '../scaling/horizontal-pod-autoscaler.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { Part } from './part.ts';
import type { PodBuild } from './pod.ts';
import type { PythonAppProps } from './props.ts';
import { governingServiceOf, serviceObjects, servicesOf, workloadKind } from './services.ts';
import { replicasOf } from './workload.ts';

/** The objects around an app's workload, in the order in which a reader meets them. */
export function partsOf(chart: AppChart, identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild): Part[] {
  const options = servicesOf(props, pod.ports);
  const services = serviceObjects(identity, props, options, pod.ports);
  return [
    ...services.map((service, index): Part => [index === 0 ? 'service' : `service-${service.metadata?.name ?? index}`, service]),
    ...governingServiceOf(identity, props, pod.ports, services),
    ...exposed(chart, identity, props, services),
    ...autoscaler(identity, props, pod),
    ...budget(identity, props),
    ...policy(chart, identity, props, pod, options),
    ...monitoring(chart, identity, props, pod, services),
  ];
}

function exposed(chart: AppChart, identity: WorkloadIdentity, { expose }: PythonAppProps, services: readonly IService[]): Part[] {
  const [service] = services;
  if (expose === undefined || service === undefined) return [];
  const facts = { domain: chart.context.environment.domain, backend: backendOf(service) };
  if (expose.kind === 'ingress') return [['ingress', ingressFor(identity, expose, facts)]];
  return httpRoutesFor(identity, expose, facts).map((route, index): Part => [index === 0 ? 'http-route' : 'http-route-redirect', route]);
}

function autoscaler(identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild): Part[] {
  if (props.autoscale === undefined) return [];
  return [['autoscaler', horizontalPodAutoscalerFor(identity, props.autoscale, { apiVersion: 'apps/v1', kind: workloadKind(props), name: identity.name, container: pod.container.name })]];
}

function budget(identity: WorkloadIdentity, props: PythonAppProps): Part[] {
  const unasked = props.disruptionBudget === undefined && (props.bare === true || props.workload === 'daemonSet');
  if (props.disruptionBudget === false || unasked) return [];
  const { budget: value } = disruptionBudgetFor(identity, props.disruptionBudget ?? {}, replicasOf(props) ?? 1);
  return value === undefined ? [] : [['disruption-budget', value]];
}

function policy(chart: AppChart, identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild, services: readonly ServiceOptions[]): Part[] {
  if (props.networkPolicy === false || (props.networkPolicy === undefined && props.bare === true)) return [];
  const names = services.map((service) => service.name ?? identity.name);
  const reached = services.flatMap((service) => servicePorts(service, pod.ports)).map((port) => port.targetNumber);
  const tracing = props.tracing === undefined ? [] : telemetryFor(identity, props.tracing, { environment: chart.context.environment.name, container: pod.container.name }).egress;
  // The pods of a StatefulSet are told apart because they talk to each other.
  const peers = props.workload === 'statefulSet' ? [{ pods: identity.selector, ports: pod.ports.map(({ port, protocol = 'TCP' }) => ({ port, protocol })) }] : [];
  const said = props.networkPolicy ?? {};
  return [['network-policy', networkPolicyFor(identity, { ...said, allowIngress: [...peers, ...(said.allowIngress ?? [])] }, {
    environment: chart.context.environment.name,
    podPorts: pod.ports,
    services,
    ...(props.expose !== undefined && { expose: props.expose }),
    providedPorts: chart.provides.filter((endpoint) => names.includes(endpoint.service) && reached.includes(endpoint.targetPort)).map((endpoint) => endpoint.targetPort),
    calls: pod.calls.map((call) => call.target),
    ...(props.monitoring !== undefined && { scraped: scrapedFrom(props.monitoring, pod.ports) }),
    egress: [...peers, ...tracing],
  })]];
}

function monitoring(chart: AppChart, identity: WorkloadIdentity, props: PythonAppProps, pod: PodBuild, services: readonly IService[]): Part[] {
  if (props.monitoring === undefined) return [];
  const [service] = services;
  const monitor = monitorFor(identity, props.monitoring, { podPorts: pod.ports, ...(service !== undefined && { service }) });
  const alerts = alertsFor(identity, props.monitoring, {
    kind: workloadKind(props),
    container: pod.container.name,
    team: chart.context.team,
    autoscaled: props.autoscale !== undefined,
    memoryLimit: pod.container.resources?.limits?.['memory'] !== undefined,
  });
  return [['monitor', monitor], ...(alerts === undefined ? [] : [['alerts', alerts] as const])];
}
