import type { Loose, LooseValue } from '../healthy-app.ts';

/** A sound Rollout of its own beside the healthy app: each test says what of it differs. */
export function rollout(strategy: Loose, spec: Loose = {}): Loose {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'api', namespace: 'shop', labels: { team: 'shop' } },
    spec: {
      replicas: 5,
      rollbackWindow: { revisions: 5 },
      strategy,
      selector: { matchLabels: { app: 'api' } },
      template: { metadata: { labels: { app: 'api' } }, spec: { containers: [{ name: 'api', image: 'registry.example.com/api:1.0.0', resources: { requests: { cpu: '500m', memory: '256Mi' }, limits: { memory: '256Mi' } } }] } },
      ...spec,
    },
  };
}

/** A Rollout with a canary. */
export function canary(options: Loose, spec: Loose = {}): Loose {
  return rollout({ canary: options }, spec);
}

/** A Service of the Rollout's pods. */
export function service(name: string, selector: Loose = { app: 'api' }): Loose {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector, ports: [{ port: 80 }] } };
}

/** The Services of a canary, as `app` fields. */
export function services(...names: readonly string[]): Record<string, Loose> {
  return Object.fromEntries(names.map((name) => [`service-${name}`, service(name)]));
}

/** An Ingress that sends to a Service. */
export function ingress(name: string, to: string): Loose {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name, namespace: 'shop' }, spec: { rules: [{ host: `${name}.example.com`, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: to, port: { number: 80 } } } }] } }] } };
}

/** A template of an analysis with one metric of Prometheus that tells versions by their hash. */
export function template(metric: Loose = {}, spec: Loose = {}, name = 'rate', kind: 'AnalysisTemplate' | 'ClusterAnalysisTemplate' = 'AnalysisTemplate'): Loose {
  const value = { name, interval: '1m', count: 5, provider: { prometheus: { query: 'sum(rate(ok{rollouts_pod_template_hash="{{args.hash}}"}[2m]))' } }, successCondition: 'len(result) > 0 && result[0] > 0.9', ...metric };
  const sound: Loose = { args: [{ name: 'hash' }], metrics: [Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined))], ...spec };
  return { apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name, ...(kind === 'AnalysisTemplate' && { namespace: 'shop' }) }, spec: sound };
}

/** An analysis in use: the template, with the hash of the new version. */
export function use(name = 'rate', args: LooseValue[] = [{ name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } }], more: Loose = {}): Loose {
  return { templates: [{ templateName: name }], ...(args.length > 0 && { args }), ...more };
}
