import { describe, expect, it } from 'vitest';
import type { Loose } from '../healthy-app.ts';
import { canary, rollout, service, template, use } from '../rules/rollout-objects.ts';
import { judged } from './world.ts';

/** What a rule says of a Rollout beside others. */
function said(rule: string, made: Loose, ...objects: readonly Loose[]): string[] {
  return judged({ rollout: made, objects }, { unattended: true }).filter((finding) => finding.rule === rule).map(({ message, fix }) => `${message} | ${fix}`);
}

const weighed = (...steps: readonly Loose[]): Loose => canary({ steps: [{ setWeight: 20 }, ...steps] });
const query = (text: string): Loose => ({ provider: { prometheus: { query: text } } });
const ofPods = (window: string): Loose => query(`sum(rate(ok{rollouts_pod_template_hash="{{args.hash}}"}[${window}]))`);
const scaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'api', namespace: 'shop' }, spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'api' }, minReplicas: 2, maxReplicas: 8 } };
const quota = (hard: Loose): Loose => ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'room', namespace: 'shop' }, spec: { hard } });

describe('what the rules say of a rollout', () => {
  it('tells how long an analysis measures, how long its query looks back, and by how much to measure longer', () => {
    expect(said('analysis-duration', weighed({ analysis: use() }), template({ interval: '10s', ...ofPods('5m') }))).toEqual([
      'the metric rate of AnalysisTemplate rate measures for 40s, but its query looks at 5m: it would judge what was before the new version | shorten the query\'s window to at most 40s, or measure longer: pause before the analysis, or raise initialDelay, count or interval by 4m20s',
    ]);
  });

  it('counts the pauses before an analysis, and the analyses before it', () => {
    const short = template({ interval: '10s', ...ofPods('5m') });
    expect(said('analysis-duration', weighed({ pause: { duration: '4m' } }, { analysis: use() }), short)).toEqual([expect.stringContaining('measures for 4m40s from the first traffic on, but its query looks at 5m')]);
    expect(said('analysis-duration', weighed({ pause: { duration: '4m20s' } }, { analysis: use() }), short)).toEqual([]);
    expect(said('analysis-duration', weighed({ analysis: use('long') }, { analysis: use() }), short, template({}, {}, 'long'))).toEqual([expect.stringContaining('measures for 4m40s')]);
  });

  it('counts neither what is before the first traffic nor a template that it doesn\'t know', () => {
    const short = template({ interval: '10s', ...ofPods('5m') });
    expect(said('analysis-duration', canary({ steps: [{ pause: { duration: '1h' } }, { setWeight: 20 }, { analysis: use() }] }), short)).toEqual([expect.stringContaining('measures for 40s')]);
    expect(said('analysis-duration', weighed({ analysis: { templates: [{ templateName: 'of-others', clusterScope: true }] } }, { analysis: use() }), short)).toEqual([]);
  });

  it('takes the window from an argument, and the shortest of several', () => {
    const windowed = template({ interval: '10s', ...ofPods('{{args.window}}') }, { args: [{ name: 'hash' }, { name: 'window', value: '1m' }] });
    const given = (window: string): Loose => weighed({ analysis: use('rate', [{ name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } }, { name: 'window', value: window }]) });
    expect(said('analysis-duration', given('10m'), windowed)).toEqual([expect.stringContaining('its query looks at 10m')]);
    expect(said('analysis-duration', given('30s'), windowed)).toEqual([]);
    expect(said('analysis-duration', weighed({ analysis: use() }), template({ interval: '10s', ...query('rate(a{h="{{args.hash}}"}[30s]) / rate(b[1h])') }))).toEqual([]);
  });

  it('tells how many measurements the steps leave time for', () => {
    const behind = (metric: Loose): string[] => said('analysis-duration', canary({ steps: [{ setWeight: 20 }, { pause: { duration: '10m' } }], analysis: use() }), template({ ...ofPods('1m'), ...metric }));
    expect(behind({ interval: '5m', count: 10 })).toEqual(['the metric rate of AnalysisTemplate rate is measured 10 times in 45m, but after 10m the steps are done, with 3 of them | measure fewer times or faster, or pause longer in the steps: 45m in all']);
    expect(behind({ interval: '5m', count: undefined, failureLimit: 3 })).toEqual(['the metric rate of AnalysisTemplate rate can never fail: that takes more than 3 failures, but after 10m the steps are done, with 3 measurements | lower failureLimit or interval, or pause longer in the steps']);
    expect(behind({ interval: '5m', count: undefined, failureLimit: 2 })).toEqual([]);
    expect(behind({ interval: '5m', count: 3 })).toEqual([]);
    expect(behind({ interval: '5m', count: 3, initialDelay: '1m' })).toEqual([expect.stringContaining('is measured 3 times in 11m, but after 10m the steps are done, with 2 of them')]);
    expect(behind({ count: 1, interval: undefined, initialDelay: '10m' })).toEqual([expect.stringContaining('is never measured: its initialDelay is 10m')]);
    expect(behind({ count: 1, interval: undefined, initialDelay: '9m' })).toEqual([]);
    expect(behind({ initialDelay: '15m' })).toEqual(['the metric rate of AnalysisTemplate rate is never measured: its initialDelay is 15m, but after 10m the steps are done | shorten initialDelay, or pause longer in the steps']);
  });

  it('asks for two scrapes in a window, and for one before a value is read', () => {
    const scraped = (interval: string): Loose => ({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'api', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'api' } }, podMetricsEndpoints: [{ interval }] } });
    const after = weighed({ pause: { duration: '10m' } }, { analysis: use() });
    expect(said('analysis-duration', after, template(ofPods('1m')), scraped('30s'))).toEqual([]);
    expect(said('analysis-duration', after, template(ofPods('1m')), scraped('31s'))).toEqual([expect.stringContaining('looks at 1m, but its pods are scraped every 31s: a rate needs two samples in its window, and there is never a result | widen the window to at least 1m2s, better 2m4s')]);
    const others = template({ ...query('sum(rate(ok{service="{{args.service}}"}[1m]))') }, { args: [{ name: 'service' }] });
    expect(said('analysis-duration', weighed({ pause: { duration: '10m' } }, { analysis: use('rate', [{ name: 'service', value: 'x' }]) }), others, scraped('1m'))).toEqual([]);
  });

  it('gives an argument the value of whichever template has one, and of the Rollout before both', () => {
    const declared = (...args: Loose[]): Loose => ({ args: [{ name: 'hash' }, ...args] });
    const two = (...given: Loose[]): Loose => weighed({ analysis: { templates: [{ templateName: 'rate' }, { templateName: 'more' }], args: [{ name: 'hash', value: 'x' }, ...given] } });
    const first = template(ofPods('{{args.window}}'), declared({ name: 'window' }));
    const second = (value?: string): Loose => template(ofPods('1m'), declared({ name: 'window', ...(value !== undefined && { value }) }), 'more');
    expect(said('analysis-arguments', two(), first, second())).toEqual([expect.stringContaining('expected a value for the argument "window" of rate, more, got none')]);
    expect(said('analysis-arguments', two(), first, second('1m'))).toEqual([]);
    expect(said('analysis-duration', two(), first, second('10m'))).toEqual([expect.stringContaining('its query looks at 10m')]);
    expect(said('analysis-duration', two({ name: 'window', value: '2m' }), first, second('10m'))).toEqual([]);
  });

  it('adds minReadySeconds to what the probes give a pod', () => {
    const slow = (progressDeadlineSeconds: number): Loose => {
      const made = canary({}, { progressDeadlineSeconds, minReadySeconds: 30 });
      const { template: pods } = made['spec'] as { template: { spec: { containers: Loose[] } } };
      Object.assign(pods.spec.containers[0] ?? {}, { startupProbe: { httpGet: { path: '/', port: 8000 }, initialDelaySeconds: 10, periodSeconds: 10, failureThreshold: 9 }, readinessProbe: { httpGet: { path: '/', port: 8000 }, initialDelaySeconds: 20 } });
      return made;
    };
    expect(said('progress-deadline', slow(149))).toEqual([expect.stringContaining('expected at least 150: the probes of api give it 120s to get ready, and minReadySeconds adds 30; got 149, after which the rollout is degraded')]);
    expect(said('progress-deadline', slow(150))).toEqual([]);
  });

  it('names the nearest weight, and judges at the autoscaler\'s minimum', () => {
    expect(said('canary-weight', canary({ steps: [{ setWeight: 20 }] }), scaler)).toEqual([expect.stringContaining('expected a weight that 2 replicas, the minimum of the HorizontalPodAutoscaler, can make, got 20: the nearest is 33.3 % (1 of 3 pods); 4 replicas would make 20')]);
  });

  it('tells what a Rollout needs at its peak, what the others take, and what there is', () => {
    const twice = rollout({ blueGreen: { activeService: 'live' } });
    const other = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1', resources: { requests: { memory: '1Gi' } } }] } } } };
    expect(said('rollout-quota', twice, service('live'), other, quota({ 'requests.memory': '5Gi', 'pods': 12 }))).toEqual([
      expect.stringContaining('needs 10 of pods at its peak (5 running and 5 new), and the others of shop 3: the ResourceQuota room allows 12'),
      expect.stringContaining('needs 2560Mi of requests.memory at its peak (5 running and 5 new, 256Mi each), and the others of shop 3072Mi: the ResourceQuota room allows 5Gi'),
    ]);
    expect(said('rollout-quota', canary({ maxSurge: 1 }), scaler, quota({ cpu: '4' }))).toEqual([expect.stringContaining('needs 4500m of cpu at its peak (8 running and 1 new, 500m each, at the maximum of its HorizontalPodAutoscaler, 8): the ResourceQuota room allows 4')]);
  });

  describe('of a Rollout of a Deployment\'s pods', () => {
    const labels = { app: 'web' };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1' }] } } } };
    const referring = (strategy: Loose): Loose => {
      const made = rollout(strategy, { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } });
      const { template: _, selector: __, ...spec } = made['spec'] as Loose;
      return { ...made, spec };
    };

    it('counts them once', () => {
      const twice = referring({ blueGreen: { activeService: 'live' } });
      expect(said('rollout-quota', twice, service('live', labels), deployment, quota({ pods: 10 }))).toEqual([]);
      expect(said('rollout-quota', twice, service('live', labels), deployment, quota({ pods: 9 }))).toEqual([expect.stringContaining('needs 10 of pods at its peak (5 running and 5 new): the ResourceQuota room allows 9')]);
    });

    it('leaves fields of their template to the Deployment', () => {
      const asked = (fieldPath: string): Loose => referring({ canary: { steps: [{ setWeight: 20 }, { analysis: use('rate', [{ name: 'hash', valueFrom: { fieldRef: { fieldPath } } }]) }] } });
      expect(said('analysis-arguments', asked('spec.template.spec.containers[0].image'), template(), deployment)).toEqual([]);
      expect(said('analysis-arguments', asked('spec.team'), template(), deployment)).toEqual([expect.stringContaining('expected a field that the Rollout has, got "spec.team": it has no "team" there')]);
    });
  });

  it('lets a required analysis go on where the experiment ends by its duration', () => {
    const trial = (more: Loose): Loose => canary({ steps: [{ experiment: { templates: [{ name: 'a', specRef: 'canary' }], analyses: [{ name: 'x', templateName: 'rate', requiredForCompletion: true, args: [{ name: 'hash', value: 'x' }] }], ...more } }] });
    expect(said('endless-analysis', trial({ duration: '1h' }), template({ count: undefined }))).toEqual([]);
    expect(said('endless-analysis', trial({}), template({ count: undefined }))).toEqual([expect.stringContaining('never ends: it has an interval and no count, and the experiment has no duration')]);
  });

  it('says of an experiment what would end it, and of a route how its version gets pods', () => {
    const trial = (more: Loose = {}): Loose => canary({ steps: [{ experiment: { templates: [{ name: 'a', specRef: 'canary' }], ...more } }] });
    const analyses = [{ name: 'x', templateName: 'rate', args: [{ name: 'hash', value: 'x' }] }];
    const mended = 'give the experiment a duration, or require one of its analyses (requiredForCompletion: true)';
    expect(said('endless-experiment', trial())).toEqual([`expected a duration, or an analysis with requiredForCompletion: true, got no duration and no analysis: the experiment would never end | ${mended}`]);
    expect(said('endless-experiment', trial({ analyses }), template())).toEqual([expect.stringContaining('got no duration and 1 analysis, none of them required')]);
    const mirrored = (...before: readonly Loose[]): Loose => canary({ stableService: 'live', canaryService: 'next', trafficRouting: { plugins: { 'acme/router': {} }, managedRoutes: [{ name: 'reads' }] }, steps: [...before, { setMirrorRoute: { name: 'reads', match: [{ method: { exact: 'GET' } }] } }] });
    expect(said('route-without-pods', mirrored(), service('live'), service('next'))).toEqual([expect.stringContaining('got none: its weight is 0 here, and no setCanaryScale gives it any; the route would lead nowhere | put canaryScale({ replicas: 1 }) before it')]);
    expect(said('route-without-pods', mirrored({ setCanaryScale: { replicas: 0 } }), service('live'), service('next'))).toEqual([expect.stringContaining('got none: spec.strategy.canary.steps[0].setCanaryScale gives it 0')]);
  });

  it('says where nobody is there to go on', () => {
    expect(said('endless-pause', weighed({ pause: {} }))).toEqual(['expected a duration in an unattended environment, got a pause that a person ends: it would never end | give the pause a duration, or let an analysis decide']);
  });
});
