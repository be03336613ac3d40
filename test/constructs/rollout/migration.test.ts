import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { describe, expect, it } from 'vitest';
import { autoscale, blueGreen, canary, fromDeployment, httpCheck, httpRoute, pause, PythonApp, toDeployment, weight, analyse, type PythonAppProps, type RolloutOptions } from '../../../lib/index.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { factsOf } from '../../../lib/synth/folder-facts.ts';
import { refusals } from '../network/samples.ts';
import { objectOf, objectsOf, problemsOf, testChart } from '../support.ts';

const steps = [weight(20), analyse(httpCheck('/health')), pause('1m')];
const ways: Readonly<Record<string, RolloutOptions>> = { canary: canary({ steps }), 'blue-green': blueGreen() };

function app(rollout: RolloutOptions | undefined, more: Partial<PythonAppProps> = {}) {
  const chart = testChart();
  const web = new PythonApp(chart, 'web', { image: chart.context.images['main']!, command: ['python', 'web.py'], port: 8000, replicas: 5, expose: httpRoute({ host: 'shop' }), ...(rollout !== undefined && { rollout }), ...more } as PythonAppProps);
  return { chart, web, problems: problemsOf(chart), objects: objectsOf(chart) };
}

/** Objects by kind and name, as text to compare. */
function texts(objects: readonly KubeObject[]): Record<string, string> {
  return Object.fromEntries(objects.map((object) => [`${object.kind}/${object.metadata?.name ?? ''}`, JSON.stringify(object)]));
}

const rolloutOf = (chart: ReturnType<typeof app>['chart']): IRollout => objectOf<IRollout & KubeObject>(chart, 'Rollout');
const deploymentOf = (chart: ReturnType<typeof app>['chart']): IDeployment => objectOf<IDeployment & KubeObject>(chart, 'Deployment');

describe.each(Object.entries(ways))('a %s that takes over from a Deployment', (_, rollout) => {
  const { chart, web, problems, objects } = app(fromDeployment(rollout));

  it('is what it will be, but for its pods, which are those of the Deployment beside it', () => {
    expect(problems).toEqual([]);
    const { 'Rollout/storefront-web': _own, ...alone } = texts(app(rollout).objects);
    expect(texts(objects)).toMatchObject(alone);
    const { template, ...spec } = rolloutOf(app(rollout).chart).spec;
    expect(rolloutOf(chart).spec).toEqual({ ...spec, workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'storefront-web', scaleDown: 'never' } });
    expect(deploymentOf(chart).spec).toMatchObject({ replicas: 5, template, strategy: { rollingUpdate: { maxUnavailable: 0 } } });
    expect(web.workload.value.kind).toBe('Rollout');
  });

  it('says how the Deployment loses its pods, and has nobody give them back', () => {
    const gradual = app(fromDeployment(rollout, { scaleDown: 'progressively' }));
    expect(rolloutOf(gradual.chart).spec.workloadRef?.scaleDown).toBe('progressively');
    expect(replicasLeftAlone(gradual.objects)).toEqual(['Deployment/storefront-web']);
    expect(replicasLeftAlone(objects)).toEqual(['Deployment/storefront-web']);
  });

  it('begins with as many pods as the autoscaler allows, whatever the Deployment has now', () => {
    const scaled = app(fromDeployment(rollout), { replicas: undefined, autoscale: autoscale({ min: 2, max: 9 }) });
    expect(scaled.problems).toEqual([]);
    expect([rolloutOf(scaled.chart).spec.replicas, deploymentOf(scaled.chart).spec?.replicas]).toEqual([9, 2]);
    expect(objectOf<IHorizontalPodAutoscaler & KubeObject>(scaled.chart, 'HorizontalPodAutoscaler').spec?.scaleTargetRef).toMatchObject({ kind: 'Rollout', name: 'storefront-web' });
    expect(replicasLeftAlone(scaled.objects)).toEqual(['Deployment/storefront-web', 'Rollout/storefront-web']);
  });

  it('leaves the Deployment its pods where an autoscaler decides how many are needed', () => {
    const { problems: told } = app(fromDeployment(rollout, { scaleDown: 'onsuccess' }), { replicas: undefined, autoscale: autoscale({ min: 2, max: 9 }) });
    expect(told).toEqual([expect.stringContaining("rollout.migration.scaleDown: expected 'never' with an autoscaler, got 'onsuccess'")]);
  });
});

describe.each(Object.entries(ways))('a %s that gives way to a Deployment', (_, rollout) => {
  const { chart, web, problems, objects } = app(toDeployment(rollout));

  it('leaves everything but the annotation of its Services as it is without a rollout, and keeps its pods beside it', () => {
    expect(problems).toEqual([]);
    const { 'Rollout/storefront-web': beside, 'Service/storefront-web': released, ...others } = texts(objects);
    const { 'Service/storefront-web': service, ...without } = texts(app(undefined).objects);
    expect(others).toEqual(without);
    expect(released?.replace(',"annotations":{"argo-rollouts.argoproj.io/managed-by-rollouts":""}', '')).toBe(service);
    expect(released).not.toBe(service);
    expect(beside).toBeDefined();
    expect(web.workload.value.kind).toBe('Deployment');
    expect(web.objects.flatMap(({ value: { kind }, waivers }) => waivers.map(({ rule }) => `${kind}: ${rule}`)).sort()).toEqual(['Deployment: selector-overlap', 'Rollout: selector-overlap', 'Service: service-selects-several']);
  });

  it('has the very pods that it had, steers no Service and judges nothing', () => {
    const { spec } = rolloutOf(chart);
    expect(spec.template).toEqual(rolloutOf(app(rollout).chart).spec.template);
    expect(spec.strategy).toEqual({ canary: { maxUnavailable: 0, maxSurge: '25%' } });
    expect(spec).toMatchObject({ replicas: 5, selector: deploymentOf(chart).spec?.selector });
    expect(replicasLeftAlone(objects)).toEqual([]);
  });

  it('keeps as many pods as the autoscaler gave it, while the Deployment begins with as many as it may have', () => {
    const scaled = app(toDeployment(rollout), { replicas: undefined, autoscale: autoscale({ min: 2, max: 9 }) });
    expect([rolloutOf(scaled.chart).spec.replicas, deploymentOf(scaled.chart).spec?.replicas]).toEqual([2, 9]);
    expect(objectOf<IHorizontalPodAutoscaler & KubeObject>(scaled.chart, 'HorizontalPodAutoscaler').spec?.scaleTargetRef).toMatchObject({ kind: 'Deployment', name: 'storefront-web' });
    expect(replicasLeftAlone(scaled.objects)).toEqual(['Deployment/storefront-web', 'Rollout/storefront-web']);
  });
});

describe('a migration', () => {
  it('consists of objects that API servers with Argo Rollouts accept', () => {
    const objects = Object.values(ways).flatMap((rollout) => [...app(fromDeployment(rollout)).objects, ...app(toDeployment(rollout)).objects]);
    expect(objects.flatMap(refusals)).toEqual([]);
  });

  it('is refused where it is neither one nor the other', () => {
    const { problems } = app({ ...canary(), migration: { from: 'statefulSet' } } as unknown as RolloutOptions);
    expect(problems.join()).toContain('rollout.migration');
  });
});

describe('a rollback window', () => {
  it('holds no more versions than those whose config publish keeps', () => {
    const wide = (rollbackWindow: number, config?: PythonAppProps['config']) => app(canary({ rollbackWindow }), { revisionHistoryLimit: 20, ...(config !== undefined && { config }) }).problems;
    expect(wide(10, { A: 'b' })).toEqual([expect.stringContaining('rollout.rollbackWindow: expected at most 9 versions, whose config publish keeps in any case, got 10')]);
    expect([...wide(9, { A: 'b' }), ...wide(10)]).toEqual([]);
  });
});

/** The workloads whose replicas a controller is told to leave alone. */
function replicasLeftAlone(objects: readonly KubeObject[]): string[] {
  return factsOf(objects.map((value) => ({ value, construct: 'web', stage: 'app' as const })), 'storefront-prod', false).autoscaled.map(({ kind, name }) => `${kind}/${name}`);
}
