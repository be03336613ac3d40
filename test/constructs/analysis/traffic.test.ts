import { describe, expect, it } from 'vitest';
import { analysis } from '../../../lib/constructs/analysis/analysis.ts';
import { httpCheck } from '../../../lib/constructs/analysis/ready-made/http-check.ts';
import { smokeTest } from '../../../lib/constructs/analysis/ready-made/smoke-test.ts';
import { successRate } from '../../../lib/constructs/analysis/ready-made/success-rate.ts';
import { analysisPolicies, analysisTraffic } from '../../../lib/constructs/analysis/traffic.ts';
import { webRequest } from '../../../lib/constructs/analysis/web/options.ts';
import { refusals } from '../network/samples.ts';
import { webFacts } from './support.ts';

const facts = webFacts({ podPorts: [{ name: 'http', port: 8000 }, { name: 'quic', port: 8443, protocol: 'UDP' }] });
const ports = [8000, { port: 8443, protocol: 'UDP' }];
const smoke = smokeTest({ command: ['true'], networkPolicy: { allowEgress: [{ namespace: 'quality', ports: [443] }] } });
const jobPods = { 'app.kubernetes.io/name': 'storefront-web-smoke-test' };

describe('connections that analyses need', () => {
  it('let the controller in for checks of the app\'s own Services', () => {
    const controller = [{ namespace: 'argo-rollouts', pods: { 'app.kubernetes.io/name': 'argo-rollouts' }, ports }];
    expect(analysisTraffic([httpCheck('/health')], facts)).toEqual(controller);
    for (const url of ['http://storefront-web-canary/x', 'http://storefront-web.storefront-prod:80', 'https://{{args.host}}:80/x']) {
      expect(analysisTraffic([analysis('a', { args: { host: { fact: 'stable-service' } }, metrics: [{ name: 'm', provider: webRequest(url) }] })], facts), url).toEqual(controller);
    }
  });

  it('let nobody in for what is asked elsewhere', () => {
    for (const url of ['https://quality.acme.example/storefront-web', 'http://storefront-web.other-namespace.svc', 'http://{{args.host}}']) {
      expect(analysisTraffic([analysis('a', { args: { host: 'elsewhere' }, metrics: [{ name: 'm', provider: webRequest(url) }] })], facts), url).toEqual([]);
    }
    expect(analysisTraffic([successRate(0.99)], facts)).toEqual([]);
    expect(analysisTraffic([httpCheck('/')], webFacts({ podPorts: [] }))).toEqual([]);
  });

  it('let the pods of Jobs in, which reach the app, DNS and what they say', () => {
    expect(analysisTraffic([smoke], facts)).toEqual([{ pods: jobPods, ports }]);
    const [[id, policy] = ['', undefined]] = analysisPolicies([successRate(0.9), smoke], facts);
    expect(id).toBe('network-policy-smoke-test');
    expect(policy).toMatchObject({ kind: 'NetworkPolicy', metadata: { name: 'storefront-web-smoke-test', namespace: 'storefront-prod' }, spec: { podSelector: { matchLabels: jobPods }, policyTypes: ['Ingress', 'Egress'] } });
    const egress = (policy as unknown as { spec: { ingress?: unknown; egress: { to: unknown[]; ports: unknown[] }[] } }).spec;
    expect(egress.ingress).toBeUndefined();
    expect(egress.egress.slice(-2)).toEqual([
      { to: [{ podSelector: { matchLabels: facts.identity.selector } }], ports: [{ protocol: 'TCP', port: 8000 }, { protocol: 'UDP', port: 8443 }] },
      { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'quality' } } }], ports: [{ protocol: 'TCP', port: 443 }] },
    ]);
    expect(policy === undefined ? [] : refusals(policy)).toEqual([]);
    expect(analysisPolicies([smokeTest({ command: ['true'], networkPolicy: false })], facts)).toEqual([]);
  });
});
