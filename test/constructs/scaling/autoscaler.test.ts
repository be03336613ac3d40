import { describe, expect, it } from 'vitest';
import { autoscale, externalMetric, objectMetric, podsMetric, type AutoscaleOptions } from '../../../lib/constructs/scaling/autoscale-options.ts';
import { autoscaledWorkloads } from '../../../lib/constructs/scaling/autoscaled-workloads.ts';
import { autoscaledReplicas, horizontalPodAutoscalerFor } from '../../../lib/constructs/scaling/horizontal-pod-autoscaler.ts';
import { autoscaleSchema } from '../../../lib/constructs/scaling/schemas.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { expectGolden, faults, refusals, web } from '../network/samples.ts';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'storefront-web', container: 'web' };
const scalerOf = (options: AutoscaleOptions) => {
  expect(faults(autoscaleSchema, options)).toEqual([]);
  const scaler = horizontalPodAutoscalerFor(web, options, target);
  expect(refusals(scaler)).toEqual([]);
  return scaler;
};

describe('HorizontalPodAutoscaler', () => {
  it('is written as a person would review it', async () => {
    await expectGolden([
      scalerOf(autoscale({ max: 10 })),
      scalerOf(autoscale({
        min: 3, max: 30, cpu: 60, memory: 85, container: true,
        metrics: [
          podsMetric('http_requests_per_second', '50', { path: 'cart' }),
          objectMetric('requests_per_second', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' }, { value: '2k' }),
          externalMetric('queue_length', { averageValue: '30' }, { queue: 'orders' }),
        ],
        behavior: { scaleDown: { stabilizationWindowSeconds: 900 }, scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
      })),
    ], 'golden/autoscalers.yaml');
  });

  it('aims at 70 % CPU with at least two pods', () => {
    expect(scalerOf({ max: 4 }).spec).toMatchObject({ minReplicas: 2, maxReplicas: 4, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }] });
  });

  it.each<[string, AutoscaleOptions, string[]]>([
    ['CPU alone', { max: 4 }, ['Resource cpu']],
    ['memory too', { max: 4, memory: 80 }, ['Resource cpu', 'Resource memory']],
    ['memory alone', { max: 4, cpu: false, memory: 80 }, ['Resource memory']],
    ['the app\'s container', { max: 4, container: true }, ['ContainerResource cpu']],
    ['another container', { max: 4, container: 'proxy' }, ['ContainerResource cpu']],
    ['the whole pod', { max: 4, container: false }, ['Resource cpu']],
    ['a queue alone', { max: 4, cpu: false, metrics: [externalMetric('q', { value: '10' })] }, ['External q']],
  ])('measures %s', (_, options, metrics) => {
    expect(scalerOf(options).spec?.metrics?.map((metric) => `${metric.type} ${metric.resource?.name ?? metric.containerResource?.name ?? metric.external?.metric.name ?? ''}`)).toEqual(metrics);
  });

  it('keeps its slow way down where only the way up is said', () => {
    const { behavior } = scalerOf({ max: 4, behavior: { scaleUp: { stabilizationWindowSeconds: 30 } } }).spec ?? {};
    expect(behavior?.scaleDown?.stabilizationWindowSeconds).toBe(300);
    expect(behavior?.scaleUp).toMatchObject({ stabilizationWindowSeconds: 30, selectPolicy: 'Max' });
  });

  it('leaves its minimum in `replicas`, and tells whose number of pods is not Git\'s', () => {
    expect(autoscaledReplicas({ max: 9 })).toBe(2);
    expect(autoscaledReplicas({ min: 4, max: 9 })).toBe(4);
    const scaler = JSON.parse(JSON.stringify(scalerOf({ max: 9 }))) as KubeObject;
    const rollout = JSON.parse(JSON.stringify(horizontalPodAutoscalerFor({ ...web, name: 'a' }, { max: 9 }, { ...target, apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'a' }))) as KubeObject;
    expect(autoscaledWorkloads([scaler, rollout, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } }])).toEqual([
      { group: 'apps', kind: 'Deployment', name: 'storefront-web', namespace: 'storefront-prod' },
      { group: 'argoproj.io', kind: 'Rollout', name: 'a', namespace: 'storefront-prod' },
    ]);
  });
});

describe('options of an autoscaler', () => {
  it.each<[string, unknown, string[]]>([
    ['no maximum', {}, ['web: max: expected number, got nothing']],
    ['a maximum under the minimum', { min: 3, max: 2 }, ['web: max: expected at least the minimum of 3, got 2']],
    ['a maximum under the minimum that isn\'t said', { max: 1 }, ['web: max: expected at least the minimum of 2, got 1']],
    ['a minimum of none, which only an alpha feature allows', { min: 0, max: 2 }, ['web: min: expected at least 1, got 0']],
    ['CPU as text', { max: 4, cpu: '70%' }, ['web: cpu: expected a percentage from 1 to 1000 of the request, or false, got "70%"']],
    ['nothing to measure', { max: 4, cpu: false }, ['web: metrics: expected a metric where CPU isn\'t one, got none']],
    ['a metric without a unit', { max: 4, metrics: [podsMetric('rps', 'fifty')] }, [
      'web: metrics[0].averageValue: expected a Kubernetes quantity such as 250m, 1.5 or 512Mi (suffixes n u m k M G T P E Ki Mi Gi Ti Pi Ei, or an exponent such as e3), got "fifty"']],
    ['a window longer than an hour', { max: 4, behavior: { scaleDown: { stabilizationWindowSeconds: 7200 } } }, ['web: behavior.scaleDown.stabilizationWindowSeconds: expected at most 3600, got 7200']],
  ])('are refused: %s', (_, options, messages) => {
    expect(faults(autoscaleSchema, options)).toEqual(messages);
  });
});
