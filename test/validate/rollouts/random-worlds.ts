import fc from 'fast-check';
import type { Loose, LooseValue } from '../healthy-app.ts';
import { ingress, rollout, service, template } from '../rules/rollout-objects.ts';
import type { World } from './world.ts';

/** Mostly what is sound, and now and then what isn't: the odds against it, of one choice. */
const odds = 40;

function mostly<T>(sound: fc.Arbitrary<T>, ...odd: readonly T[]): fc.Arbitrary<T> {
  return odd.length === 0 ? sound : fc.oneof({ weight: odds, arbitrary: sound }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
}

const one = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** A record whose fields may be absent: `undefined` isn't written. */
function fields(shape: Readonly<Record<string, fc.Arbitrary<LooseValue>>>): fc.Arbitrary<Loose> {
  return fc.record(shape).map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)) as Loose);
}

const hash: Loose = { name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } };
const args = mostly(one<LooseValue>([hash]), [], [hash, { name: 'least', value: '0.9' }], [hash, { name: 'team', valueFrom: { fieldRef: { fieldPath: 'metadata.labels[\'team\']' } } }], [{ name: 'hsah', value: 'x' }], [{ name: 'hash', valueFrom: { fieldRef: { fieldPath: 'metadata.generation' } } }], [hash, { name: 'team', valueFrom: { fieldRef: { fieldPath: 'metadata.labels[\'a b\']' } } }], [{ name: 'hash' }]);
const names = mostly(one(['rate'], ['more'], ['rate', 'more'], ['nested'], ['shared'], ['fixed']), ['gone'], ['endless'], ['same', 'rate'], ['circle'], ['broken'], ['counted'], ['other', 'rate']);
const patterns = (list: string): fc.Arbitrary<LooseValue> => mostly(one<LooseValue>(undefined), [{ metricName: 'rate', ...(list === 'measurementRetention' && { limit: 3 }) }], [{ metricName: '.*', ...(list === 'measurementRetention' && { limit: 3 }) }, { metricName: '.*', ...(list === 'measurementRetention' && { limit: 2 }) }]);
const analysis = fields({ templates: names.map((list) => list.map((templateName) => ({ templateName, ...(templateName === 'shared' && { clusterScope: true }) }))), args, dryRun: patterns('dryRun'), measurementRetention: patterns('measurementRetention') });
const match = mostly(one<Loose>({ exact: 'a' }), { prefix: 'a' }, { exact: 'a', regex: 'b' }, {});
const routeName = mostly(one('try'), 'other');
const trial = fields({ name: one('a', 'b'), specRef: mostly(one('canary', 'stable'), 'old'), replicas: one<LooseValue>(undefined, 1, 3), weight: one<LooseValue>(undefined, undefined, undefined, 5) });
const experiment = fields({
  duration: mostly(one<LooseValue>('5m', undefined), 'soon'),
  templates: fc.array(trial, { minLength: 1, maxLength: 2 }),
  analyses: mostly(args.map((given): LooseValue => [{ name: 'x', templateName: 'rate', requiredForCompletion: true, ...(given !== undefined && { args: given }) }])),
});

const step = fc.oneof(
  { weight: 6, arbitrary: mostly(one(5, 20, 50, 100), -1, 101, 1001).map((setWeight): Loose => ({ setWeight })) },
  { weight: 4, arbitrary: mostly(one<LooseValue>('10m', 30, '45', undefined), '1d', -1, 'x').map((duration): Loose => ({ pause: duration === undefined ? {} : { duration } })) },
  { weight: 3, arbitrary: analysis.map((value): Loose => ({ analysis: value })) },
  { weight: 1, arbitrary: experiment.map((value): Loose => ({ experiment: value })) },
  { weight: 1, arbitrary: one<Loose>({ replicas: 2 }, { weight: 20 }, { matchTrafficWeight: true }).map((setCanaryScale): Loose => ({ setCanaryScale })) },
  { weight: 1, arbitrary: fc.tuple(routeName, match).map(([name, headerValue]): Loose => ({ setHeaderRoute: { name, match: [{ headerName: 'x', headerValue }] } })) },
  { weight: 1, arbitrary: fc.tuple(routeName, match).map(([name, path]): Loose => ({ setMirrorRoute: { name, percentage: 10, match: [{ path }] } })) },
  { weight: 1, arbitrary: one<Loose>({}, { setWeight: 20, pause: {} }, { setCanaryScale: { replicas: 1 }, setWeight: 20 }) },
);

/** Weights that rise, mostly: one that falls is refused by our rules alone. */
const steps = fc.array(step, { maxLength: 5 }).map((list) => {
  const weights = list.flatMap(({ setWeight }) => (typeof setWeight === 'number' && setWeight >= 0 ? [setWeight] : [])).sort((a, b) => a - b);
  return list.map((each) => (typeof each['setWeight'] === 'number' && each['setWeight'] >= 0 ? { ...each, setWeight: weights.shift() ?? 100 } : each));
});

const router = mostly(one<Loose>({ plugins: { 'acme/router': {} } }, { nginx: { stableIngress: 'way-in' } }, { alb: { ingress: 'way-in', servicePort: 80, rootService: 'live' } }, { istio: { virtualService: { name: 'mesh' } } }, { traefik: { weightedTraefikServiceName: 'shares' } }),
  { nginx: {} }, { nginx: { stableIngress: 'way-in', stableIngresses: ['way-in'] } }, { nginx: { stableIngress: 'astray' } }, { nginx: { stableIngress: 'gone' } }, { alb: { ingress: 'way-in', servicePort: 80 } }, { istio: {} }, { istio: { virtualService: { name: 'mesh', routes: ['gone'] } } },
  { istio: { virtualService: { name: 'mesh' }, destinationRule: { name: 'rule', stableSubsetName: 'old', canarySubsetName: 'new' } } }, { istio: { virtualService: { name: 'two' } } }, { nginx: { stableIngress: 'way-in' }, istio: { virtualService: { name: 'mesh' } } });
const routing = fc.tuple(router, mostly(one<LooseValue>([{ name: 'try' }]), undefined, []), mostly(one<LooseValue>(undefined), 1000)).map(([by, managedRoutes, maxTrafficWeight]): Loose => ({ ...by, ...(managedRoutes !== undefined && { managedRoutes }), ...(maxTrafficWeight !== undefined && { maxTrafficWeight }) }));

const affinity = mostly(one<LooseValue>(undefined, { requiredDuringSchedulingIgnoredDuringExecution: {} }, { preferredDuringSchedulingIgnoredDuringExecution: { weight: 1 } }), {}, { preferredDuringSchedulingIgnoredDuringExecution: { weight: 0 } }, { preferredDuringSchedulingIgnoredDuringExecution: { weight: 5 }, requiredDuringSchedulingIgnoredDuringExecution: {} });
const share = one<LooseValue>(undefined, undefined, 0, '0', '0%', 1, '25%', '25', 'x');
const serviceName = (usual: string): fc.Arbitrary<LooseValue> => mostly(one<LooseValue>(usual), undefined, 'live', 'astray', 'gone', 'claimed');

const canary = fields({
  steps, stableService: serviceName('live'), canaryService: serviceName('next'), trafficRouting: fc.oneof(one<LooseValue>(undefined), routing), analysis: fc.oneof({ weight: 3, arbitrary: one<LooseValue>(undefined) }, { weight: 1, arbitrary: analysis }),
  maxSurge: share, maxUnavailable: share, antiAffinity: affinity, scaleDownDelaySeconds: mostly(one<LooseValue>(undefined), 30), dynamicStableScale: mostly(one<LooseValue>(undefined, false), true),
  pingPong: mostly(one<LooseValue>(undefined), { pingService: 'live', pongService: 'next' }, { pingService: 'live', pongService: 'live' }, { pingService: '', pongService: 'next' }),
});
const blueGreen = fields({
  activeService: mostly(one<LooseValue>('live'), 'gone', 'astray'), previewService: mostly(one<LooseValue>('next', undefined), 'live'), prePromotionAnalysis: fc.oneof(one<LooseValue>(undefined), analysis), postPromotionAnalysis: fc.oneof(one<LooseValue>(undefined), analysis),
  antiAffinity: affinity, scaleDownDelayRevisionLimit: mostly(one<LooseValue>(undefined, 2), 20), autoPromotionEnabled: one<LooseValue>(undefined, true, false), autoPromotionSeconds: one<LooseValue>(undefined, 30),
});
const strategy = mostly(fc.oneof({ weight: 4, arbitrary: canary.map((value): Loose => ({ canary: value })) }, { weight: 1, arbitrary: blueGreen.map((value): Loose => ({ blueGreen: value })) }), {}, { canary: {}, blueGreen: { activeService: 'live' } });

const podChange = mostly(one<Loose>({}, { terminationGracePeriodSeconds: 30 }), { restartPolicy: 'Never' }, { activeDeadlineSeconds: 5 }, { containers: [] }, { hostNetwork: 'yes' });
const containerChange = mostly(one<Loose>({}, { ports: [{ name: 'http', containerPort: 8000 }] }), { ports: [{ containerPort: 70_000 }] }, { ports: [{ name: 'Not A Name', containerPort: 80 }] }, { name: 'Bad_Name' }, { image: '' }, { volumeMounts: [{ name: 'gone', mountPath: '/x' }] }, { env: [{ name: 'a=b' }] },
  { resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }, { imagePullPolicy: 'Sometimes' }, { readinessProbe: { httpGet: { port: 80 }, successThreshold: -1 } }, { livenessProbe: { periodSeconds: 5 } }, { terminationMessagePolicy: 'Loud' });
const selector = mostly(one<LooseValue>({ matchLabels: { app: 'api' } }, { matchExpressions: [{ key: 'app', operator: 'Exists' }] }), undefined, {}, { matchLabels: { app: 'b' } }, { matchExpressions: [{ key: 'app', operator: 'In' }] }, { matchExpressions: [{ key: 'app', operator: 'Is', values: ['api'] }] }, { matchLabels: { 'a b': 'c' } });

/** What the Rollouts of the worlds may name. */
const surroundings: readonly Loose[] = [
  service('live'), service('next'), service('astray', { app: 'other' }),
  { ...service('claimed'), metadata: { name: 'claimed', namespace: 'shop', annotations: { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'other' } } },
  ingress('way-in', 'live'), ingress('astray', 'next'),
  mesh('mesh', [{ route: ['live', 'next'].map((host) => ({ destination: { host } })) }]), mesh('two', [{ name: 'a', route: [] }, { name: 'b', route: [] }]),
  { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: 'rule', namespace: 'shop' }, spec: { host: 'api' } },
  { apiVersion: 'traefik.io/v1alpha1', kind: 'TraefikService', metadata: { name: 'shares', namespace: 'shop' }, spec: {} },
  template(), template({ failureCondition: 'result[0] < {{args.least}}' }, { args: [{ name: 'hash' }, { name: 'least', value: '0.5' }] }, 'more'), template({}, { args: [{ name: 'hash', value: 'x' }] }, 'fixed'),
  template({}, { args: [], metrics: [], templates: [{ templateName: 'rate' }, { templateName: 'shared', clusterScope: true }] }, 'nested'), template({}, {}, 'shared', 'ClusterAnalysisTemplate'),
  template({ count: undefined }, {}, 'endless'), template({ name: 'rate' }, {}, 'same'), template({ count: 3, failureLimit: 5 }, {}, 'broken'),
  template({ count: '{{args.times}}' }, { args: [{ name: 'hash' }, { name: 'times' }] }, 'counted'), template({}, { args: [{ name: 'hash', value: '1' }] }, 'other'),
];

function mesh(name: string, http: LooseValue[]): Loose {
  return { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name, namespace: 'shop' }, spec: { hosts: ['api'], http } };
}

/** A Rollout of any kind, sound or not, in a namespace with what it may name. */
export const worlds: fc.Arbitrary<World> = fc.record({
  strategy, podChange, containerChange, selector,
  spec: fields({
    replicas: mostly(one<LooseValue>(100, undefined, 0, 3), -1), minReadySeconds: mostly(one<LooseValue>(undefined, 10), -1, 600), progressDeadlineSeconds: mostly(one<LooseValue>(undefined, 900), 5, 0, -1),
    revisionHistoryLimit: mostly(one<LooseValue>(undefined, 10), -1, 1), rollbackWindow: one<LooseValue>({ revisions: 5 }), workloadRef: mostly(one<LooseValue>(undefined), { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }),
  }),
}).map(({ strategy: chosen, podChange: pod, containerChange: container, selector: labels, spec }): World => {
  const made = rollout(chosen, spec);
  const own = made['spec'] as Loose;
  if (labels === undefined) delete own['selector'];
  else own['selector'] = labels;
  const template = own['template'] as { spec: { containers: Loose[] } };
  Object.assign(template.spec.containers[0] ?? {}, container);
  Object.assign(template.spec, pod);
  const named = JSON.stringify(made);
  // What is wrong by itself is there only where it is used.
  return { rollout: made, objects: surroundings.filter(({ metadata }) => (metadata as Loose)['name'] !== 'broken' || named.includes('"broken"')) };
});
