import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResolvedEndpoint } from '../../../lib/constructs/app-chart.ts';
import { callsLabel, environmentLabel } from '../../../lib/constructs/workload-identity.ts';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import type { NetworkPolicyOptions } from '../../../lib/constructs/network/network-policy-options.ts';
import { networkPolicySchema } from '../../../lib/constructs/network/network-policy-schema.ts';
import { networkPolicyFor, type NetworkPolicyFacts } from '../../../lib/constructs/network/network-policy.ts';
import { clusterIp, headless, loadBalancer, nodePort, type ServiceOptions } from '../../../lib/constructs/network/service-options.ts';
import { scrapedFrom } from '../../../lib/constructs/observability/monitor.ts';
import { allows } from './traffic.ts';
import { expectGolden, faults, refusals, web, webPorts } from './samples.ts';

const flask: ResolvedEndpoint = { app: 'flask-api', namespace: 'flask-api-prod', host: 'flask-api.flask-api-prod.svc.cluster.local', port: 80, targetPort: 8000, url: 'http://flask-api.flask-api-prod.svc.cluster.local:80' };
const prices: ResolvedEndpoint = { ...flask, app: 'prices', namespace: 'prices-prod', targetPort: 9000 };

function policyOf(options: NetworkPolicyOptions = {}, facts: Partial<NetworkPolicyFacts> = {}) {
  expect(faults(networkPolicySchema, options)).toEqual([]);
  const policy = networkPolicyFor(web, options, { environment: 'prod', podPorts: webPorts, services: [clusterIp()], ...facts });
  expect(refusals(policy)).toEqual([]);
  return policy;
}

describe('NetworkPolicy', () => {
  it('is written as a person would review it: closed but for DNS, and a busy one', async () => {
    await expectGolden([
      policyOf({}, { services: [] }),
      policyOf({ internet: true, allowEgress: [{ cidr: '10.30.0.0/16', except: ['10.30.9.0/24'], ports: [5432] }, { namespace: 'redis', pods: { app: 'redis' }, ports: [6379] }] }, {
        expose: httpRoute({ host: 'shop' }), providedPorts: [8000], calls: [prices, flask], scraped: scrapedFrom({ port: 'metrics' }, webPorts), egress: [{ namespace: 'observability', ports: [4318] }],
      }),
    ], 'golden/network-policy.yaml');
  });

  it('applies to the pods of the workload alone, in both directions', () => {
    expect(policyOf().spec).toMatchObject({ podSelector: { matchLabels: web.selector }, policyTypes: ['Ingress', 'Egress'] });
  });

  it('lets nobody in and nothing but DNS out unless the app says so', () => {
    const policy = policyOf();
    expect(allows(policy, 'ingress', { namespace: 'storefront-prod' }, 8000)).toBe(false);
    expect(allows(policy, 'ingress', { address: '203.0.113.7' }, 8000)).toBe(false);
    expect(allows(policy, 'egress', { namespace: 'storefront-prod' }, 5432)).toBe(false);
    expect(allows(policy, 'egress', { address: '203.0.113.7' }, 443)).toBe(false);
    for (const protocol of ['TCP', 'UDP'] as const) {
      expect(allows(policy, 'egress', { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, 53, protocol)).toBe(true);
      expect(allows(policy, 'egress', { address: '169.254.20.10' }, 53, protocol)).toBe(true);
    }
    expect(allows(policy, 'egress', { namespace: 'kube-system', labels: { 'k8s-app': 'metrics-server' } }, 53)).toBe(false);
    expect(allows(policy, 'egress', { address: '169.254.20.10' }, 80)).toBe(false);
  });

  it('asks DNS elsewhere, or not at all, when told so', () => {
    const elsewhere = policyOf({ dns: { namespace: 'openshift-dns', pods: { dns: 'default' }, port: 5353, addresses: [] } });
    expect(allows(elsewhere, 'egress', { namespace: 'openshift-dns', labels: { dns: 'default' } }, 5353, 'UDP')).toBe(true);
    expect(allows(elsewhere, 'egress', { address: '169.254.20.10' }, 5353)).toBe(false);
    expect(policyOf({ dns: false }).spec).not.toHaveProperty('egress');
  });

  it.each<[string, Partial<NetworkPolicyFacts>, string, boolean]>([
    ['the Gateway\'s own namespace', { expose: httpRoute({ host: 'shop' }) }, 'gateway-system', true],
    ['no other namespace', { expose: httpRoute({ host: 'shop' }) }, 'default', false],
    ['the namespace of another Gateway', { expose: httpRoute({ host: 'shop', gateway: { namespace: 'edge' } }) }, 'edge', true],
    ['the place where the Gateway\'s proxies run', { expose: httpRoute({ host: 'shop', gateway: { proxies: [{ namespace: 'envoy-gateway-system' }, { cidr: '10.0.0.0/16' }] } }) }, 'envoy-gateway-system', true],
    ['the Ingress controller', { expose: ingress({ host: 'shop' }) }, 'ingress-nginx', true],
    ['the controller of an Ingress class', { expose: ingress({ host: 'shop', className: 'traefik' }) }, 'traefik', true],
    ['another controller than that of the class', { expose: ingress({ host: 'shop', className: 'traefik' }) }, 'ingress-nginx', false],
    ['another Ingress controller', { expose: ingress({ host: 'shop', proxies: { namespace: 'traefik' } }) }, 'traefik', true],
    ['the proxies of a canary\'s router', { proxies: [{ namespace: 'istio-system' }] }, 'istio-system', true],
    ['no others than those of a canary\'s router', { proxies: [{ namespace: 'istio-system' }] }, 'ingress-nginx', false],
  ])('lets in %s', (_, facts, namespace, wanted) => {
    const policy = policyOf({}, facts);
    expect(allows(policy, 'ingress', { namespace }, 8000)).toBe(wanted);
    expect(allows(policy, 'ingress', { namespace }, 9100)).toBe(false);
  });

  it('lets an AWS load balancer in from anywhere on the app\'s ports, or from the network that is said', () => {
    const anywhere = policyOf({}, { expose: ingress({ host: 'shop', className: 'alb' }) });
    expect(allows(anywhere, 'ingress', { address: '10.20.0.7' }, 8000)).toBe(true);
    expect(allows(anywhere, 'ingress', { address: '10.20.0.7' }, 5432)).toBe(false);
    const said = policyOf({}, { expose: ingress({ host: 'shop', className: 'alb', proxies: { cidr: '10.20.0.0/16' } }) });
    expect(allows(said, 'ingress', { address: '10.20.0.7' }, 8000)).toBe(true);
    expect(allows(said, 'ingress', { address: '10.30.0.7' }, 8000)).toBe(false);
  });

  it('opens nothing to proxies where no Service leads anywhere', () => {
    expect(policyOf({}, { services: [], expose: httpRoute({ host: 'shop' }) }).spec).not.toHaveProperty('ingress');
  });

  it.each<[string, ServiceOptions, { readonly from: string; readonly port: number; readonly allowed: boolean }[]]>([
    ['a Service inside the cluster', clusterIp(), [{ from: '203.0.113.7', port: 8000, allowed: false }]],
    ['a headless Service', headless(), [{ from: '203.0.113.7', port: 8000, allowed: false }]],
    ['a load balancer', loadBalancer(), [{ from: '203.0.113.7', port: 8000, allowed: true }, { from: '203.0.113.7', port: 9100, allowed: false }, { from: '203.0.113.7', port: 80, allowed: false }]],
    ['a port of the nodes, to another port of the pods', nodePort({ targetPort: 'metrics' }), [{ from: '10.0.0.7', port: 9100, allowed: true }, { from: '10.0.0.7', port: 8000, allowed: false }]],
    ['a load balancer whose sources the pods can\'t see', loadBalancer({ sourceRanges: ['203.0.113.0/24'] }), [{ from: '10.0.0.7', port: 8000, allowed: true }]],
    ['a load balancer whose sources the pods see', loadBalancer({ sourceRanges: ['203.0.113.0/24'], externalTrafficPolicy: 'Local' }), [{ from: '203.0.113.7', port: 8000, allowed: true }, { from: '198.51.100.7', port: 8000, allowed: false }]],
  ])('opens to the outside what %s needs', (_, service, cases) => {
    const policy = policyOf({}, { services: [service] });
    for (const { from, port, allowed } of cases) expect([from, port, allows(policy, 'ingress', { address: from }, port)]).toEqual([from, port, allowed]);
  });

  it('lets in the apps of its environment that declare the call, on the provided port', () => {
    const policy = policyOf({}, { providedPorts: [8000] });
    const caller = { namespace: 'checkout-prod', namespaceLabels: { [environmentLabel]: 'prod' }, labels: { [callsLabel('storefront')]: 'true' } };
    expect(allows(policy, 'ingress', caller, 8000)).toBe(true);
    expect(allows(policy, 'ingress', caller, 9100)).toBe(false);
    expect(allows(policy, 'ingress', { ...caller, labels: {} }, 8000)).toBe(false);
    expect(allows(policy, 'ingress', { ...caller, namespaceLabels: { [environmentLabel]: 'dev' } }, 8000)).toBe(false);
  });

  it('reaches the pods of an app that is called on their own port, not the Service\'s', () => {
    const policy = policyOf({}, { calls: [flask] });
    const callee = { namespace: 'flask-api-prod', labels: { 'app.kubernetes.io/part-of': 'flask-api' } };
    expect(allows(policy, 'egress', callee, 8000)).toBe(true);
    expect(allows(policy, 'egress', callee, 80)).toBe(false);
    expect(allows(policy, 'egress', { ...callee, namespace: 'flask-api-dev' }, 8000)).toBe(false);
    expect(allows(policy, 'egress', { ...callee, labels: { 'app.kubernetes.io/part-of': 'other' } }, 8000)).toBe(false);
  });

  it('lets Prometheus in on the port of the metrics alone', () => {
    const policy = policyOf({}, { scraped: scrapedFrom({ port: 'metrics', namespace: 'observability' }, webPorts) });
    expect(allows(policy, 'ingress', { namespace: 'observability' }, 9100)).toBe(true);
    expect(allows(policy, 'ingress', { namespace: 'observability' }, 8000)).toBe(false);
    expect(allows(policy, 'ingress', { namespace: 'monitoring' }, 9100)).toBe(false);
  });

  it('lets through what the app says besides', () => {
    const policy = policyOf({
      allowEgress: [{ cidr: '10.30.0.0/16', except: ['10.30.9.0/24'], ports: [5432, { port: 6000, endPort: 6010 }] }, { pods: { app: 'memcached' }, ports: [{ port: 11211, protocol: 'UDP' }] }],
      allowIngress: [{ namespaces: { team: 'ops' } }],
    });
    expect(allows(policy, 'egress', { address: '10.30.1.1' }, 6010)).toBe(true);
    expect(allows(policy, 'egress', { address: '10.30.1.1' }, 6011)).toBe(false);
    expect(allows(policy, 'egress', { address: '10.30.9.1' }, 5432)).toBe(false);
    expect(allows(policy, 'egress', { namespace: 'storefront-prod', labels: { app: 'memcached' } }, 11211, 'UDP')).toBe(true);
    expect(allows(policy, 'egress', { namespace: 'other', labels: { app: 'memcached' } }, 11211, 'UDP')).toBe(false);
    expect(allows(policy, 'ingress', { namespace: 'tools', namespaceLabels: { team: 'ops' } }, 22)).toBe(true);
  });

  it('is the same whatever the order of calls, and says nothing twice', () => {
    expect(policyOf({}, { calls: [prices, flask, flask] })).toEqual(policyOf({}, { calls: [flask, prices] }));
  });
});

describe('the internet', () => {
  const policy = policyOf({ internet: true });
  const octet = fc.integer({ min: 0, max: 255 });
  const address = (first: readonly [number, number]) => fc.tuple(octet, octet).map(([c, d]) => `${first[0]}.${first[1]}.${c}.${d}`);

  it.each(['169.254.169.254', '100.100.100.200', '169.254.170.2', '10.0.0.1', '172.31.255.255', '192.168.0.1', 'fd00:ec2::254', 'fe80::1'])('never includes %s', (private_) => {
    expect(allows(policy, 'egress', { address: private_ }, 80)).toBe(false);
  });

  it('includes public addresses and excludes private ones, whichever they are', () => {
    fc.assert(fc.property(fc.tuple(octet, octet).chain((first) => address(first)), (text) => {
      const [a = 0, b = 0] = text.split('.').map(Number);
      const isPrivate = a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b <= 127) || (a === 169 && b === 254);
      expect([text, allows(policy, 'egress', { address: text }, 443)]).toEqual([text, !isPrivate]);
    }), { numRuns: 500 });
  });

  it('is reached by IPv6 too, and on some ports only when told so', () => {
    expect(allows(policy, 'egress', { address: '2001:db8::1' }, 443)).toBe(true);
    const some = policyOf({ internet: { ports: [443] } });
    expect(allows(some, 'egress', { address: '203.0.113.7' }, 443)).toBe(true);
    expect(allows(some, 'egress', { address: '203.0.113.7' }, 25)).toBe(false);
    expect(policyOf({ internet: false })).toEqual(policyOf());
  });
});

describe('options of a network policy', () => {
  it.each<[string, unknown, string[]]>([
    ['no network', { allowEgress: [{ cidr: '10.0.0.0' }] }, ['web: allowEgress[0].cidr: expected a network in CIDR notation such as 10.20.0.0/16 or 2001:db8::/32, got "10.0.0.0"']],
    ['an address in a network\'s place', { allowEgress: [{ cidr: '10.0.0.7/8' }] }, ['web: allowEgress[0].cidr: expected the address of a network, got "10.0.0.7/8", whose address has bits beyond its prefix of 8']],
    ['an exception from outside', { allowEgress: [{ cidr: '10.0.0.0/8', except: ['10.0.0.0/8', '192.168.0.0/16'] }] }, [
      'web: allowEgress[0].except[0]: expected a smaller network within 10.0.0.0/8, got 10.0.0.0/8', 'web: allowEgress[0].except[1]: expected a smaller network within 10.0.0.0/8, got 192.168.0.0/16']],
    ['pods nowhere', { allowIngress: [{}] }, ['web: allowIngress[0]: expected cidr, namespace, namespaces or pods, got none of them']],
    ['a namespace said twice', { allowIngress: [{ namespace: 'a', namespaces: { b: 'c' } }] }, ['web: allowIngress[0].namespaces: expected either the name of a namespace or labels of several, got both']],
    ['no labels', { allowIngress: [{ namespace: 'a', pods: {} }] }, ['web: allowIngress[0].pods: expected at least one label']],
    ['a port by name', { allowEgress: [{ namespace: 'a', ports: ['http'] }] }, ['web: allowEgress[0].ports[0]: expected a port from 1 to 65535, got "http"']],
    ['a range that runs backwards', { allowEgress: [{ namespace: 'a', ports: [{ port: 90, endPort: 80 }] }] }, ['web: allowEgress[0].ports[0].endPort: expected at least 90, the first port of the range, got 80']],
    ['unknown fields, with what was meant', { allowEgress: [{ cidr: '10.0.0.0/8', port: [80] }, { namespace: 'a', pod: { b: 'c' } }], dns: { adresses: [] } }, [
      'web: allowEgress[0].port: unknown field. Did you mean "ports"? Known: cidr, except, ports.', 'web: allowEgress[1].pod: unknown field. Did you mean "pods"? Known: namespace, namespaces, pods, ports.',
      'web: dns.adresses: unknown field. Did you mean "addresses"? Known: addresses, namespace, pods, port.']],
    ['text for a peer', { allowIngress: ['monitoring'] }, ['web: allowIngress[0]: expected { cidr } or { namespace, pods }, got "monitoring"']],
    ['the internet as text', { internet: 'yes' }, ['web: internet: expected true, false or { ports }, got "yes"']],
    ['DNS as true', { dns: true }, ['web: dns: expected false, or where DNS is asked, got true']],
  ])('are refused: %s', (_, options, messages) => {
    expect(faults(networkPolicySchema, options)).toEqual(messages);
  });
});
