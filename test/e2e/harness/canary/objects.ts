import type { KubeObject } from '../../../../lib/manifests/rendered.ts';

/** Labels of the pods of every case. */
export const labels = { app: 'web' };

/** A Rollout named `web`. */
export function rollout(strategy: Readonly<Record<string, unknown>>, spec: Readonly<Record<string, unknown>> = {}): KubeObject {
  const container = { name: 'main', image: 'example.test/web:1' };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web' },
    spec: { replicas: 5, selector: { matchLabels: labels }, strategy, template: { metadata: { labels }, spec: { containers: [container] } }, ...spec },
  };
}

/** A Rollout with a canary of these steps. */
export function canaryOf(steps: readonly unknown[], more: Readonly<Record<string, unknown>> = {}, spec: Readonly<Record<string, unknown>> = {}): KubeObject {
  return rollout({ canary: { maxSurge: 1, maxUnavailable: 0, steps, ...more } }, spec);
}

/** An AnalysisTemplate. */
export function template(name: string, metrics: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): KubeObject {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: { name }, spec: { metrics, ...more } };
}

/** The use of an AnalysisTemplate. */
export function use(templateName: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { templates: [{ templateName }], ...more };
}

/** Where a case's Prometheus answers. */
export const prometheusHost = (id: string): string => `prometheus.${id}.test:9090`;

/** Where a case's pages are. */
export const pagesHost = (id: string): string => `pages.${id}.test`;

/** A metric that a case's Prometheus measures; its query is its name. */
export function prometheusMetric(id: string, name: string, more: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { name, provider: { prometheus: { address: `http://${prometheusHost(id)}`, query: name } }, successCondition: 'result[0] >= 0.95', ...more };
}

/** A metric that a case's page tells. */
export function webMetric(id: string, name: string, more: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { name, provider: { web: { url: `http://${pagesHost(id)}/${name}`, jsonPath: '{$.value}', timeoutSeconds: 20 } }, successCondition: 'result >= 0.95', ...more };
}

/** A Service of the pods. */
export function service(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: labels, ports: [{ port: 80, targetPort: 8000 }] } };
}
