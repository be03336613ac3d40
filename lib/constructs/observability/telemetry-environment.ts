import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import { compareText } from '../../values/errors.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { TelemetryCommon } from './open-telemetry-options.ts';

/** What telemetry must know beside its options. */
export interface TelemetryFacts {
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the app's container. */
  readonly container: string;
  /** Paths that say nothing when traced: those of the probes and of the metrics. @default [] */
  readonly quietPaths?: readonly string[];
}

const signals = ['traces', 'metrics', 'logs'] as const;

/** Who sends, what is sent and how much of it, as OpenTelemetry's own environment variables. */
export function resourceEnvironment(identity: WorkloadIdentity, options: TelemetryCommon, facts: TelemetryFacts): IEnvVar[] {
  const sent = options.signals ?? ['traces'];
  const quiet = options.excludedUrls ?? facts.quietPaths ?? [];
  return [
    fieldOf('OTEL_RESOURCE_ATTRIBUTES_NAMESPACE_NAME', 'metadata.namespace'),
    fieldOf('OTEL_RESOURCE_ATTRIBUTES_NODE_NAME', 'spec.nodeName'),
    fieldOf('OTEL_RESOURCE_ATTRIBUTES_POD_NAME', 'metadata.name'),
    fieldOf('OTEL_RESOURCE_ATTRIBUTES_POD_UID', 'metadata.uid'),
    { name: 'OTEL_SERVICE_NAME', value: options.serviceName ?? identity.name },
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: attributesText(identity, options, facts) },
    { name: 'OTEL_PROPAGATORS', value: (options.propagators ?? ['tracecontext', 'baggage']).join(',') },
    ...sampler(options.sample),
    ...signals.map((signal) => ({ name: `OTEL_${signal.toUpperCase()}_EXPORTER`, value: sent.includes(signal) ? 'otlp' : 'none' })),
    ...(quiet.length === 0 ? [] : [{ name: 'OTEL_PYTHON_EXCLUDED_URLS', value: [...new Set(quiet)].sort(compareText).join(',') }]),
  ];
}

function attributesText(identity: WorkloadIdentity, options: TelemetryCommon, facts: TelemetryFacts): string {
  const attributes: Record<string, string> = {
    'deployment.environment.name': encoded(facts.environment),
    'k8s.container.name': encoded(facts.container),
    'k8s.namespace.name': '$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE_NAME)',
    'k8s.node.name': '$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)',
    'k8s.pod.name': '$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)',
    'k8s.pod.uid': '$(OTEL_RESOURCE_ATTRIBUTES_POD_UID)',
    'service.instance.id': '$(OTEL_RESOURCE_ATTRIBUTES_POD_UID)',
    'service.namespace': encoded(identity.app),
    ...Object.fromEntries(Object.entries(options.attributes ?? {}).map(([key, value]) => [key, encoded(value)])),
  };
  return Object.entries(attributes).sort(([a], [b]) => compareText(a, b)).map(([key, value]) => `${key}=${value}`).join(',');
}

function sampler(share: number | undefined): IEnvVar[] {
  if (share === undefined || share === 1) return [{ name: 'OTEL_TRACES_SAMPLER', value: 'parentbased_always_on' }];
  return [{ name: 'OTEL_TRACES_SAMPLER', value: 'parentbased_traceidratio' }, { name: 'OTEL_TRACES_SAMPLER_ARG', value: String(share) }];
}

/** A value between commas and equals signs: percent-encoded, `$` too, which Kubernetes would take for a variable. */
function encoded(value: string): string {
  return encodeURIComponent(value);
}

function fieldOf(name: string, fieldPath: string): IEnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
