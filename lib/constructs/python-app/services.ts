import type { IService } from 'kubernetes-models/v1/Service';
import { portOptions } from '../network/service-ports.ts';
import { clusterIp, headless, type ServiceOptions } from '../network/service-options.ts';
import { serviceFor } from '../network/service.ts';
import { leadingRollout } from '../rollout/migration-options.ts';
import type { WorkloadKind } from '../scaling/topology-spread.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';
import type { Part } from './part.ts';
import type { PythonAppProps } from './props.ts';
import { governingService } from './workload.ts';

/** The Services of an app: those said, else one inside the cluster where its pods have a port. */
export function servicesOf(props: Pick<PythonAppProps, 'bare' | 'service'>, ports: readonly PodPort[]): readonly ServiceOptions[] {
  if (props.service === false) return [];
  if (props.service === undefined) return props.bare === true || ports.length === 0 ? [] : [clusterIp()];
  return isList(props.service) ? props.service : [props.service];
}

/** The Services of an app. Each but the first has a name of its own in its labels, so that a monitor of the first doesn't find the others. */
export function serviceObjects(identity: WorkloadIdentity, props: Pick<PythonAppProps, 'bare'>, services: readonly ServiceOptions[], ports: readonly PodPort[]): IService[] {
  if (props.bare === true) return services.map((options) => bareService(identity, options, ports));
  return services.map((options, index) => serviceFor(index === 0 ? identity : named(identity, options.name ?? identity.name), options, ports));
}

function named(identity: WorkloadIdentity, name: string): WorkloadIdentity {
  return { ...identity, labels: { ...identity.labels, 'app.kubernetes.io/name': name } };
}

/** A Service as a person writes it by hand: without what the API server fills in, ports by number. */
function bareService(identity: WorkloadIdentity, options: ServiceOptions, ports: readonly PodPort[]): IService {
  const said = portOptions(options, ports);
  const byNumber = said.map((port) => ({
    ...port,
    name: port.name ?? (said.length === 1 ? false as const : undefined) ?? ports.find((each) => each.port === port.port)?.name ?? `port-${port.port}`,
    targetPort: port.targetPort ?? ports[0]?.port ?? port.port,
  }));
  const { port: _port, targetPort: _target, appProtocol: _protocol, ...rest } = options;
  const service = serviceFor(identity, { ...rest, ports: byNumber }, ports);
  if (options.kind === 'ClusterIP') delete service.spec?.type;
  return service;
}

/** The headless Service that gives the pods of a StatefulSet their names, unless the app says one of that name itself. */
export function governingServiceOf(identity: WorkloadIdentity, props: PythonAppProps, ports: readonly PodPort[], services: readonly IService[]): Part[] {
  const name = governingService(identity, props);
  if (props.workload !== 'statefulSet' || props.bare === true || services.some((service) => service.metadata?.name === name)) return [];
  // Peers find each other before they are ready.
  const options = headless({ name, publishNotReadyAddresses: true, ports: ports.map((port) => ({ port: port.port, name: port.name })) });
  return [['pods-service', serviceFor(named(identity, name), options, ports)]];
}

/** Kind of the object that keeps the pods running. */
export function workloadKind(props: Pick<PythonAppProps, 'rollout' | 'workload'>): WorkloadKind {
  if (leadingRollout(props) !== undefined) return 'Rollout';
  const kind = props.workload ?? 'deployment';
  switch (kind) {
    case 'deployment': return 'Deployment';
    case 'statefulSet': return 'StatefulSet';
    case 'daemonSet': return 'DaemonSet';
    default: return kind satisfies never;
  }
}

/** Type of that object, as an autoscaler refers to it. */
export function workloadType(props: Pick<PythonAppProps, 'rollout' | 'workload'>): { readonly apiVersion: string; readonly kind: WorkloadKind } {
  return { apiVersion: leadingRollout(props) === undefined ? 'apps/v1' : 'argoproj.io/v1alpha1', kind: workloadKind(props) };
}

function isList(service: ServiceOptions | readonly ServiceOptions[]): service is readonly ServiceOptions[] {
  return Array.isArray(service);
}
