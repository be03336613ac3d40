import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { Monitoring } from '../../model/monitoring.ts';

/** Labels `app.kubernetes.io/name` of the Services of Argo CD's parts that serve metrics, all on a port named `metrics`. */
export const argoCdMetricsServices = {
  applicationController: 'argocd-metrics',
  applicationSet: 'argocd-applicationset-controller',
  dex: 'argocd-dex-server',
  notifications: 'argocd-notifications-controller-metrics',
  repoServer: 'argocd-repo-server',
  server: 'argocd-server-metrics',
} as const;

/** The Service of Argo Rollouts' metrics, by the same label. */
const rolloutsMetricsService = 'argo-rollouts-metrics';

// The controllers' own labels `namespace` and `name` say which app is meant, and not where the controller runs.
const endpoint = { interval: '30s', honorLabels: true } as const;

/** What reads the metrics of Argo CD's parts. */
export function argoCdMonitor(namespace: string, services: readonly string[], { labels }: Monitoring): KubeObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'argo-cd', namespace, labels: { ...labels } },
    spec: {
      selector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: [...services] }] },
      endpoints: [{ port: 'metrics', ...endpoint }],
    },
  } satisfies IServiceMonitor;
}

/** What reads the metrics of Flux's controllers, shards included: they have no Service, and pods with one label. */
export function fluxMonitor(namespace: string, { labels }: Monitoring): KubeObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'flux', namespace, labels: { ...labels } },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/part-of': 'flux' } },
      podMetricsEndpoints: [{ port: 'http-prom', ...endpoint }],
    },
  } satisfies IPodMonitor;
}

/** What reads the metrics of Argo Rollouts, wherever it runs; it finds nothing where it doesn't. */
export function rolloutsMonitor(namespace: string, { labels, rolloutsNamespace }: Monitoring): KubeObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'argo-rollouts', namespace, labels: { ...labels } },
    spec: {
      namespaceSelector: { matchNames: [rolloutsNamespace] },
      selector: { matchLabels: { 'app.kubernetes.io/name': rolloutsMetricsService } },
      endpoints: [{ port: 'metrics', ...endpoint }],
    },
  } satisfies IServiceMonitor;
}
