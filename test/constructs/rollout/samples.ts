import { analysis, existingAnalysis } from '../../../lib/constructs/analysis/analysis.ts';
import { jobRun } from '../../../lib/constructs/analysis/job/options.ts';
import { kayentaScore } from '../../../lib/constructs/analysis/kayenta/options.ts';
import { prometheusQuery } from '../../../lib/constructs/analysis/prometheus/options.ts';
import { wavefrontQuery } from '../../../lib/constructs/analysis/wavefront/options.ts';
import { webRequest } from '../../../lib/constructs/analysis/web/options.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import { blueGreen } from '../../../lib/constructs/rollout/blue-green-options.ts';
import { canary } from '../../../lib/constructs/rollout/canary-options.ts';
import type { RolloutOptions } from '../../../lib/constructs/rollout/rollout-options.ts';
import { fromDeployment } from '../../../lib/constructs/rollout/migration-options.ts';
import { analyse, canaryScale, experiment, headerRoute, mirrorRoute, pause, pluginStep, weight } from '../../../lib/constructs/rollout/steps.ts';
import { alb } from '../../../lib/constructs/traffic/alb.ts';
import { istio } from '../../../lib/constructs/traffic/istio/options.ts';
import { nginx } from '../../../lib/constructs/traffic/nginx.ts';
import type { PythonAppProps } from '../../../lib/constructs/python-app/props.ts';

/** A rollout, and what its app says beside it. */
export interface RolloutSample {
  readonly rollout: RolloutOptions;
  readonly props?: Partial<PythonAppProps>;
}

const oauth2 = { tokenUrl: 'https://login.example/token', clientId: 'rollouts', clientSecret: '{{args.client-secret}}', scopes: ['metrics'] };
const secrets = { 'client-secret': { secret: existingSecret('metrics', ['CLIENT_SECRET']), key: 'CLIENT_SECRET' } } as const;

/** Every provider with every field of its own. */
export const everyProvider = analysis('everything', {
  description: 'Measures in every way.',
  args: { ...secrets, hash: { fact: 'canary-hash' }, team: { field: 'metadata.labels[\'team\']' }, service: { fact: 'canary-service' } },
  includes: [existingAnalysis('shared', { clusterScope: true })],
  metrics: [
    {
      name: 'errors', interval: '1m', initialDelay: '30s', count: 5, successCondition: 'len(result) > 0 && result[0] < 0.01', failureCondition: 'len(result) > 0 && result[0] >= 0.01',
      failureLimit: 2, inconclusiveLimit: 1, consecutiveErrorLimit: 3, consecutiveSuccessLimit: 3, keep: 20,
      provider: prometheusQuery('errors{hash="{{args.hash}}", team="{{args.team}}"}', { address: 'http://prometheus.example:9090', timeout: 20, insecure: true, headers: { 'X-Scope-OrgID': 'shop' }, authentication: { oauth2 } }),
    },
    { name: 'slow', dryRun: true, successCondition: 'all(result, # < 1)', provider: prometheusQuery('slow', { address: 'https://aps.example', range: { start: 'now() - duration("10m")', end: 'now()', step: '1m' }, authentication: { sigv4: { region: 'eu-central-1', profile: 'shop', roleArn: 'arn:aws:iam::123456789012:role/rollouts' } } }) },
    { name: 'orders', successCondition: 'result > 0', provider: wavefrontQuery('shop.wavefront.example', 'sum(ts(orders))') },
    { name: 'smoke', provider: jobRun({ command: ['python', '-m', 'storefront.smoke', 'http://{{args.service}}'], labels: { tier: 'smoke' } }) },
    {
      name: 'kayenta',
      provider: kayentaScore({
        address: 'https://kayenta.example', application: 'storefront', canaryConfig: 'shop', accounts: { metrics: 'prometheus', configuration: 'git', storage: 's3' }, threshold: { pass: 95, marginal: 75 }, lookback: true,
        scopes: { default: { control: { scope: 'stable', region: 'eu', step: 60, start: '2026-01-01T00:00:00Z', end: '2026-01-01T01:00:00Z' }, experiment: { scope: '{{args.hash}}', region: 'eu', step: 60, start: '2026-01-01T00:00:00Z', end: '2026-01-01T01:00:00Z' } } },
      }),
    },
    { name: 'check', successCondition: 'result.ok', provider: webRequest('https://{{args.service}}/check', { method: 'POST', headers: { Accept: 'application/json' }, json: { deep: true }, jsonPath: '{$.data}', timeoutSeconds: 5, insecure: true, authentication: { oauth2 } }) },
    { name: 'told', successCondition: 'result.ok', provider: webRequest('https://{{args.service}}/told', { method: 'PUT', body: 'tell' }) },
  ],
});

const metadata = { labels: { role: 'canary' }, annotations: { 'shop.example/why': 'watched' } };
/** One of the whole cluster, told from which environment it is asked. */
const shared = existingAnalysis('extra', { clusterScope: true, args: { environment: { field: 'metadata.labels[\'environment\']' } } });
const use = { analyses: [everyProvider, shared], args: { team: 'shop' }, dryRun: ['orders'], keep: { errors: 30 }, runMetadata: metadata };
const common = { rollbackWindow: 3, progressDeadlineAbort: true, analysisHistory: { successful: 2, unsuccessful: 4 }, abortScaleDownDelay: '10m', scaleDownDelay: '1m', scaleDownDelayRevisionLimit: 2 } as const;

/** Rollouts that together say everything that can be said. */
export const rolloutSamples: Readonly<Record<string, RolloutSample>> = {
  'every step, by Istio': {
    rollout: canary({
      ...common,
      traffic: istio({ level: 'subset', additionalSubsets: ['beta'], virtualServices: [{ name: 'shop', routes: ['web'], tlsRoutes: [{ port: 443, sniHosts: ['shop.example'] }], tcpRoutes: [{ port: 5432 }] }, { name: 'shop-inside' }] }),
      canaryService: 'storefront-web-canary',
      stableService: 'storefront-web-stable',
      antiAffinity: 'required',
      canaryMetadata: metadata,
      stableMetadata: { labels: { role: 'stable' }, annotations: { 'shop.example/why': 'serves' } },
      maxSurge: '50%',
      maxUnavailable: 1,
      minPodsPerReplicaSet: 2,
      replicaProgressThreshold: { percent: 90 },
      background: { ...use, from: 1 },
      steps: [
        canaryScale({ replicas: 2 }),
        headerRoute('testers', { 'x-tester': 'yes', 'x-agent': { prefix: 'Shop' }, 'x-team': { regex: 'shop|web' } }),
        mirrorRoute('reads', [{ method: 'GET', path: { prefix: '/api' }, headers: { accept: { regex: '.*json' } } }, { method: { exact: 'HEAD' } }, { method: { prefix: 'G' }, path: '/exact', headers: { a: 'b', c: { prefix: 'd' } } }, { method: { regex: 'PUT|POST' }, path: { regex: '/v[12]' } }], { percentage: 25 }),
        analyse(everyProvider, shared, { args: { team: 'shop' }, dryRun: ['orders'], keep: { errors: 30 }, runMetadata: metadata }),
        mirrorRoute('reads'),
        headerRoute('testers'),
        canaryScale({ weight: 30 }),
        weight(20),
        canaryScale({ matchTraffic: true }),
        pause('5m'),
        experiment({
          duration: '10m', dryRun: ['orders'], runMetadata: metadata, scaleDownDelay: '30s',
          versions: {
            baseline: { of: 'stable', replicas: 1, weight: 5, service: true, selector: { app: 'baseline' }, labels: { app: 'baseline' }, annotations: { 'shop.example/why': 'compared' } },
            canary: { of: 'canary', weight: 5, service: 'storefront-web-experiment' },
          },
          analyses: { compared: { analysis: everyProvider, args: { team: 'shop' }, requiredForCompletion: true }, shared },
        }),
        pluginStep('argoproj-labs/sample-step', { retries: 3 }),
        pause(),
      ],
    }),
    props: { minReadySeconds: 10, progressDeadlineSeconds: 300 },
  },
  'NGINX': {
    rollout: canary({ traffic: nginx({ totalWeight: 1000, annotationPrefix: 'custom.nginx', canaryAnnotations: { 'canary-by-header': 'X-Canary' }, otherAnnotations: { 'shop.example/why': 'canary' } }), dynamicStableScale: true, antiAffinity: { preferred: 50 }, replicaProgressThreshold: { pods: 2 }, steps: [weight(5)] }),
    props: { expose: ingress({ host: 'shop', className: 'nginx' }) },
  },
  'NGINX with several Ingresses': { rollout: canary({ traffic: nginx({ ingresses: ['shop-inside'] }), steps: [weight(5)] }), props: { expose: ingress({ host: 'shop', className: 'nginx' }) } },
  'ALB': { rollout: canary({ traffic: alb({ annotationPrefix: 'custom.alb', sticky: '1h', action: 'storefront' }), steps: [headerRoute('testers', { 'x-tester': 'yes' }), weight(5)] }), props: { expose: ingress({ host: 'shop', className: 'alb' }) } },
  'ALB with several Ingresses': { rollout: canary({ traffic: alb({ ingresses: ['shop-inside'] }), steps: [weight(5)] }), props: { expose: ingress({ host: 'shop', className: 'alb' }) } },
  'ALB with ping and pong': { rollout: canary({ traffic: alb({ action: 'storefront-web' }), pingPong: true, steps: [weight(5)] }), props: { expose: ingress({ host: 'shop', className: 'alb' }) } },
  'Istio by hosts': { rollout: canary({ traffic: istio({ virtualServices: [{ name: 'shop', routes: ['web'], tlsRoutes: [{ port: 443, sniHosts: ['shop.example'] }], tcpRoutes: [{ port: 5432 }] }] }), steps: [weight(5)] }) },
  'Traefik': { rollout: canary({ steps: [weight(5)] }), props: { expose: ingress({ host: 'shop', className: 'traefik' }) } },
  'the Gateway API': { rollout: canary({ steps: [headerRoute('testers', { 'x-tester': 'yes' }), weight(20), analyse(existingAnalysis('shared', { clusterScope: true, args: { hash: { fact: 'stable-hash' } } })), weight(80), pause('5m')] }), props: { expose: httpRoute({ host: 'shop' }) } },
  'pods alone': { rollout: canary({ steps: [weight(20), pause('5m'), weight(60), pause('5m')] }) },
  'a Deployment that gives way': { rollout: fromDeployment(canary({ steps: [weight(20), pause('5m')] }), { scaleDown: 'progressively' }) },
  'no steps': { rollout: canary({ maxSurge: 1, maxUnavailable: 1 }) },
  'blue-green': {
    rollout: blueGreen({ ...common, antiAffinity: { preferred: 50 }, previewReplicas: 2, autoPromotion: '5m', prePromotion: use, postPromotion: use, maxUnavailable: '20%', activeMetadata: metadata, previewMetadata: metadata }),
  },
  'blue-green by a person': { rollout: blueGreen({ autoPromotion: false, antiAffinity: 'required', abortScaleDownDelay: false }) },
};
