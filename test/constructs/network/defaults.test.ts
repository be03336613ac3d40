import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { cloudAnnotations } from '../../../lib/constructs/network/clouds.ts';
import { awsNlb } from '../../../lib/constructs/network/clouds/aws.ts';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { httpRoutesFor } from '../../../lib/constructs/network/http-route.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import { ingressFor } from '../../../lib/constructs/network/ingress.ts';
import { networkPolicyFor } from '../../../lib/constructs/network/network-policy.ts';
import { clusterIp, loadBalancer } from '../../../lib/constructs/network/service-options.ts';
import { serviceFor } from '../../../lib/constructs/network/service.ts';
import { alertsFor } from '../../../lib/constructs/observability/alerts.ts';
import { flaskExporter } from '../../../lib/constructs/observability/http-metrics.ts';
import { monitorFor, scrapedFrom } from '../../../lib/constructs/observability/monitor.ts';
import { openTelemetry } from '../../../lib/constructs/observability/open-telemetry-options.ts';
import { telemetryFor } from '../../../lib/constructs/observability/telemetry.ts';
import { disruptionBudgetFor } from '../../../lib/constructs/scaling/disruption-budget.ts';
import { horizontalPodAutoscalerFor } from '../../../lib/constructs/scaling/horizontal-pod-autoscaler.ts';
import { topologySpreadFor } from '../../../lib/constructs/scaling/topology-spread.ts';
import { filesUnder, textOf } from '../../source-files.ts';
import { routeFacts, web, webPorts } from './samples.ts';

type Said = Readonly<Record<string, unknown>>;
const service = serviceFor(web, clusterIp(), webPorts);
const route = (input: Said) => httpRoutesFor(web, httpRoute({ host: 'shop', ...input }), routeFacts);
const policy = (options: Said) => networkPolicyFor(web, options, { environment: 'prod' });
const alertFacts = { kind: 'Deployment', container: 'web', team: 'shop', autoscaled: true, memoryLimit: true } as const;
const prometheus = (options: Said) => [monitorFor(web, options, { podPorts: webPorts, service }), scrapedFrom(options, webPorts), alertsFor(web, { http: flaskExporter, ...options }, alertFacts)];
const telemetry = (options: Said) => telemetryFor(web, openTelemetry(options), { environment: 'prod', container: 'web' });

/** What is rendered of an interface's options, some of which are said. */
const rendered: Readonly<Record<string, (said: Said) => unknown>> = {
  ServiceCommon: (said) => serviceFor(web, clusterIp(said), webPorts),
  AwsNlbOptions: (said) => cloudAnnotations(loadBalancer({ cloud: awsNlb(said) })),
  HttpRouteInput: route,
  GatewayOptions: (gateway) => route({ gateway }),
  HttpTlsOptions: (tls) => route({ tls }),
  HttpMatchOptions: (match) => route({ rules: [match] }),
  HttpRuleOptions: (rule) => route({ rules: [rule] }),
  HttpBackendOptions: (backend) => route({ rules: [{ backends: [backend] }] }),
  HeaderChanges: (changes) => route({ rules: [{ filters: [{ filter: 'request-headers', ...changes }] }] }),
  RedirectOptions: (redirect) => route({ rules: [{ filters: [{ filter: 'redirect', ...redirect }] }] }),
  IngressInput: (said) => ingressFor(web, ingress({ host: 'shop', ...said }), routeFacts),
  IngressPath: (path) => ingressFor(web, ingress({ host: 'shop', paths: [path] }), routeFacts),
  NetworkPolicyOptions: policy,
  DnsOptions: (dns) => policy({ dns }),
  AddressPeer: (peer) => policy({ allowEgress: [{ cidr: '10.0.0.0/8', ...peer }] }),
  AutoscaleOptions: (said) => horizontalPodAutoscalerFor(web, { max: 9, ...said }, { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', container: 'web' }),
  DisruptionBudgetOptions: (said) => disruptionBudgetFor(web, said, 4),
  SpreadOptions: (said) => topologySpreadFor(web, said, 'Deployment'),
  PrometheusOptions: prometheus,
  AlertOptions: (alerts) => prometheus({ alerts }),
  HttpMetrics: (http) => prometheus({ http: { requests: 'r', status: 's', ...http } }),
  TelemetryCommon: telemetry,
  TelemetryByCommand: telemetry,
  CollectorOptions: (collector) => telemetry({ collector }),
};

interface Default {
  readonly owner: string;
  readonly property: string;
  readonly value: unknown;
}

/** Every `@default` that is a value and no sentence. */
const defaults = ['network', 'scaling', 'observability'].flatMap((folder) => filesUnder(`lib/constructs/${folder}`, /\.ts$/)).flatMap((path): Default[] => {
  const source = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.ESNext, true);
  return source.statements.filter(ts.isInterfaceDeclaration).flatMap((owner) => owner.members.flatMap((member) => {
    const tag = ts.getJSDocTags(member).find((each) => each.tagName.text === 'default');
    const text = (ts.getTextOfJSDocComment(tag?.comment) ?? '').trim();
    if (!/^('[^']*'|[0-9.]+|true|false|\[.*\]|\{.*\})$/.test(text)) return [];
    return [{ owner: owner.name.text, property: member.name?.getText(source) ?? '', value: JSON.parse(text.replaceAll('\'', '"')) as unknown }];
  }));
});
/** Defaults of what isn't said by users, but by the code itself, and those of a health check, which hang on another field. */
const elsewhere = new Set(['AlertFacts', 'AwsHealthCheck', 'MetadataOptions', 'MonitorFacts', 'NetworkPolicyFacts', 'TelemetryFacts']);

describe('documented defaults', () => {
  it('are found, and each belongs to options that are known here', () => {
    expect(defaults.length).toBeGreaterThan(50);
    expect([...new Set(defaults.map(({ owner }) => owner))].filter((owner) => !Object.hasOwn(rendered, owner) && !elsewhere.has(owner))).toEqual([]);
  });

  it.each(defaults.filter(({ owner }) => Object.hasOwn(rendered, owner)))('are what is rendered when nothing is said: $owner.$property is $value', ({ owner, property, value }) => {
    const render = rendered[owner];
    expect(JSON.stringify(render?.({ [property]: value }))).toBe(JSON.stringify(render?.({})));
  });
});
