import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IService } from 'kubernetes-models/v1/Service';
import { describe, expect, it } from 'vitest';
import { analysis } from '../../../lib/constructs/analysis/analysis.ts';
import { httpCheck } from '../../../lib/constructs/analysis/ready-made/http-check.ts';
import { smokeTest } from '../../../lib/constructs/analysis/ready-made/smoke-test.ts';
import { successRate } from '../../../lib/constructs/analysis/ready-made/success-rate.ts';
import { webRequest } from '../../../lib/constructs/analysis/web/options.ts';
import { CeleryWorker } from '../../../lib/constructs/companions/celery-worker.ts';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { clusterIp, loadBalancer } from '../../../lib/constructs/network/service-options.ts';
import { starletteExporter } from '../../../lib/constructs/observability/http-metrics.ts';
import { prometheus } from '../../../lib/constructs/observability/prometheus-options.ts';
import { blueGreen } from '../../../lib/constructs/rollout/blue-green-options.ts';
import { canary } from '../../../lib/constructs/rollout/canary-options.ts';
import { analyse, experiment, pause, weight } from '../../../lib/constructs/rollout/steps.ts';
import { autoscale } from '../../../lib/constructs/scaling/autoscale-options.ts';
import { externalSecret } from '../../../lib/constructs/secret-external.ts';
import { byPods } from '../../../lib/constructs/traffic/pods/pods.ts';
import { manifestsOf, objectOf, objectsOf, problemsOf } from '../support.ts';
import { rolledOut, rolloutOf } from './support.ts';

const steps = [weight(20), pause('5m')];
const exposed = { expose: httpRoute({ host: 'shop' }) };
const watched = { monitoring: prometheus({ http: starletteExporter }) };

function services(scope: Parameters<typeof objectsOf>[0]): Record<string, unknown> {
  return Object.fromEntries(objectsOf(scope).filter((object) => object.kind === 'Service').map((object) => [object.metadata?.name, (object as unknown as IService).spec?.ports]));
}

describe('a canary', () => {
  it('stands in the Deployment\'s place, with a way back, a deadline that aborts, and never fewer pods than wanted', () => {
    const { chart, app } = rolledOut(canary({ steps }));
    expect(objectsOf(chart).map((object) => object.kind)).not.toContain('Deployment');
    expect(app.workload.value.kind).toBe('Rollout');
    expect(rolloutOf(canary({ steps })).spec).toMatchObject({
      replicas: 5, revisionHistoryLimit: 5, rollbackWindow: { revisions: 5 }, progressDeadlineAbort: true, selector: { matchLabels: { 'app.kubernetes.io/name': 'storefront-web' } },
      strategy: { canary: { maxUnavailable: 0, steps: [{ setWeight: 20 }, { pause: { duration: '5m' } }] } },
    });
  });

  it('says no more than asked for where the app is bare', () => {
    const { spec } = rolloutOf(canary({ steps }), { bare: true, labels: { app: 'web' }, port: 80, service: clusterIp(), replicas: 3 } as never);
    expect(Object.keys(spec).sort()).toEqual(['replicas', 'selector', 'strategy', 'template']);
    expect(spec.strategy).toEqual({ canary: { steps: [{ setWeight: 20 }, { pause: { duration: '5m' } }] } });
  });

  it('goes back at once no further than versions are kept', () => {
    expect(rolloutOf(canary({ steps }), { revisionHistoryLimit: 2 }).spec.rollbackWindow).toEqual({ revisions: 2 });
    expect(rolloutOf(canary({ steps }), { revisionHistoryLimit: 0 }).spec.rollbackWindow).toBeUndefined();
    expect(rolloutOf(canary({ rollbackWindow: false, steps })).spec.rollbackWindow).toBeUndefined();
  });

  it('has a Service for each version beside its own, where the number of pods decides', () => {
    const { chart } = rolledOut(canary({ steps }), { service: loadBalancer({ port: 8080, nodePort: 31000 }) });
    const { name, ...port } = { name: 'http', port: 8080, targetPort: 'http' };
    expect(services(chart)).toEqual({ 'storefront-web': [{ name, ...port, nodePort: 31000 }], 'storefront-web-stable': [{ name, ...port }], 'storefront-web-canary': [{ name, ...port }] });
    expect(rolloutOf(canary({ steps })).spec.strategy?.canary).toMatchObject({ stableService: 'storefront-web-stable', canaryService: 'storefront-web-canary' });
    expect(objectOf<IService>(chart, 'Service', 'storefront-web-canary')).toMatchObject({ metadata: { labels: { 'app.kubernetes.io/name': 'storefront-web-canary' } }, spec: { type: 'ClusterIP', selector: { 'app.kubernetes.io/name': 'storefront-web' } } });
  });

  it('gives everybody the running version by its own Service, where a router shares traffic', () => {
    const { chart } = rolledOut(canary({ steps }), exposed);
    expect(Object.keys(services(chart))).toEqual(['storefront-web', 'storefront-web-canary']);
    expect(objectOf<{ spec: { rules: { backendRefs: { name: string; weight: number }[] }[] } }>(chart, 'HTTPRoute', 'storefront-web').spec.rules[0]?.backendRefs).toMatchObject([{ name: 'storefront-web', weight: 100 }, { name: 'storefront-web-canary', weight: 0 }]);
    expect(rolloutOf(canary({ steps }), exposed).spec.strategy?.canary).toMatchObject({ stableService: 'storefront-web', canaryService: 'storefront-web-canary', trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { httpRoutes: [{ name: 'storefront-web' }] } } } });
  });

  it('leaves the way in as it is where the pods decide all the same', () => {
    const rendered = rolledOut(canary({ traffic: byPods(), steps }), exposed).chart;
    expect(objectOf<{ spec: { rules: { backendRefs: object[] }[] } }>(rendered, 'HTTPRoute', 'storefront-web').spec.rules[0]?.backendRefs).toHaveLength(1);
    expect(rolloutOf(canary({ traffic: byPods(), steps }), exposed).spec.strategy?.canary?.trafficRouting).toBeUndefined();
  });

  it('names Services that the app says itself, and makes those that it doesn\'t', () => {
    const { chart, problems } = rolledOut(canary({ canaryService: 'canary', stableService: 'stable', steps }), { service: [clusterIp(), clusterIp({ name: 'canary', port: 9000 })] });
    expect(problems).toEqual([]);
    expect(Object.fromEntries(Object.entries(services(chart)).map(([name, ports]) => [name, (ports as { port: number }[])[0]?.port]))).toEqual({ 'storefront-web': 80, canary: 9000, stable: 80 });
  });

  it('without a port has no Services', () => {
    const worker = { server: undefined as never, command: ['python', '-m', 'storefront.worker'] };
    expect(services(rolledOut(canary({ steps }), worker).chart)).toEqual({});
    expect(rolloutOf(canary({ steps }), worker).spec.strategy?.canary).not.toHaveProperty('canaryService');
  });

  it('lets the nearest weight do, with the reason in the waiver, only where the app says so', () => {
    const waivers = (approximate?: boolean) => manifestsOf(rolledOut(canary({ ...(approximate !== undefined && { approximate }), steps })).chart).flatMap((manifest) => manifest.waivers.map(({ rule, reason }) => `${rule}: ${reason}`));
    expect(waivers()).toEqual([]);
    expect(waivers(false)).toEqual([]);
    expect(waivers(true)).toEqual([expect.stringMatching(/^canary-weight: the app says approximate: true/)]);
  });

  it('may go without a way back, with the reason in the waiver', () => {
    const { chart } = rolledOut(canary({ rollbackWindow: false, steps }));
    expect(manifestsOf(chart).flatMap((manifest) => manifest.waivers.map(({ rule }) => `${manifest.value.kind} ${rule}`))).toEqual(['Rollout rollback-window']);
  });

  it('is scaled, drained and spread as a Rollout', () => {
    const { chart } = rolledOut(canary({ steps }), { replicas: undefined as never, autoscale: autoscale({ min: 4, max: 9 }) });
    expect(objectOf<IHorizontalPodAutoscaler>(chart, 'HorizontalPodAutoscaler').spec?.scaleTargetRef).toEqual({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'storefront-web' });
    const { spec } = rolloutOf(canary({ steps }), { replicas: undefined as never, autoscale: autoscale({ min: 4, max: 9 }) });
    expect([spec.replicas, spec.template?.spec?.topologySpreadConstraints?.map((each) => each.matchLabelKeys)]).toEqual([4, [['pod-template-hash', 'rollouts-pod-template-hash'], ['pod-template-hash', 'rollouts-pod-template-hash']]]);
    expect(objectsOf(chart).map((object) => object.kind)).toContain('PodDisruptionBudget');
  });

  it('isn\'t taken over by companions', () => {
    const { chart, app } = rolledOut(canary({ steps }));
    new CeleryWorker(chart, 'worker', { sameAs: app, app: 'storefront.tasks' });
    expect(problemsOf(chart)).toEqual([]);
    expect(objectOf(chart, 'Deployment').metadata?.name).toBe('storefront-worker');
  });
});

describe('analyses of a rollout', () => {
  it('are templates of the app, each once, with the hash of the version that is judged', () => {
    const rate = successRate(0.99);
    const { chart, problems } = rolledOut(canary({ background: successRate(0.95, { name: 'all-along', count: 'unlimited' }), steps: [weight(20), analyse(rate), weight(60), analyse(rate)] }), { ...exposed, ...watched });
    expect(problems).toEqual([]);
    expect(objectsOf(chart).filter((object) => object.kind === 'AnalysisTemplate').map((object) => object.metadata?.name)).toEqual(['storefront-web-all-along', 'storefront-web-success-rate']);
    const strategy = rolloutOf(canary({ steps: [weight(20), analyse(rate)] }), { ...exposed, ...watched }).spec.strategy;
    expect(strategy?.canary?.steps?.[1]).toEqual({ analysis: { templates: [{ templateName: 'storefront-web-success-rate' }], args: [{ name: 'canary-hash', valueFrom: { podTemplateHashValue: 'Latest' } }] } });
  });

  it('read both versions from their pods, told apart by the hash', () => {
    const { chart } = rolledOut(canary({ steps }), { ...exposed, ...watched });
    expect(objectsOf(chart).map((object) => object.kind)).not.toContain('ServiceMonitor');
    expect(objectOf<{ spec: { podTargetLabels: string[] } }>(chart, 'PodMonitor').spec.podTargetLabels).toEqual(['rollouts-pod-template-hash']);
  });

  it('are let in by the network policy: the controller\'s checks, and the pods of Jobs', () => {
    const policyOf = (judge: Parameters<typeof analyse>[0]) => JSON.stringify(objectOf<INetworkPolicy>(rolledOut(canary({ steps: [weight(20), analyse(judge)] })).chart, 'NetworkPolicy', 'storefront-web').spec?.ingress ?? []);
    expect(policyOf(httpCheck('/health'))).toContain('argo-rollouts');
    expect(policyOf(smokeTest({ command: ['python', '-m', 'smoke'] }))).toContain('storefront-web-smoke-test');
    expect(policyOf(analysis('other', { metrics: [{ name: 'other', successCondition: 'result', provider: webRequest('https://elsewhere.example/') }] }))).toBe('[]');
  });

  it('bring the Secrets that they read', () => {
    const token = { secret: externalSecret('metrics-token'), key: 'METRICS_TOKEN' };
    const { chart, problems } = rolledOut(canary({ steps: [weight(20), analyse(analysis('told', { args: { token }, metrics: [{ name: 'told', successCondition: 'result.ok', provider: webRequest('https://elsewhere.example/', { headers: { Authorization: 'Bearer {{args.token}}' } }) }] }))] }));
    expect(problems).toEqual([]);
    expect(objectOf(chart, 'ExternalSecret').metadata?.name).toBe('storefront-metrics-token');
  });

  it('of an experiment tell its own pods, and outside of it the rollout\'s', () => {
    const rate = successRate(0.99);
    const judged = experiment({ versions: { baseline: { of: 'stable' }, fresh: { of: 'canary' } }, analyses: { rate: { analysis: rate, requiredForCompletion: true } } });
    const strategy = rolloutOf(canary({ steps: [judged, weight(20), analyse(rate)] }), { ...exposed, ...watched }).spec.strategy;
    expect(strategy?.canary?.steps?.[0]?.experiment?.analyses).toEqual([{ name: 'rate', templateName: 'storefront-web-success-rate', requiredForCompletion: true, args: [{ name: 'canary-hash', value: '{{templates.fresh.podTemplateHash}}' }] }]);
    expect(strategy?.canary?.steps?.[2]?.analysis?.args).toEqual([{ name: 'canary-hash', valueFrom: { podTemplateHashValue: 'Latest' } }]);
  });
});

describe('blue-green', () => {
  it('switches the app\'s Service, and shows the new version by a Service of its own', () => {
    const { chart } = rolledOut(blueGreen({ prePromotion: httpCheck('/health'), autoPromotion: '10m', abortScaleDownDelay: false, scaleDownDelay: '1h' }), exposed);
    expect(Object.keys(services(chart))).toEqual(['storefront-web', 'storefront-web-preview']);
    const { blueGreen: strategy } = rolloutOf(blueGreen({ prePromotion: httpCheck('/health'), autoPromotion: '10m', abortScaleDownDelay: false, scaleDownDelay: '1h' }), exposed).spec.strategy ?? {};
    expect(strategy).toMatchObject({ activeService: 'storefront-web', previewService: 'storefront-web-preview', autoPromotionSeconds: 600, abortScaleDownDelaySeconds: 0, scaleDownDelaySeconds: 3600, prePromotionAnalysis: { templates: [{ templateName: 'storefront-web-http-check' }] } });
    const template = objectOf<{ spec: { args: { name: string; value: string }[] } }>(chart, 'AnalysisTemplate');
    expect(template.spec.args).toContainEqual({ name: 'canary-service', value: 'storefront-web-preview' });
  });

  it('has no preview where nobody wants one', () => {
    expect(Object.keys(services(rolledOut(blueGreen({ previewService: false })).chart))).toEqual(['storefront-web']);
    expect(rolloutOf(blueGreen({ previewService: false, autoPromotion: true })).spec.strategy).toEqual({ blueGreen: { activeService: 'storefront-web', autoPromotionEnabled: true } });
  });
});
