import fc from 'fast-check';
import { existingAnalysis } from '../../../lib/constructs/analysis/analysis.ts';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import type { PythonAppProps } from '../../../lib/constructs/python-app/props.ts';
import { blueGreen } from '../../../lib/constructs/rollout/blue-green-options.ts';
import { canary, type CanaryOptions } from '../../../lib/constructs/rollout/canary-options.ts';
import type { RolloutCommon } from '../../../lib/constructs/rollout/common-options.ts';
import type { CanaryStep, HeaderMatch } from '../../../lib/constructs/rollout/options.ts';
import { analyse, canaryScale, experiment, headerRoute, mirrorRoute, pause, weight } from '../../../lib/constructs/rollout/steps.ts';
import { alb } from '../../../lib/constructs/traffic/alb.ts';
import { byPods } from '../../../lib/constructs/traffic/pods/pods.ts';
import { istio } from '../../../lib/constructs/traffic/istio/options.ts';
import { nginx } from '../../../lib/constructs/traffic/nginx.ts';
import type { RolloutSample } from './samples.ts';

/** Each field now and then, so that most of what comes of it is right. */
function maybe<T extends object>(fields: { readonly [Field in keyof T]?: fc.Arbitrary<T[Field]> }): fc.Arbitrary<T> {
  const seldom = Object.fromEntries(Object.entries(fields as Readonly<Record<string, fc.Arbitrary<unknown>>>).map(([field, value]) => [field, fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })]));
  return fc.record(seldom).map((said) => Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))) as unknown as fc.Arbitrary<T>;
}

const duration = fc.constantFrom('0s', '1s', '30s', '2m', '5m', '10m', '1h30m', '5');
const podCount = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('0%', '25%', '100%', '120%'));
const percent = fc.integer({ min: 0, max: 102 });
const labels = fc.dictionary(fc.constantFrom('role', 'app.kubernetes.io/name', 'rollouts-pod-template-hash', 'tier'), fc.constantFrom('canary', 'stable', 'storefront-web'), { maxKeys: 2 });
const metadata = maybe<{ labels: Record<string, string> }>({ labels });
const text: fc.Arbitrary<HeaderMatch> = fc.oneof(fc.constantFrom('yes', ''), fc.constantFrom({ exact: 'yes' }, { prefix: 'y' }, { regex: 'y.*' }));
const headers = fc.dictionary(fc.constantFrom('x-tester', 'x-team'), text, { maxKeys: 2 });
const name = fc.constantFrom('testers', 'readers');

const step: fc.Arbitrary<CanaryStep> = fc.oneof(
  { weight: 4, arbitrary: percent.map(weight) },
  { weight: 3, arbitrary: fc.option(duration, { nil: undefined }).map((length) => pause(length)) },
  fc.constantFrom(existingAnalysis('rate'), existingAnalysis('shared', { clusterScope: true })).map((each) => analyse(each)),
  fc.oneof(percent.map((share) => canaryScale({ weight: share })), fc.integer({ min: 0, max: 9 }).map((replicas) => canaryScale({ replicas })), fc.constant(canaryScale({ matchTraffic: true }))),
  fc.tuple(name, headers).map(([route, said]) => headerRoute(route, said)),
  fc.tuple(name, text, percent).map(([route, method, percentage]) => mirrorRoute(route, [{ method }], { percentage })),
  fc.option(percent, { nil: undefined }).map((share) => experiment({ duration: '5m', versions: { canary: { of: 'canary', ...(share !== undefined && { weight: share }) } } })),
);

const common = maybe<RolloutCommon>({
  rollbackWindow: fc.oneof(fc.constant<false>(false), fc.integer({ min: 1, max: 12 })),
  progressDeadlineAbort: fc.boolean(),
  analysisHistory: maybe({ successful: fc.nat(9), unsuccessful: fc.nat(9) }),
  antiAffinity: fc.oneof(fc.constant<'required'>('required'), fc.integer({ min: 0, max: 101 }).map((preferred) => ({ preferred }))),
  abortScaleDownDelay: fc.oneof(fc.constant<false>(false), duration),
  scaleDownDelay: duration,
  scaleDownDelayRevisionLimit: fc.nat(12),
});

const serviceName = fc.constantFrom('storefront-web', 'one', 'two');
const exposure = fc.constantFrom<Partial<PythonAppProps>>({}, { expose: httpRoute({ host: 'shop' }) }, { expose: ingress({ host: 'shop', className: 'nginx' }) }, { expose: ingress({ host: 'shop', className: 'alb' }) }, { expose: ingress({ host: 'shop', className: 'traefik' }) });
const app = fc.tuple(exposure, maybe<Partial<PythonAppProps>>({ replicas: fc.integer({ min: 1, max: 6 }), revisionHistoryLimit: fc.nat(12), minReadySeconds: fc.constantFrom(0, 30, 700), progressDeadlineSeconds: fc.constantFrom(30, 600) })).map(([way, props]) => ({ ...way, ...props }));

const canaries = fc.tuple(common, maybe<CanaryOptions>({
    traffic: fc.constantFrom(byPods(), istio(), nginx({ totalWeight: 50 }), alb()),
  background: fc.constant(existingAnalysis('watch')),
  approximate: fc.boolean(),
  maxSurge: podCount,
  maxUnavailable: podCount,
  dynamicStableScale: fc.boolean(),
  minPodsPerReplicaSet: fc.integer({ min: 0, max: 3 }),
  replicaProgressThreshold: fc.constantFrom({ percent: 90 }, { pods: 1 }),
  canaryMetadata: metadata,
  stableMetadata: metadata,
  canaryService: serviceName,
  stableService: serviceName,
  pingPong: fc.boolean(),
}), fc.array(step, { maxLength: 4 })).map(([shared, own, steps]) => canary({ ...shared, ...own, steps }));

const blueGreens = fc.tuple(common, maybe({
  activeService: serviceName,
  previewService: fc.oneof(fc.constant<false>(false), serviceName),
  previewReplicas: fc.integer({ min: 0, max: 3 }),
  autoPromotion: fc.oneof(fc.boolean(), duration),
  prePromotion: fc.constant(existingAnalysis('smoke')),
  maxUnavailable: podCount,
  activeMetadata: metadata,
})).map(([shared, own]) => blueGreen({ ...shared, ...own }));

/** Anything that may be said of a rollout, right or wrong; most of it is nearly right. */
export const arbitraryRollout: fc.Arbitrary<RolloutSample> = fc.tuple(fc.oneof({ weight: 3, arbitrary: canaries }, blueGreens), app).map(([rollout, props]) => ({ rollout, props }));
