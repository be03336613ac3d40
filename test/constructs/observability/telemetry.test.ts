import fc from 'fast-check';
import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import { describe, expect, it } from 'vitest';
import { toYaml } from '../../../lib/manifests/yaml.ts';
import { openTelemetry, openTelemetryOperator, type TelemetryOptions } from '../../../lib/constructs/observability/open-telemetry-options.ts';
import { telemetrySchema } from '../../../lib/constructs/observability/telemetry-schema.ts';
import { telemetryFor } from '../../../lib/constructs/observability/telemetry.ts';
import { faults, refusals, web } from '../network/samples.ts';

const facts = { environment: 'prod', container: 'web', quietPaths: ['/readyz', '/metrics', '/readyz'] };
const telemetryOf = (options: TelemetryOptions) => {
  expect(faults(telemetrySchema, options)).toEqual([]);
  return telemetryFor(web, options, facts);
};
const valueOf = (env: readonly IEnvVar[], name: string) => env.find((variable) => variable.name === name)?.value;

/** Values as the kubelet fills them in: a reference to an earlier variable becomes its value, `$$` becomes `$`. */
function expanded(env: readonly IEnvVar[]): Record<string, string> {
  const known: Record<string, string> = {};
  for (const { name, value, valueFrom } of env) {
    known[name] = valueFrom?.fieldRef !== undefined
      ? `<${valueFrom.fieldRef.fieldPath}>`
      : (value ?? '').replace(/\$\$|\$\(([^)]*)\)/g, (text, reference: string | undefined) => reference === undefined ? '$' : known[reference] ?? text);
  }
  return known;
}

describe('tracing by opentelemetry-instrument', () => {
  it('is written as a person would review it', async () => {
    await expect(toYaml(telemetryOf(openTelemetry()))).toMatchFileSnapshot('golden/telemetry.yaml');
  });

  it('stands before the command and speaks HTTP to the collector of the cluster', () => {
    const { commandPrefix, env, egress, podAnnotations } = telemetryOf(openTelemetry());
    expect(commandPrefix).toEqual(['opentelemetry-instrument']);
    expect(valueOf(env, 'OTEL_EXPORTER_OTLP_ENDPOINT')).toBe('http://otel-collector.observability.svc:4318');
    expect(valueOf(env, 'OTEL_EXPORTER_OTLP_PROTOCOL')).toBe('http/protobuf');
    expect(egress).toEqual([{ namespace: 'observability', ports: [4318] }]);
    expect(podAnnotations).toEqual({});
  });

  it('takes a collector, gRPC, or an address elsewhere', () => {
    const grpc = telemetryOf(openTelemetry({ protocol: 'grpc', collector: { service: 'tempo', namespace: 'tracing', pods: { app: 'tempo' } } }));
    expect(valueOf(grpc.env, 'OTEL_EXPORTER_OTLP_ENDPOINT')).toBe('http://tempo.tracing.svc:4317');
    expect(grpc.egress).toEqual([{ namespace: 'tracing', pods: { app: 'tempo' }, ports: [4317] }]);
    const elsewhere = telemetryOf(openTelemetry({ endpoint: 'https://otlp.example.com' }));
    expect(valueOf(elsewhere.env, 'OTEL_EXPORTER_OTLP_ENDPOINT')).toBe('https://otlp.example.com');
    expect(elsewhere.egress).toEqual([]);
    expect(telemetryOf(openTelemetry({ endpoint: 'https://otlp.example.com', endpointAt: { cidr: '203.0.113.0/24' } })).egress).toEqual([{ cidr: '203.0.113.0/24' }]);
  });

  it.each<[number | undefined, string | undefined, string | undefined]>([
    [undefined, 'parentbased_always_on', undefined], [1, 'parentbased_always_on', undefined], [0.1, 'parentbased_traceidratio', '0.1'], [0, 'parentbased_traceidratio', '0'],
  ])('keeps a share of %s of the traces that begin here, and follows a caller\'s choice', (sample, sampler, argument) => {
    const { env } = telemetryOf(openTelemetry(sample === undefined ? {} : { sample }));
    expect([valueOf(env, 'OTEL_TRACES_SAMPLER'), valueOf(env, 'OTEL_TRACES_SAMPLER_ARG')]).toEqual([sampler, argument]);
  });

  it('sends traces alone unless told more, and traces no probes', () => {
    const exporters = (options: TelemetryOptions) => ['TRACES', 'METRICS', 'LOGS'].map((signal) => valueOf(telemetryOf(options).env, `OTEL_${signal}_EXPORTER`));
    expect(exporters(openTelemetry())).toEqual(['otlp', 'none', 'none']);
    expect(exporters(openTelemetry({ signals: ['logs', 'traces'] }))).toEqual(['otlp', 'none', 'otlp']);
    expect(valueOf(telemetryOf(openTelemetry()).env, 'OTEL_PYTHON_EXCLUDED_URLS')).toBe('/metrics,/readyz');
    expect(valueOf(telemetryOf(openTelemetry({ excludedUrls: ['/internal/.*'] })).env, 'OTEL_PYTHON_EXCLUDED_URLS')).toBe('/internal/.*');
    expect(valueOf(telemetryFor(web, openTelemetry(), { environment: 'prod', container: 'web' }).env, 'OTEL_PYTHON_EXCLUDED_URLS')).toBeUndefined();
  });

  it('says who speaks: every reference leads to an earlier variable', () => {
    const env = expanded(telemetryOf(openTelemetry({ attributes: { 'team.name': 'shop' } })).env);
    expect(env['OTEL_SERVICE_NAME']).toBe('storefront-web');
    expect(Object.fromEntries((env['OTEL_RESOURCE_ATTRIBUTES'] ?? '').split(',').map((pair) => pair.split('=')))).toEqual({
      'deployment.environment.name': 'prod', 'k8s.container.name': 'web', 'k8s.namespace.name': '<metadata.namespace>', 'k8s.node.name': '<spec.nodeName>', 'k8s.pod.name': '<metadata.name>',
      'k8s.pod.uid': '<metadata.uid>', 'service.instance.id': '<metadata.uid>', 'service.namespace': 'storefront', 'team.name': 'shop',
    });
  });

  it('keeps any text of an attribute as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()), (text) => {
      const env = expanded(telemetryFor(web, openTelemetry({ attributes: { note: text } }), facts).env);
      const pair = (env['OTEL_RESOURCE_ATTRIBUTES'] ?? '').split(',').find((each) => each.startsWith('note='));
      expect(decodeURIComponent((pair ?? '').slice('note='.length))).toBe(text);
    }));
  });

  it('holds nothing that changes with a version, and only what every API server takes', () => {
    const { env } = telemetryOf(openTelemetry());
    expect(JSON.stringify(env)).not.toMatch(/version|sha256/);
    expect(refusals({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'web', image: 'web:1', env }] } } as never)).toEqual([]);
  });
});

describe('tracing by the OpenTelemetry operator', () => {
  it('asks for the injection into the app\'s container, and leaves the command alone', () => {
    const { commandPrefix, podAnnotations, egress, env } = telemetryOf(openTelemetryOperator());
    expect(commandPrefix).toEqual([]);
    expect(podAnnotations).toEqual({ 'instrumentation.opentelemetry.io/container-names': 'web', 'instrumentation.opentelemetry.io/inject-python': 'true' });
    expect(egress).toEqual([{ namespace: 'observability', ports: [4318] }]);
    expect(valueOf(env, 'OTEL_EXPORTER_OTLP_ENDPOINT')).toBeUndefined();
    expect(telemetryOf(openTelemetryOperator({ instrumentation: 'observability/python' })).podAnnotations['instrumentation.opentelemetry.io/inject-python']).toBe('observability/python');
  });
});

describe('options of tracing', () => {
  it.each<[unknown, string[]]>([
    [openTelemetry({ sample: 10 }), ['web: sample: expected at most 1, got 10']],
    [openTelemetry({ endpoint: 'otel:4318' }), ['web: endpoint: expected the URL of a collector, such as https://otlp.example.com, got "otel:4318"']],
    [openTelemetry({ endpoint: 'https://me:hunter2@otlp.example.com' }), ['web: endpoint: expected a URL without user and password: they are secrets, and headers by reference carry them']],
    [openTelemetry({ endpoint: 'https://a.example', collector: {} }), ['web: endpoint: expected a collector in the cluster or an endpoint elsewhere, got both']],
    [openTelemetry({ endpointAt: { cidr: '203.0.113.0/24' } }), ['web: endpointAt: expected the endpoint that lies there, got none']],
    [openTelemetry({ serviceName: '$(HOME)' }), ['web: serviceName: expected the name of a service (letters, digits, blanks, ".", "_", "/" and "-"), got "$(HOME)"']],
    [openTelemetry({ attributes: { 'a=b': 'c' } }), ['web: attributes["a=b"]: expected the name of an attribute, got "a=b"']],
    [openTelemetryOperator({ instrumentation: 'a/b/c' }), ['web: instrumentation: expected a name or <namespace>/<name>, got "a/b/c"']],
    [{ by: 'agent' }, ['web: by: expected one of command, operator, got "agent"']],
  ])('are refused: %j', (options, messages) => {
    expect(faults(telemetrySchema, options)).toEqual(messages);
  });
});
