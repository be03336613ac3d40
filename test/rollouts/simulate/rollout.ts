import type { KubeObject } from '../../../lib/manifests/rendered.ts';

/** A metric as an AnalysisTemplate has it. */
export const successRate = { name: 'success-rate', interval: '1m', count: 5, failureLimit: 1, successCondition: 'result[0] >= {{args.least}}', provider: { prometheus: { query: 'rate{service="{{args.service}}"}' } } };

/** An AnalysisTemplate. */
export function template(name: string, metrics: readonly object[], more: object = {}): KubeObject {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: { name }, spec: { args: [{ name: 'service' }, { name: 'least', value: '0.95' }], metrics, ...more } };
}

/** A Rollout with a strategy. */
export function rollout(strategy: object, replicas = 5): KubeObject {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec: { replicas, strategy } };
}

/** An analysis by the template of a name. */
export function analysis(name: string): object {
  return { templates: [{ templateName: name }], args: [{ name: 'service', value: 'web' }] };
}
