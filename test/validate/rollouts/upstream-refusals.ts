import { at, type Loose } from '../healthy-app.ts';
import { canary, ingress, rollout, service, template, use } from '../rules/rollout-objects.ts';
import type { World } from './world.ts';

/** An error of Argo Rollouts' own validation, a Rollout that has it, and where Slipway finds it before. */
export interface Refusal {
  /** Name or text of the error in its source. */
  readonly error: string;
  /** How its message reads. */
  readonly says: RegExp;
  /** The rule that finds it. */
  readonly rule: string;
  readonly world: World;
}

const of = (rolloutObject: Loose, ...objects: readonly Loose[]): World => ({ rollout: rolloutObject, objects });
const live = service('live');
const next = service('next');
const both = { stableService: 'live', canaryService: 'next' };
const steps = (...list: readonly Loose[]): Loose => canary({ steps: [...list] });
const routed = (trafficRouting: Loose, more: Loose = {}, ...objects: readonly Loose[]): World => of(canary({ ...both, trafficRouting, ...more }), live, next, ...objects);
const alb = { alb: { ingress: 'way-in', servicePort: 80 } };
const nginx = { nginx: { stableIngress: 'way-in' } };
const plugin = { plugins: { 'acme/router': {} } };
const wayIn = ingress('way-in', 'live');
const header = (headerValue: Loose): Loose => ({ setHeaderRoute: { name: 'try', match: [{ headerName: 'x', headerValue }] } });
const managedRoutes = [{ name: 'try' }];
const istio = (virtualService: Loose, more: Loose = {}): Loose => ({ istio: { virtualService, ...more } });
const virtualService = (...http: readonly Loose[]): Loose => ({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'mesh', namespace: 'shop' }, spec: { hosts: ['api'], http: [...http] } });
const route = (...hosts: readonly string[]): Loose => ({ route: hosts.map((host) => ({ destination: { host }, weight: 50 })) });
const analysed = (analysis: Loose): Loose => canary({ steps: [{ setWeight: 20 }, { analysis }] });
const changed = (change: (spec: Loose) => void): Loose => {
  const made = canary({});
  change(at(made, 'spec'));
  return made;
};
const waiting = { analysis: use('rate', [{ name: 'hash', value: 'x' }]) };

/** Every error of `pkg/apis/rollouts/validation/validation.go` (1.10.1), in its order. */
export const specRefusals: readonly Refusal[] = [
  { error: 'ValidateNonnegativeField replicas', says: /spec\.replicas: Invalid/, rule: 'rollout-limits', world: of(canary({}, { replicas: -1 })) },
  { error: 'MissingFieldMessage .spec.selector', says: /missing field '\.spec\.selector'/, rule: 'rollout-strategy', world: of(changed((spec) => delete spec['selector'])) },
  { error: 'ValidateLabelSelector', says: /spec\.selector\.matchExpressions\[0\]\.operator/, rule: 'rollout-template', world: of(changed((spec) => (spec['selector'] = { matchLabels: { app: 'api' }, matchExpressions: [{ key: 'app', operator: 'Is' }] }))) },
  { error: 'empty selector is invalid for deployment', says: /empty selector/, rule: 'rollout-strategy', world: of(changed((spec) => (spec['selector'] = {}))) },
  { error: 'template must be empty for workload reference rollout', says: /template must be empty/, rule: 'rollout-strategy', world: of(canary({}, { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } })) },
  { error: 'ValidatePodTemplateSpecForReplicaSet: labels', says: /`selector` does not match template `labels`/, rule: 'selector-mismatch', world: of(canary({}, { selector: { matchLabels: { app: 'other' } } })) },
  { error: 'ValidatePodTemplateSpecForReplicaSet: pod', says: /containerPort: Invalid/, rule: 'rollout-template', world: of(changed((spec) => (at(spec, 'template', 'spec', 'containers', 0)['ports'] = [{ containerPort: 70_000 }]))) },
  { error: 'ValidatePodTemplateSpecForReplicaSet: restartPolicy', says: /restartPolicy/, rule: 'rollout-template', world: of(changed((spec) => (at(spec, 'template', 'spec')['restartPolicy'] = 'Never'))) },
  { error: 'ValidatePodTemplateSpecForReplicaSet: activeDeadlineSeconds', says: /activeDeadlineSeconds/, rule: 'rollout-template', world: of(changed((spec) => (at(spec, 'template', 'spec')['activeDeadlineSeconds'] = 60))) },
  { error: 'ValidateNonnegativeField minReadySeconds', says: /spec\.minReadySeconds: Invalid/, rule: 'rollout-limits', world: of(canary({}, { minReadySeconds: -1 })) },
  { error: 'ValidateNonnegativeField revisionHistoryLimit', says: /spec\.revisionHistoryLimit: Invalid/, rule: 'rollout-limits', world: of(canary({}, { revisionHistoryLimit: -1 })) },
  { error: 'ValidateNonnegativeField progressDeadlineSeconds', says: /spec\.progressDeadlineSeconds: Invalid/, rule: 'rollout-limits', world: of(canary({}, { progressDeadlineSeconds: -1 })) },
  { error: 'must be greater than minReadySeconds', says: /must be greater than minReadySeconds/, rule: 'rollout-limits', world: of(canary({}, { minReadySeconds: 30, progressDeadlineSeconds: 30 })) },
  { error: 'MissingFieldMessage .spec.strategy', says: /missing field '\.spec\.strategy/, rule: 'rollout-strategy', world: of(rollout({})) },
  { error: 'InvalidStrategyMessage', says: /Multiple Strategies/, rule: 'rollout-strategy', world: of(rollout({ canary: {}, blueGreen: { activeService: 'live' } }), live) },
  { error: 'DuplicatedServicesBlueGreenMessage', says: /same service for the active and preview/, rule: 'shared-service', world: of(rollout({ blueGreen: { activeService: 'live', previewService: 'live' } }), live) },
  { error: 'ScaleDownLimitLargerThanRevisionLimit', says: /scale down limit/, rule: 'rollout-limits', world: of(rollout({ blueGreen: { activeService: 'live', scaleDownDelayRevisionLimit: 11 } }), live) },
  { error: 'InvalidAntiAffinityStrategyMessage', says: /exactly one strategy/, rule: 'rollout-limits', world: of(canary({ antiAffinity: {} })) },
  { error: 'InvalidAntiAffinityWeightMessage', says: /between 1-100/, rule: 'rollout-limits', world: of(rollout({ blueGreen: { activeService: 'live', antiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { weight: 0 } } } }), live) },
  { error: 'InvalidMaxSurgeMaxUnavailable', says: /both can not be zero/, rule: 'rollout-limits', world: of(canary({ maxSurge: 0, maxUnavailable: '0%' })) },
  { error: 'DuplicatedServicesCanaryMessage', says: /same service for the stable and canary/, rule: 'shared-service', world: of(canary({ stableService: 'live', canaryService: 'live' }), live) },
  { error: 'PingPongWithRouterOnlyMessage', says: /Ping-pong feature works with/, rule: 'traffic-routing', world: routed(nginx, { pingPong: { pingService: 'live', pongService: 'next' } }, wayIn) },
  { error: 'InvalidPingPongProvidedMessage', says: /Ping service and Pong service/, rule: 'traffic-routing', world: of(canary({ pingPong: { pingService: 'live', pongService: '' } }), live) },
  { error: 'DuplicatedPingPongServicesMessage', says: /same service for the ping and pong/, rule: 'shared-service', world: of(canary({ pingPong: { pingService: 'live', pongService: 'live' } }), live) },
  { error: 'MissedAlbRootServiceMessage', says: /Root service field is required/, rule: 'traffic-routing', world: of(canary({ pingPong: { pingService: 'live', pongService: 'next' }, trafficRouting: alb }), live, next, wayIn) },
  { error: 'InvalidTrafficRoutingMessage stableService', says: /stableService: Invalid value: "": Canary service/, rule: 'rollout-services', world: of(canary({ canaryService: 'next', trafficRouting: nginx }), next, wayIn) },
  { error: 'InvalidTrafficRoutingMessage canaryService', says: /canaryService: Invalid value: "": Canary service/, rule: 'rollout-services', world: of(canary({ stableService: 'live', trafficRouting: { traefik: { weightedTraefikServiceName: 'w' } } }), live) },
  { error: 'InvalidCanaryScaleDownDelay', says: /scaleDownDelaySeconds can only be used/, rule: 'rollout-limits', world: of(canary({ scaleDownDelaySeconds: 30 })) },
  { error: 'InvalidCanaryDynamicStableScale', says: /dynamicStableScale can only be used/, rule: 'rollout-limits', world: of(canary({ dynamicStableScale: true })) },
  { error: 'InvalidCanaryDynamicStableScaleWithScaleDownDelay', says: /dynamicStableScale cannot be used with scaleDownDelaySeconds/, rule: 'rollout-limits', world: routed(nginx, { dynamicStableScale: true, scaleDownDelaySeconds: 30 }, wayIn) },
  { error: 'InvalidCanaryMaxWeightOnlySupportInNginxAndPlugins', says: /maxTrafficWeight in traffic routing only/, rule: 'rollout-limits', world: routed({ ...alb, maxTrafficWeight: 1000 }, {}, wayIn) },
  { error: 'InvalidStepMessage: several', says: /Step must have one of/, rule: 'rollout-strategy', world: of(steps({ setWeight: 20, pause: {} })) },
  { error: 'InvalidStepMessage: none', says: /Step must have one of/, rule: 'rollout-strategy', world: of(steps({})) },
  { error: 'InvalidSetWeightMessage', says: /SetWeight needs to be between 0 and 100/, rule: 'rollout-strategy', world: of(steps({ setWeight: 101 })) },
  { error: 'InvalidSetWeightMessage: maxTrafficWeight', says: /between 0 and 1000/, rule: 'rollout-strategy', world: routed({ ...nginx, maxTrafficWeight: 1000 }, { steps: [{ setWeight: 1001 }] }, wayIn) },
  { error: 'InvalidDurationMessage', says: /Duration needs to be greater than 0/, rule: 'canary-steps', world: of(steps({ pause: { duration: '1d' } })) },
  { error: 'InvalidDurationMessage: negative', says: /Duration needs to be greater than 0/, rule: 'canary-steps', world: of(steps({ pause: { duration: -1 } })) },
  { error: 'InvalidSetCanaryScaleTrafficPolicy', says: /SetCanaryScale requires TrafficRouting/, rule: 'canary-steps', world: of(steps({ setCanaryScale: { replicas: 1 } })) },
  { error: 'InvalidSetHeaderRouteTrafficPolicy', says: /SetHeaderRoute requires TrafficRouting/, rule: 'canary-steps', world: routed({ ...nginx, managedRoutes }, { steps: [header({ exact: 'a' })] }, wayIn) },
  { error: 'InvalidStringMatchMissedValuePolicy', says: /StringMatch value missed/, rule: 'canary-steps', world: routed({ ...plugin, managedRoutes }, { steps: [header({})] }) },
  { error: 'InvalidStringMatchMultipleValuePolicy', says: /exactly one of the following/, rule: 'canary-steps', world: routed({ ...plugin, managedRoutes }, { steps: [header({ exact: 'a', prefix: 'b' })] }) },
  { error: 'InvalidSetHeaderRouteALBValuePolicy', says: /ALB supports 'exact' value only/, rule: 'canary-steps', world: routed({ ...alb, managedRoutes }, { steps: [header({ prefix: 'b' })] }, wayIn) },
  { error: 'InvalidSetMirrorRouteTrafficPolicy', says: /SetMirrorRoute requires TrafficRouting/, rule: 'canary-steps', world: routed({ ...alb, managedRoutes }, { steps: [{ setMirrorRoute: { name: 'try' } }] }, wayIn) },
  { error: 'setMirrorRoute match', says: /exactly one of the following/, rule: 'canary-steps', world: routed({ ...plugin, managedRoutes }, { steps: [{ setMirrorRoute: { name: 'try', match: [{ path: { exact: '/', prefix: '/' } }] } }] }) },
  { error: 'MissingFieldMessage managedRoutes', says: /missing field 'spec\.strategy\.canary\.trafficRouting\.managedRoutes'/, rule: 'canary-steps', world: routed(plugin, { steps: [header({ exact: 'a' })] }) },
  { error: 'InvalideStepRouteNameNotFoundInManagedRoutes', says: /route that does not exist/, rule: 'canary-steps', world: routed({ ...plugin, managedRoutes: [{ name: 'other' }] }, { steps: [header({ exact: 'a' })] }) },
  { error: 'InvalidCanaryExperimentTemplateWeightWithoutTrafficRouting', says: /Experiment template weight cannot be set/, rule: 'canary-steps', world: of(steps({ experiment: { duration: '5m', templates: [{ name: 'a', specRef: 'canary', weight: 5 }] } })) },
  { error: 'Experiment template weight is only available for TrafficRouting with SMI, ALB, Istio and Plugins', says: /Experiment template weight is only available/, rule: 'canary-steps', world: routed(nginx, { steps: [{ experiment: { duration: '5m', templates: [{ name: 'a', specRef: 'canary', weight: 5 }] } }] }, wayIn) },
  { error: 'InvalidAnalysisArgsMessage', says: /must refer to valid object metadata/, rule: 'analysis-arguments', world: of(analysed(use('rate', [{ name: 'hash', valueFrom: { fieldRef: { fieldPath: 'metadata.generation' } } }])), template()) },
];

const told = (name: string, spec: Loose, metric: Loose = {}): Loose => template(metric, spec, name);
const twice = { templates: [{ templateName: 'rate' }, { templateName: 'more' }], args: [{ name: 'hash', value: 'x' }] };

/** Every error of `validation_references.go`, and of the controller's own look at what a Rollout names. */
export const referenceRefusals: readonly Refusal[] = [
  { error: 'Service not found', says: /service not found/, rule: 'missing-reference', world: of(canary({ canaryService: 'gone' })) },
  { error: 'Service has unmatch label', says: /has unmatch label "app"/, rule: 'rollout-services', world: of(canary({ canaryService: 'next' }), service('next', { app: 'other' })) },
  { error: 'ServiceReferencingManagedService', says: /is managed by another Rollout/, rule: 'shared-service', world: of(canary({ canaryService: 'next' }), { ...next, metadata: { name: 'next', namespace: 'shop', annotations: { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'other' } } }) },
  { error: 'AnalysisTemplate not found', says: /AnalysisTemplate 'gone' not found/, rule: 'missing-reference', world: of(analysed(use('gone', []))) },
  { error: 'two metrics have the same name', says: /two metrics have the same name/, rule: 'analysis-together', world: of(analysed(twice), template(), told('more', {}, { name: 'rate' })) },
  { error: 'Argument specified multiple times with different values', says: /specified multiple times/, rule: 'analysis-together', world: of(analysed(twice), told('rate', { args: [{ name: 'hash', value: '1' }] }), told('more', { args: [{ name: 'hash', value: '2' }] })) },
  { error: 'args was not resolved', says: /args\.hash was not resolved/, rule: 'analysis-arguments', world: of(analysed(use('rate', [])), template()) },
  { error: 'two Dry-Run metric rules have the same name', says: /two Dry-Run metric rules/, rule: 'analysis-together', world: of(analysed({ ...waiting.analysis, dryRun: [{ metricName: 'rate' }, { metricName: 'rate' }] }), template()) },
  { error: 'two Dry-Run metric rules: of another step', says: /two Dry-Run metric rules/, rule: 'analysis-together', world: of(canary({ steps: [{ setWeight: 20 }, { analysis: { ...waiting.analysis, dryRun: [{ metricName: '.*' }] } }, { analysis: use('more', [{ name: 'hash', value: 'x' }]) }] }), template(), told('more', { dryRun: [{ metricName: '.*' }] })) },
  { error: 'two Measurement Retention metric rules have the same name', says: /two Measurement Retention metric rules/, rule: 'analysis-together', world: of(analysed({ ...waiting.analysis, measurementRetention: [{ metricName: 'rate', limit: 3 }] }), told('rate', { measurementRetention: [{ metricName: 'rate', limit: 5 }] })) },
  { error: 'has metric which runs indefinitely', says: /runs indefinitely/, rule: 'endless-analysis', world: of(analysed(waiting.analysis), template({ count: undefined })) },
  { error: 'has metric which runs indefinitely: count of an argument', says: /runs indefinitely/, rule: 'endless-analysis', world: of(analysed(use('rate', [{ name: 'hash', value: 'x' }, { name: 'times', value: '5' }])), told('rate', { args: [{ name: 'hash' }, { name: 'times' }] }, { count: '{{args.times}}' })) },
  { error: 'arg has both Value and ValueFrom fields', says: /both Value and ValueFrom/, rule: 'analysis-metric', world: of(analysed(waiting.analysis), told('rate', { args: [{ name: 'hash', value: 'x', valueFrom: { secretKeyRef: { name: 'token', key: 'a' } } }] })) },
  { error: 'missing analysis arguments in rollout spec', says: /missing analysis arguments|was not resolved/, rule: 'analysis-arguments', world: of(canary({ steps: [{ setWeight: 20 }, { pause: {} }], analysis: use('rate', []) }), template()) },
  { error: 'an argument of the background that only another template gives', says: /Invalid value: "rate": hash/, rule: 'analysis-arguments', world: of(canary({ steps: [{ setWeight: 20 }, { pause: {} }], analysis: { templates: [{ templateName: 'rate' }, { templateName: 'more' }], args: [{ name: 'other', value: 'x' }] } }), template(), told('more', { args: [{ name: 'hash', value: 'y' }, { name: 'other' }] })) },
  { error: 'failed to resolve {{args}} of a metric', says: /failed to resolve/, rule: 'analysis-metric', world: of(analysed(waiting.analysis), told('rate', {}, { successCondition: 'result[0] > {{args.least}}' })) },
  { error: 'ValidateMetrics', says: /analysis: metrics\[0\]: count \(3\) must be >=/, rule: 'analysis-metric', world: of(analysed(waiting.analysis), template({ count: 3, failureLimit: 4 })) },
  { error: 'ingress not found', says: /ingress 'way-in' not found/, rule: 'missing-reference', world: routed(nginx) },
  { error: 'ingress has no rules using service: NGINX', says: /has no rules using service live/, rule: 'traffic-routing', world: routed(nginx, {}, ingress('way-in', 'next')) },
  { error: 'ingress has no rules using service: ALB', says: /has no rules using service root/, rule: 'traffic-routing', world: routed({ alb: { ...alb.alb, rootService: 'root' } }, {}, wayIn) },
  { error: 'Either StableIngress or StableIngresses must be configured', says: /Either StableIngress or StableIngresses/, rule: 'traffic-routing', world: routed({ nginx: { stableIngress: 'way-in', stableIngresses: ['way-in'] } }, {}, wayIn) },
  { error: 'Either Ingress or Ingresses must be configured', says: /Either Ingress or Ingresses/, rule: 'traffic-routing', world: routed({ alb: { servicePort: 80 } }) },
  { error: 'either VirtualService or VirtualServices must be configured', says: /either VirtualService or VirtualServices/, rule: 'traffic-routing', world: routed({ istio: {} }) },
  { error: 'VirtualService not found', says: /VirtualService 'mesh' not found/, rule: 'missing-reference', world: routed(istio({ name: 'mesh' })) },
  { error: 'Unable to get any of the HTTP, TCP or TLS routes', says: /Unable to get any|no routes|invalid HTTP routes/, rule: 'traffic-routing', world: routed(istio({ name: 'mesh' }), {}, { ...virtualService(), spec: { hosts: ['api'] } }) },
  { error: 'HTTP Route is not found in the defined Virtual Service', says: /HTTP Route 'main' is not found/, rule: 'traffic-routing', world: routed(istio({ name: 'mesh', routes: ['main'] }), {}, virtualService(route('live', 'next'))) },
  { error: 'Canary Service not found in route', says: /Canary Service 'next' not found/, rule: 'traffic-routing', world: routed(istio({ name: 'mesh' }), {}, virtualService(route('live'))) },
  { error: 'Stable DestinationRule subset not found in route', says: /DestinationRule subset/, rule: 'traffic-routing', world: routed(istio({ name: 'mesh' }, { destinationRule: { name: 'rule', stableSubsetName: 'old', canarySubsetName: 'new' } }), {}, virtualService(route('live', 'next')), { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: 'rule', namespace: 'shop' }, spec: { host: 'api' } }) },
  { error: 'it must have exactly one route when omitting routes', says: /exactly one route/, rule: 'traffic-routing', world: routed(istio({ name: 'mesh' }), {}, virtualService(route('live', 'next'), { name: 'b', ...route('live', 'next') })) },
];

/** What Argo Rollouts refuses and Slipway doesn't find, and why. */
export const notMirrored: Readonly<Record<string, string>> = {
  'ClusterAnalysisTemplate not found': 'a template of the whole cluster may be made by somebody whose files Slipway never sees',
  'ValidateAppMeshVirtualRouter': 'App Mesh is no router of Slipway, and AWS ends it in 2026',
  'Ambassador: Mapping not found': 'a Mapping may be made by somebody whose files Slipway never sees; its weight is looked at where it is rendered',
  'ValidateTlsRoutes, ValidateTcpRoutes': 'Slipway makes HTTP routes; of TLS and TCP routes only the names are looked at',
};
