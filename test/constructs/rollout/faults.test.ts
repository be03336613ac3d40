import { describe, expect, it } from 'vitest';
import { analysis, existingAnalysis } from '../../../lib/constructs/analysis/analysis.ts';
import { prometheusQuery } from '../../../lib/constructs/analysis/prometheus/options.ts';
import { httpCheck } from '../../../lib/constructs/analysis/ready-made/http-check.ts';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import { clusterIp } from '../../../lib/constructs/network/service-options.ts';
import { blueGreen } from '../../../lib/constructs/rollout/blue-green-options.ts';
import { canary } from '../../../lib/constructs/rollout/canary-options.ts';
import { analyse, canaryScale, experiment, headerRoute, pause, weight } from '../../../lib/constructs/rollout/steps.ts';
import { nginx } from '../../../lib/constructs/traffic/nginx.ts';
import type { PythonAppProps } from '../../../lib/constructs/python-app/props.ts';
import { objectsOf } from '../support.ts';
import { rolledOut } from './support.ts';

const exposed = { expose: httpRoute({ host: 'shop' }) };
/** Without a port there is no Service. */
const worker = { server: undefined as never, command: ['python', '-m', 'storefront.worker'] };
const twice = (query: string) => analysis('errors', { metrics: [{ name: 'errors', successCondition: 'result[0] < 1', provider: prometheusQuery(query, { address: 'http://prometheus:9090' }) }] });

/** What a person wrote by mistake, and what is said of it, each report once: its field, and a part of its words. */
const mistakes: readonly (readonly [what: string, rollout: unknown, props: Partial<PythonAppProps>, reports: readonly string[]])[] = [
  ['a strategy that there is not', { kind: 'rolling' }, {}, ['rollout.kind: expected one of blueGreen, canary, got "rolling"']],
  ['a misspelt option', { kind: 'canary', step: [] }, {}, ['rollout.step: unknown field']],
  ['a step that is none', canary({ steps: [weight(20), { step: 'wait' } as never] }), {}, ['rollout.steps[1].step: expected one of analyse, canary-scale, experiment']],
  ['a step as Argo Rollouts writes it', canary({ steps: [{ setWeight: 20 } as never, { pause: { duration: '5m' } } as never] }), {}, [
    'rollout.steps[0]: expected what analyse(), canaryScale(), experiment(), headerRoute(), mirrorRoute(), pause(), pluginStep(), weight() give, got an object with setWeight: setWeight is weight(20) here', 'rollout.steps[1]: expected what analyse()',
  ]],
  ['a strategy as Argo Rollouts writes it', { canary: { steps: [] } }, {}, ['rollout: expected what blueGreen(), canary() give, got an object with canary: canary is canary({ … }) here']],
  ['a router by its name', canary({ traffic: 'nginx' as never }), exposed, ['rollout.traffic: expected what alb(), byPods(), gatewayApi(), istio(), nginx(), traefik() give, got "nginx"']],
  ['a router as Argo Rollouts writes it', canary({ traffic: { nginx: {} } as never }), exposed, ['rollout.traffic: expected what alb(), byPods(), gatewayApi(), istio(), nginx(), traefik() give, got an object with nginx: nginx is nginx() here']],
  ['a template by its name', canary({ background: 'success-rate' as never }), {}, ["rollout.background: expected an analysis, such as successRate(0.99), got \"success-rate\": a template that is there already is existingAnalysis('success-rate')"]],
  ['templates as Argo Rollouts writes them', canary({ background: { templates: [] } as never }), {}, ['rollout.background: expected what analysis(), existingAnalysis(), ']],
  ['a weight that is a text', canary({ steps: [weight('20%' as never)] }), {}, ['rollout.steps[0].weight: expected number, got "20%"']],
  ['a weight beyond all', canary({ steps: [weight(120)] }), exposed, ['rollout.steps[0].weight: expected a weight from 0 to 100, got 120']],
  ['a weight beyond the router\'s total', canary({ traffic: nginx({ totalWeight: 1000 }), steps: [weight(1001)] }), { expose: ingress({ host: 'shop', className: 'nginx' }) }, ['rollout.steps[0].weight: expected a weight from 0 to 1000, got 1001']],
  ['a pause without a unit', canary({ steps: [pause('5')] }), {}, ['rollout.steps[0].duration: expected a duration']],
  ['a pause of a fraction', canary({ steps: [pause('500ms')] }), {}, ['rollout.steps[0].duration: expected whole seconds']],
  ['analyses that aren\'t any', canary({ steps: [analyse('success-rate' as never)] }), {}, ['rollout.steps[0]']],
  ['no pod more and none less', canary({ maxSurge: 0, maxUnavailable: '0%' }), {}, ['rollout.maxSurge: expected a pod more or a pod less']],
  ['what only a router can', canary({ dynamicStableScale: true, minPodsPerReplicaSet: 2, abortScaleDownDelay: '1m', steps: [canaryScale({ replicas: 1 }), headerRoute('testers', { a: 'b' })] }), {}, [
    'rollout.abortScaleDownDelay: expected abortScaleDownDelay only with a traffic router', 'rollout.dynamicStableScale', 'rollout.minPodsPerReplicaSet', 'rollout.steps[0]: expected a router that can', 'rollout.steps[1]: expected a router that can',
  ]],
  ['a stable version that shrinks and stays', canary({ dynamicStableScale: true, scaleDownDelay: '1m', steps: [weight(20)] }), exposed, ['rollout.scaleDownDelay: expected no scaleDownDelay with dynamicStableScale']],
  ['an approximation of exact weights', canary({ approximate: true, steps: [weight(20)] }), exposed, ['rollout.approximate: expected approximate only where the number of pods decides']],
  ['ping and pong without a router for it', canary({ pingPong: true, canaryService: 'x', steps: [weight(20)] }), {}, ['rollout.canaryService: expected no canaryService with pingPong', 'rollout.pingPong: expected pingPong only with']],
  ['one Service for both versions', canary({ canaryService: 'same', stableService: 'same', steps: [weight(20)] }), exposed, ['rollout.canaryService: expected a Service of its own']],
  ['the Service that everybody calls as the canary\'s', canary({ canaryService: 'storefront-web', steps: [weight(20)] }), {}, ['rollout.canaryService: expected another Service than "storefront-web"']],
  ['one Service for blue and green', blueGreen({ previewService: 'storefront-web' }), {}, ['rollout.previewService: expected a Service of its own']],
  ['blue-green without a Service', blueGreen(), worker, ['rollout.activeService: expected a Service']],
  ['fewer pods to look at, and nobody who looks', blueGreen({ previewService: false, previewReplicas: 1 }), {}, ['rollout.previewReplicas: expected something that looks']],
  ['a switch at no time', blueGreen({ autoPromotion: '0s' }), {}, ['rollout.autoPromotion: expected whole seconds, at least 1s']],
  ['more versions back than are kept', canary({ rollbackWindow: 8, scaleDownDelayRevisionLimit: 7, steps: [weight(20)] }), exposed, ['rollout.rollbackWindow: expected no more than the 5 old versions', 'rollout.scaleDownDelayRevisionLimit: expected no more than the 5 old versions']],
  ['a deadline before pods count as ready', canary(), { minReadySeconds: 600 }, ['progressDeadlineSeconds: expected more than minReadySeconds (600), got 600, the usual']],
  ['labels of a version that select all', canary({ canaryMetadata: { labels: { 'app.kubernetes.io/name': 'canary', 'rollouts-pod-template-hash': 'x' } } }), {}, ['rollout.canaryMetadata.labels["app.kubernetes.io/name"]: expected a label that only tells versions apart', 'rollout.canaryMetadata.labels.rollouts-pod-template-hash']],
  ['a rollout of a StatefulSet', canary(), { workload: 'statefulSet' }, ['rollout: expected no rollout on a statefulSet']],
  ['a rollout beside a strategy', canary(), { strategy: { type: 'Recreate' } }, ['strategy: expected a strategy or a rollout']],
  ['a background that starts after the end', canary({ background: { analyses: [existingAnalysis('a')], from: 2 }, steps: [weight(20), pause('1m')] }), {}, ['rollout.background.from: expected one of the steps 0 to 1, got 2']],
  ['a background to nothing', canary({ background: existingAnalysis('a') }), {}, ['rollout.background: expected steps during which it runs']],
  ['a check of an app without a Service', canary({ steps: [weight(20), analyse(httpCheck('/'))] }), worker, ['rollout.steps[1].args.canary-service: expected to know', 'rollout.steps[1].args.port: expected to know']],
  ['two analyses of one name', canary({ steps: [analyse(twice('a')), analyse(twice('b'))] }), {}, ['rollout.steps[1].analyses[0]: expected a name of its own for each analysis, got "errors", which says something else at rollout.steps[0].analyses[0]']],
  ['a value for an argument that there is not', blueGreen({ prePromotion: { analyses: [twice('a')], args: { limt: 3 } } }), {}, ['rollout.prePromotion.args.limt: expected the name of an argument']],
  ['a metric of a single analysis that is wrong', blueGreen({ postPromotion: analysis('errors', { metrics: [{ name: 'errors', interval: '1m', provider: prometheusQuery('{{args.hash}}', { address: 'http://p:9090' }) }] }) }), {}, ['rollout.postPromotion.metrics[0].count: expected a number of measurements', 'rollout.postPromotion.metrics[0].provider.query: expected an argument that the analysis declares']],
  ['weights of an experiment without a router', canary({ steps: [experiment({ versions: { canary: { of: 'canary', weight: 5 } } })] }), {}, ['rollout.steps[0]: expected a router that can give a version of an experiment a weight']],
  ['a header that compares in two ways', canary({ steps: [headerRoute('testers', { a: { exact: 'b', prefix: 'c' } as never })] }), exposed, ['rollout.steps[0].headers.a: expected a text, { exact }, { prefix } or { regex }']],
  ['a name that leaves no room', canary({ steps: [weight(20)] }), { name: `web-${'x'.repeat(56)}` }, ['rollout: name of a Service: expected', 'rollout: name of a Service: expected']],
  ['a router of a bare app without the Services', canary({ traffic: nginx(), steps: [weight(20)] }), { bare: true, labels: { app: 'web' }, port: 80, service: clusterIp(), expose: ingress({ host: 'shop', className: 'nginx' }) } as never, ['rollout.canaryService: expected the name of the new version\'s Service']],
];

describe('a mistake in a rollout is told at its field, and nothing is rendered', () => {
  it.each(mistakes)('%s', (_what, rollout, props, reports) => {
    const { chart, problems } = rolledOut(rollout as never, props);
    const told = problems.map((problem) => problem.replace('storefront/web: ', ''));
    expect(told.filter((problem) => !reports.some((report) => problem.startsWith(report)))).toEqual([]);
    expect(reports.filter((report) => !told.some((problem) => problem.startsWith(report)))).toEqual([]);
    expect(told).toHaveLength(reports.length);
    expect(objectsOf(chart)).toEqual([]);
  });

  it('together with every other', () => {
    const { problems } = rolledOut(canary({ maxSurge: 0, maxUnavailable: 0, rollbackWindow: 9, steps: [weight(101), pause('soon'), { step: 'wait' } as never] }), { replicas: -1 });
    expect(problems.map((problem) => problem.split(': ')[1])).toEqual(['replicas', 'rollout.steps[1].duration', 'rollout.steps[2].step']);
    const { problems: further } = rolledOut(canary({ maxSurge: 0, maxUnavailable: 0, rollbackWindow: 9, steps: [weight(101)] }), { replicas: 3, autoscale: { max: 5 } });
    expect(further.map((problem) => problem.split(': ')[1])).toEqual(['replicas', 'rollout.maxSurge', 'rollout.rollbackWindow', 'rollout.steps[0].weight']);
  });
});
