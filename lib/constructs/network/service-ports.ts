import type { IServicePort } from 'kubernetes-models/v1/ServicePort';
import type { PodPort } from '../workload-identity.ts';
import type { ServiceOptions, ServicePortOptions } from './service-options.ts';

/** The ports of a Service, as they will be written, each with the pods' port that it leads to. */
export interface ServicePortPlan {
  readonly written: IServicePort;
  /** The pods' port. @default - none: a number that no container port declares */
  readonly pod?: PodPort;
  /** Number of the pods' port. */
  readonly targetNumber: number;
}

/** The ports of a Service: those said, else one to the pods' first port. */
export function servicePorts(options: ServiceOptions, podPorts: readonly PodPort[]): ServicePortPlan[] {
  return portOptions(options, podPorts).map((port) => {
    const pod = podPortOf(port, podPorts);
    const protocol = port.protocol ?? pod?.protocol ?? 'TCP';
    const name = port.name ?? pod?.name;
    const target = port.targetPort ?? pod?.name ?? port.port;
    return {
      written: {
        ...(name !== undefined && name !== false && { name }),
        port: port.port,
        targetPort: target,
        ...((port.protocol !== undefined || protocol !== 'TCP') && { protocol }),
        ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
        ...(port.nodePort !== undefined && { nodePort: port.nodePort }),
      },
      ...(pod !== undefined && { pod }),
      targetNumber: pod?.port ?? (typeof target === 'number' ? target : port.port),
    };
  });
}

/** The ports as options: `ports`, or the one that the short form says. */
export function portOptions(options: ServiceOptions, podPorts: readonly PodPort[]): readonly ServicePortOptions[] {
  if (options.ports !== undefined) return options.ports;
  const nodePort = 'nodePort' in options ? options.nodePort : undefined;
  const target = podPortOf({ port: options.port ?? 0, ...(options.targetPort !== undefined && { targetPort: options.targetPort }) }, podPorts);
  return [{
    // Nothing stands between a client and the pods of a headless Service, so that its port is theirs.
    port: options.port ?? (options.kind === 'Headless' ? target?.port ?? 80 : 80),
    ...(options.targetPort !== undefined && { targetPort: options.targetPort }),
    ...(options.appProtocol !== undefined && { appProtocol: options.appProtocol }),
    ...(nodePort !== undefined && { nodePort }),
  }];
}

/** The pods' port that a port of a Service leads to. */
export function podPortOf(port: ServicePortOptions, podPorts: readonly PodPort[]): PodPort | undefined {
  const target = port.targetPort;
  if (target !== undefined) return podPorts.find((each) => each.name === target || each.port === target);
  return podPorts.find((each) => each.name === port.name) ?? podPorts.find((each) => each.port === port.port) ?? podPorts[0];
}
