import type { Peer } from '../network/peers.ts';

/** The collector as a Service in the cluster. */
export interface CollectorOptions {
  /** Name of its Service. @default 'otel-collector' */
  readonly service?: string;
  /** Its namespace. @default 'observability' */
  readonly namespace?: string;
  /** Its port, on the Service and on its pods. @default 4318, or 4317 with `grpc` */
  readonly port?: number;
  /** Labels of its pods, for the network policy. @default - every pod in its namespace */
  readonly pods?: Readonly<Record<string, string>>;
}

/** What both ways may say. */
export interface TelemetryCommon {
  /** What is sent. @default ['traces'] */
  readonly signals?: readonly ('logs' | 'metrics' | 'traces')[];
  /** Share of the traces begun here that are kept, 0 to 1; a caller's decision is followed (`OTEL_TRACES_SAMPLER`). @default 1: the collector thins out */
  readonly sample?: number;
  /** How the trace comes and goes on (`OTEL_PROPAGATORS`). @default ['tracecontext', 'baggage'] */
  readonly propagators?: readonly ('b3' | 'b3multi' | 'baggage' | 'jaeger' | 'ottrace' | 'tracecontext' | 'xray')[];
  /** Name of the service in traces (`OTEL_SERVICE_NAME`). @default - the workload's name */
  readonly serviceName?: string;
  /** More attributes of every span (`OTEL_RESOURCE_ATTRIBUTES`). Nothing volatile: a change rolls every pod. @default {} */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Paths that aren't traced, as regular expressions (`OTEL_PYTHON_EXCLUDED_URLS`). @default - the paths of the probes and of the metrics */
  readonly excludedUrls?: readonly string[];
}

/** Tracing by `opentelemetry-instrument`, which the image has installed. */
export interface TelemetryByCommand extends TelemetryCommon {
  /** The collector. @default - `otel-collector` in `observability` */
  readonly collector?: CollectorOptions;
  /** Address of a collector elsewhere (`OTEL_EXPORTER_OTLP_ENDPOINT`), instead. @default - the collector's */
  readonly endpoint?: string;
  /** Where `endpoint` lies, for the network policy. @default - nothing opened: say `internet` or `allowEgress` */
  readonly endpointAt?: Peer;
  /** What is spoken (`OTEL_EXPORTER_OTLP_PROTOCOL`); gRPC and forking servers such as gunicorn don't go well together. @default 'http/protobuf' */
  readonly protocol?: 'grpc' | 'http/protobuf';
}

/** Tracing by the OpenTelemetry operator, which puts the library into the pod. */
export interface TelemetryByOperator extends TelemetryCommon {
  /** The Instrumentation: a name in the app's namespace or `<namespace>/<name>`. @default - the only one in the app's namespace */
  readonly instrumentation?: string;
  /** Where its collector is, for the network policy. @default - `otel-collector` in `observability` */
  readonly collector?: CollectorOptions;
}

/** Tracing, one way or the other. */
export type TelemetryOptions = ({ readonly by: 'command' } & TelemetryByCommand) | ({ readonly by: 'operator' } & TelemetryByOperator);

/** Traces the app by `opentelemetry-instrument` before its command; the image has `opentelemetry-distro` and the exporter installed. */
export function openTelemetry(options: TelemetryByCommand = {}): TelemetryOptions {
  return { by: 'command', ...options };
}

/** Traces the app by the OpenTelemetry operator's injection. */
export function openTelemetryOperator(options: TelemetryByOperator = {}): TelemetryOptions {
  return { by: 'operator', ...options };
}
