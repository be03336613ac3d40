import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { IService } from 'kubernetes-models/v1/Service';
import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { metadataFor } from '../network/metadata.ts';
import type { AllowedTraffic } from '../network/peers.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';
import type { PrometheusOptions } from './prometheus-options.ts';

/** What a monitor must know beside its options. */
export interface MonitorFacts {
  /** The ports of the pods. */
  readonly podPorts: readonly PodPort[];
  /** The Service in front of them. @default - none: the pods are read directly */
  readonly service?: IService;
  /** Whether an Argo Rollout runs them: its Services leave versions out, so that pods are read directly, and every series tells its version. @default false */
  readonly rollout?: boolean;
}

/** The label by which Argo Rollouts tells the pods of its versions; Prometheus writes it `rollouts_pod_template_hash`. */
const versionLabel = 'rollouts-pod-template-hash';

/** A ServiceMonitor where a Service leads to the port of the metrics, else a PodMonitor on the pods themselves. */
export function monitorFor(identity: WorkloadIdentity, options: PrometheusOptions, facts: MonitorFacts): IPodMonitor | IServiceMonitor {
  const pod = metricsPort(options, facts.podPorts);
  const port = servicePortTo(pod, facts.service);
  const metadata = metadataFor(identity, { ...(options.labels !== undefined && { labels: options.labels }) });
  const endpoint = {
    path: options.path ?? '/metrics',
    interval: options.interval ?? '30s',
    ...(options.timeout !== undefined && { scrapeTimeout: options.timeout }),
  };
  const labels = facts.service?.metadata?.labels ?? {};
  if (facts.rollout === true || port === undefined || Object.keys(labels).length === 0) {
    return {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata,
      spec: {
        selector: { matchLabels: { ...identity.selector } },
        ...(facts.rollout === true && { podTargetLabels: [versionLabel] }),
        podMetricsEndpoints: [{ port: pod?.name ?? 'http', ...endpoint }],
      },
    };
  }
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata,
    spec: { selector: { matchLabels: { ...labels } }, endpoints: [{ port, ...endpoint, relabelings: [onlyOf(facts.service?.metadata?.name ?? identity.name)] }] },
  };
}

/** Keeps the pods of one Service: another with the same labels, such as a StatefulSet's headless one, would double every series. */
function onlyOf(service: string): { action: 'keep'; sourceLabels: string[]; regex: string } {
  return { action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: service };
}

/** Who reads the metrics, for the network policy. */
export function scrapedFrom(options: PrometheusOptions, podPorts: readonly PodPort[]): AllowedTraffic {
  const port = metricsPort(options, podPorts);
  return { namespace: options.namespace ?? 'monitoring', ...(port !== undefined && { ports: [port.port] }) };
}

/** What is wrong with a monitor of an app with these ports. */
export function monitorProblems(options: PrometheusOptions, podPorts: readonly PodPort[], where: string): Problem[] {
  if (podPorts.length === 0) return [{ where, message: 'expected an app with a port to read metrics from, got none', fix: 'give the app a port' }];
  if (options.port === undefined || metricsPort(options, podPorts) !== undefined) return [];
  return [{ where: fieldPath(where, ['port']), message: `expected the name of a port of the pods, got ${JSON.stringify(options.port)}`, fix: `name one.${didYouMean(options.port, podPorts.map((port) => port.name))}` }];
}

function metricsPort(options: PrometheusOptions, podPorts: readonly PodPort[]): PodPort | undefined {
  return options.port === undefined ? podPorts[0] : podPorts.find((port) => port.name === options.port);
}

/** Name of the Service's port that leads to a port of the pods. */
function servicePortTo(pod: PodPort | undefined, service: IService | undefined): string | undefined {
  return service?.spec?.ports?.find((port) => pod !== undefined && (port.targetPort === pod.name || port.targetPort === pod.port))?.name;
}
