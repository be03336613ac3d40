import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import type { AllowedTraffic } from '../network/peers.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { CollectorOptions, TelemetryOptions } from './open-telemetry-options.ts';
import { resourceEnvironment, type TelemetryFacts } from './telemetry-environment.ts';

/** What telemetry adds to a pod. */
export interface TelemetryContribution {
  /** Environment variables, in this order: later ones refer to earlier ones. */
  readonly env: readonly IEnvVar[];
  /** What stands before the app's command; empty for none. */
  readonly commandPrefix: readonly string[];
  /** Annotations of the pods. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** Connections for the network policy. */
  readonly egress: readonly AllowedTraffic[];
}

/** What tracing adds to a pod. Nothing in it changes with a version, so that it never makes a rollout of its own. */
export function telemetryFor(identity: WorkloadIdentity, options: TelemetryOptions, facts: TelemetryFacts): TelemetryContribution {
  switch (options.by) {
    case 'command': {
      const port = options.collector?.port ?? (options.protocol === 'grpc' ? 4317 : 4318);
      return {
        env: [
          ...resourceEnvironment(identity, options, facts),
          { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: options.endpoint ?? `http://${collectorHost(options.collector)}:${port}` },
          { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: options.protocol ?? 'http/protobuf' },
        ],
        commandPrefix: ['opentelemetry-instrument'],
        podAnnotations: {},
        egress: options.endpoint === undefined ? [collectorTraffic(options.collector, port)] : options.endpointAt === undefined ? [] : [options.endpointAt],
      };
    }
    case 'operator':
      return {
        env: resourceEnvironment(identity, options, facts),
        commandPrefix: [],
        podAnnotations: {
          'instrumentation.opentelemetry.io/container-names': facts.container,
          'instrumentation.opentelemetry.io/inject-python': options.instrumentation ?? 'true',
        },
        egress: [collectorTraffic(options.collector, options.collector?.port ?? 4318)],
      };
    default:
      return unknownWay(options);
  }
}

function collectorHost(collector: CollectorOptions | undefined): string {
  return `${collector?.service ?? 'otel-collector'}.${collector?.namespace ?? 'observability'}.svc`;
}

function collectorTraffic(collector: CollectorOptions | undefined, port: number): AllowedTraffic {
  return {
    namespace: collector?.namespace ?? 'observability',
    ...(collector?.pods !== undefined && { pods: collector.pods }),
    ports: [port],
  };
}

function unknownWay(options: never): never {
  throw new TypeError(`unknown way of tracing: ${JSON.stringify(options)}`);
}
