import { analysis, existingAnalysis, type OwnAnalysis } from '../../../lib/constructs/analysis/analysis.ts';
import { jobRun } from '../../../lib/constructs/analysis/job/options.ts';
import { kayentaScore } from '../../../lib/constructs/analysis/kayenta/options.ts';
import { prometheusQuery } from '../../../lib/constructs/analysis/prometheus/options.ts';
import { httpCheck } from '../../../lib/constructs/analysis/ready-made/http-check.ts';
import { kayentaJudge } from '../../../lib/constructs/analysis/ready-made/kayenta-judge.ts';
import { latency } from '../../../lib/constructs/analysis/ready-made/latency.ts';
import { envoyGatewayMetrics, ingressNginxMetrics, istioMetrics } from '../../../lib/constructs/analysis/ready-made/request-metrics.ts';
import { smokeTest } from '../../../lib/constructs/analysis/ready-made/smoke-test.ts';
import { successRate } from '../../../lib/constructs/analysis/ready-made/success-rate.ts';
import { wavefrontQuery } from '../../../lib/constructs/analysis/wavefront/options.ts';
import { webRequest } from '../../../lib/constructs/analysis/web/options.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';

const token = existingSecret('metrics-reader', ['token', 'client-secret']);
const accounts = { metrics: 'prometheus', configuration: 's3', storage: 's3' };
const hashes = { 'canary-hash': { fact: 'canary-hash' }, 'stable-hash': { fact: 'stable-hash' } } as const;

/** An example of each provider with all that it takes, and of what every metric takes. */
export const providerExamples: Readonly<Record<string, OwnAnalysis>> = {
  prometheus: analysis('queue', {
    description: 'Jobs that the new version leaves waiting',
    args: { ...hashes, token: { secret: token, key: 'token' }, 'client-secret': { secret: token, key: 'client-secret' }, lookback: '10m' },
    metrics: [
      {
        name: 'waiting',
        interval: '30s',
        initialDelay: '1m',
        count: 10,
        successCondition: 'len(result) > 0 && result[0] < 100',
        failureCondition: 'len(result) > 0 && result[0] > 1000',
        failureLimit: 2,
        inconclusiveLimit: 3,
        consecutiveErrorLimit: 3,
        consecutiveSuccessLimit: 5,
        keep: 20,
        provider: prometheusQuery('sum(jobs_waiting{rollouts_pod_template_hash="{{args.canary-hash}}"})', { headers: { Authorization: 'Bearer {{args.token}}', 'X-Scope-OrgID': 'shop' }, timeout: 20 }),
      },
      {
        name: 'slowest',
        dryRun: true,
        successCondition: 'len(result) > 0 && all(result, # < 2)',
        provider: prometheusQuery('max(job_seconds{rollouts_pod_template_hash="{{args.canary-hash}}"})', {
          address: 'https://prometheus.acme.example',
          insecure: true,
          range: { start: 'now() - duration("{{args.lookback}}")', end: 'now()', step: '1m' },
          authentication: { oauth2: { tokenUrl: 'https://login.acme.example/token', clientId: 'rollouts', clientSecret: '{{args.client-secret}}', scopes: ['metrics.read'] } },
        }),
      },
      {
        name: 'managed',
        successCondition: 'len(result) == 0 || result[0] == 0',
        provider: prometheusQuery('sum(ALERTS{rollouts_pod_template_hash="{{args.canary-hash}}"})', {
          address: 'https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-0123',
          authentication: { sigv4: { region: 'eu-central-1', roleArn: 'arn:aws:iam::111122223333:role/metrics' } },
        }),
      },
    ],
  }),
  wavefront: analysis('wavefront', {
    args: { 'canary-hash': { fact: 'canary-hash' } },
    metrics: [{
      name: 'success-rate', interval: '1m', count: 5, successCondition: 'result >= 0.99', failureLimit: 1,
      provider: wavefrontQuery('acme.wavefront.com', 'avg(ts("app.success.ratio", hash="{{args.canary-hash}}"))'),
    }],
  }),
  job: analysis('contract', {
    args: { service: { fact: 'canary-service' }, token: { secret: token, key: 'token' } },
    metrics: [{
      name: 'contract',
      provider: jobRun({
        image: 'registry.example/acme/contract-tests:2.1.0',
        command: ['pytest', '--base-url', 'http://{{args.service}}'],
        args: ['-q'],
        env: { API_TOKEN: { secret: token, key: 'token' }, TIMEOUT: 30 },
        size: 'medium',
        deadlineSeconds: 600,
        retries: 1,
        serviceAccount: 'contract-tests',
        labels: { 'sidecar.istio.io/inject': 'false' },
        annotations: { 'acme.example/owner': 'quality' },
        networkPolicy: { allowEgress: [{ namespace: 'quality', ports: [443] }] },
        pod: { priorityClassName: 'batch' },
        job: { parallelism: 1 },
      }),
    }],
  }),
  kayenta: analysis('kayenta', {
    args: hashes,
    metrics: [{
      name: 'judge',
      interval: '10m',
      count: 3,
      inconclusiveLimit: 1,
      provider: kayentaScore({
        address: 'http://kayenta.monitoring.svc:8090', application: 'storefront', canaryConfig: 'latency-and-errors', accounts, threshold: { pass: 95, marginal: 75 },
        scopes: {
          default: {
            control: { scope: 'rollouts-pod-template-hash={{args.stable-hash}}', region: 'eu-central-1', step: 30 },
            experiment: { scope: 'rollouts-pod-template-hash={{args.canary-hash}}', region: 'eu-central-1', step: 30 },
          },
        },
      }),
    }],
  }),
  web: analysis('verdict', {
    args: { service: { fact: 'canary-service' }, token: { secret: token, key: 'token' } },
    metrics: [
      {
        name: 'verdict', interval: '30s', count: 4, successCondition: 'result.ok && result.share >= 0.9', failureCondition: '!result.ok',
        provider: webRequest('https://quality.acme.example/verdict?service={{args.service}}', { headers: { Authorization: 'Bearer {{args.token}}' }, jsonPath: '{$.data}', timeoutSeconds: 20, insecure: true }),
      },
      {
        name: 'synthetic', successCondition: 'asInt(result) < 5',
        provider: webRequest('https://quality.acme.example/run', { method: 'POST', json: { service: '{{args.service}}', checks: ['basket', 'search'] }, jsonPath: '{$.failures}' }),
      },
      {
        name: 'plain', provider: webRequest('https://quality.acme.example/ping', { method: 'PUT', body: 'service={{args.service}}', authentication: { oauth2: { tokenUrl: 'https://login.acme.example/token', clientId: 'rollouts', clientSecret: '{{args.token}}' } } }),
      },
    ],
  }),
  includes: analysis('all', { includes: [analysis('none', { metrics: [{ name: 'none', provider: webRequest('https://quality.acme.example/ping') }] }), existingAnalysis('error-budget', { clusterScope: true })] }),
};

/** The ready-made analyses. */
export const readyMadeExamples: Readonly<Record<string, OwnAnalysis>> = {
  'success-rate': successRate(0.99),
  'success-rate-background': successRate(0.999, { count: 'unlimited', window: '5m', minRequests: 100, noData: 'failed' }),
  'success-rate-ingress-nginx': successRate(0.99, { metrics: ingressNginxMetrics() }),
  'success-rate-istio': successRate(0.99, { metrics: istioMetrics() }),
  'success-rate-envoy-gateway': successRate(0.99, { metrics: envoyGatewayMetrics() }),
  latency: latency(0.5),
  'latency-istio': latency(0.25, { quantile: 0.99, metrics: istioMetrics({ reporter: 'destination' }), minRequests: 50 }),
  'http-check': httpCheck('/health'),
  'http-check-json': httpCheck('/status', { count: 'unlimited', jsonPath: '{$.database}', successCondition: 'result == "ok"', failureLimit: 1 }),
  'smoke-test': smokeTest({ command: ['python', '-m', 'storefront.smoke'] }),
  'kayenta-judge': kayentaJudge({ address: 'http://kayenta.monitoring.svc:8090', application: 'storefront', canaryConfig: 'latency-and-errors', accounts, region: 'eu-central-1' }),
};
