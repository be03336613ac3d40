import { describe, expect, it } from 'vitest';
import type { CloudLoadBalancer } from '../../../lib/constructs/network/cloud-load-balancer.ts';
import { cloudAnnotations, keepsClientAddresses } from '../../../lib/constructs/network/clouds.ts';
import { alibabaClb, alibabaNlb } from '../../../lib/constructs/network/clouds/alibaba.ts';
import { awsNlb } from '../../../lib/constructs/network/clouds/aws.ts';
import { digitalOcean } from '../../../lib/constructs/network/clouds/digital-ocean.ts';
import { serviceFor } from '../../../lib/constructs/network/service.ts';
import { loadBalancer } from '../../../lib/constructs/network/service-options.ts';
import { serviceSchema } from '../../../lib/constructs/network/service-schema.ts';
import { faults, refusals, web, webPorts } from './samples.ts';

const digitalOceanPrefix = 'service.beta.kubernetes.io/do-loadbalancer-';
const awsPrefix = 'service.beta.kubernetes.io/aws-load-balancer-';
const alibabaPrefix = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';

/** Annotations without their prefix. */
function annotationsOf(cloud: CloudLoadBalancer): Record<string, string> {
  expect(faults(serviceSchema, loadBalancer({ cloud }))).toEqual([]);
  return Object.fromEntries(Object.entries(cloudAnnotations(loadBalancer({ cloud }))).map(([key, value]) => {
    const prefix = [digitalOceanPrefix, awsPrefix, alibabaPrefix].find((each) => key.startsWith(each));
    return [prefix === undefined ? key : key.slice(prefix.length), value];
  }));
}

describe('annotations of a cloud\'s balancer', () => {
  it('say nothing to DigitalOcean but what is said', () => {
    expect(annotationsOf(digitalOcean())).toEqual({});
    expect(annotationsOf(digitalOcean({
      name: 'shop', network: 'internal', type: 'REGIONAL_NETWORK', sizeUnit: 2, protocol: 'https', certificateId: 'c-1', redirectHttpToHttps: true, proxyProtocol: true, healthCheckPath: '/healthz',
      healthCheckIntervalSeconds: 10, httpIdleTimeoutSeconds: 120, disown: true,
    }))).toEqual({
      name: 'shop', network: 'INTERNAL', type: 'REGIONAL_NETWORK', 'size-unit': '2', protocol: 'https', 'certificate-id': 'c-1', 'redirect-http-to-https': 'true', 'enable-proxy-protocol': 'true',
      'healthcheck-protocol': 'http', 'healthcheck-path': '/healthz', 'healthcheck-check-interval-seconds': '10', 'http-idle-timeout-seconds': '120', 'service.kubernetes.io/do-loadbalancer-disown': 'true',
    });
  });

  it('keep AWS\'s older controller away and send to pods by address', () => {
    expect(annotationsOf(awsNlb())).toEqual({ type: 'external', scheme: 'internal', 'nlb-target-type': 'ip', attributes: 'load_balancing.cross_zone.enabled=true' });
    expect(annotationsOf(awsNlb({
      name: 'shop', scheme: 'internet-facing', targets: 'instance', crossZone: false, certificates: ['arn:aws:acm:eu-central-1:1:certificate/a', 'arn:aws:acm:eu-central-1:1:certificate/b'], tlsPorts: [443, 'https'],
      subnets: ['subnet-1', 'subnet-2'], preserveClientIp: true, proxyProtocol: true, deregistrationDelaySeconds: 30,
      healthCheck: { path: '/healthz', port: 8080, intervalSeconds: 10, timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
    }))).toEqual({
      type: 'external', scheme: 'internet-facing', 'nlb-target-type': 'instance', name: 'shop', attributes: 'load_balancing.cross_zone.enabled=false',
      'target-group-attributes': 'deregistration_delay.timeout_seconds=30,preserve_client_ip.enabled=true', subnets: 'subnet-1,subnet-2',
      'ssl-cert': 'arn:aws:acm:eu-central-1:1:certificate/a,arn:aws:acm:eu-central-1:1:certificate/b', 'ssl-ports': '443,https', 'proxy-protocol': '*', 'healthcheck-protocol': 'http', 'healthcheck-path': '/healthz',
      'healthcheck-port': '8080', 'healthcheck-interval': '10', 'healthcheck-timeout': '5', 'healthcheck-healthy-threshold': '2', 'healthcheck-unhealthy-threshold': '3',
    });
  });

  it('say to Alibaba Cloud which kind of balancer, in zones by name', () => {
    expect(annotationsOf(alibabaClb())).toEqual({});
    expect(annotationsOf(alibabaClb({ addressType: 'intranet', name: 'shop', spec: 'slb.s2.small', masterZone: 'z-1', standbyZone: 'z-2', healthCheckIntervalSeconds: 5 }))).toEqual({
      'address-type': 'intranet', name: 'shop', 'health-check-flag': 'on', 'health-check-type': 'tcp', 'health-check-interval': '5', 'instance-charge-type': 'PayBySpec', spec: 'slb.s2.small', 'master-zoneid': 'z-1', 'slave-zoneid': 'z-2',
    });
    expect(annotationsOf(alibabaClb({ id: 'lb-1', overrideListeners: true }))).toEqual({ id: 'lb-1', 'force-override-listeners': 'true' });
    const nlb = alibabaNlb({ zones: { 'cn-b': 'vsw-2', 'cn-a': 'vsw-1' }, securityGroups: ['sg-1', 'sg-2'], healthCheckPath: '/healthz' });
    expect(annotationsOf(nlb)).toEqual({ 'zone-maps': 'cn-a:vsw-1,cn-b:vsw-2', 'security-group-ids': 'sg-1,sg-2', 'health-check-flag': 'on', 'health-check-type': 'http', 'health-check-uri': '/healthz' });
    const service = serviceFor(web, loadBalancer({ cloud: nlb }), webPorts);
    expect(service.spec?.loadBalancerClass).toBe('alibabacloud.com/nlb');
    expect(refusals(service)).toEqual([]);
  });

  it('of several clouds stand side by side, without a class that would hide the Service from one of them', () => {
    const service = serviceFor(web, loadBalancer({ cloud: [awsNlb(), digitalOcean({ name: 'shop' }), alibabaClb({ name: 'shop' })] }), webPorts);
    expect(Object.keys(service.metadata?.annotations ?? {}).map((key) => key.replace(/-?(load-?balancer).*/, ''))).toEqual([
      'service.beta.kubernetes.io/alibaba-cloud', ...Array.from({ length: 4 }, () => 'service.beta.kubernetes.io/aws'), 'service.beta.kubernetes.io/do']);
    expect(service.spec?.loadBalancerClass).toBeUndefined();
  });

  it('give way to an annotation of the Service', () => {
    const service = serviceFor(web, loadBalancer({ cloud: awsNlb(), annotations: { [`${awsPrefix}scheme`]: 'internet-facing' } }), webPorts);
    expect(service.metadata?.annotations?.[`${awsPrefix}scheme`]).toBe('internet-facing');
  });
});

describe('numbers of a cloud\'s balancer', () => {
  it.each<[string, readonly [number, number], (value: number) => CloudLoadBalancer]>([
    ['DigitalOcean sizeUnit', [1, 200], (sizeUnit) => digitalOcean({ sizeUnit })],
    ['DigitalOcean healthCheckIntervalSeconds', [3, 300], (healthCheckIntervalSeconds) => digitalOcean({ healthCheckIntervalSeconds })],
    ['DigitalOcean httpIdleTimeoutSeconds', [30, 600], (httpIdleTimeoutSeconds) => digitalOcean({ httpIdleTimeoutSeconds })],
    ['AWS intervalSeconds', [5, 300], (intervalSeconds) => awsNlb({ healthCheck: { intervalSeconds } })],
    ['AWS timeoutSeconds', [2, 120], (timeoutSeconds) => awsNlb({ healthCheck: { timeoutSeconds } })],
    ['AWS healthyThreshold', [2, 10], (healthyThreshold) => awsNlb({ healthCheck: { healthyThreshold } })],
    ['AWS unhealthyThreshold', [2, 10], (unhealthyThreshold) => awsNlb({ healthCheck: { unhealthyThreshold } })],
    ['AWS deregistrationDelaySeconds', [0, 3600], (deregistrationDelaySeconds) => awsNlb({ deregistrationDelaySeconds })],
    ['Alibaba healthCheckIntervalSeconds', [1, 50], (healthCheckIntervalSeconds) => alibabaClb({ healthCheckIntervalSeconds })],
  ])('%s lies within %j', (_, [least, most], cloud) => {
    expect([least - 1, least, most, most + 1].map((value) => faults(serviceSchema, loadBalancer({ cloud: cloud(value) })).length)).toEqual([1, 0, 0, 1]);
  });
});

describe('client addresses', () => {
  it.each<[boolean, string, Parameters<typeof loadBalancer>[0]]>([
    [false, 'are hidden by nodes that forward', {}],
    [true, 'are seen where traffic stays on its node', { externalTrafficPolicy: 'Local' }],
    [false, 'are hidden by DigitalOcean\'s balancer', { externalTrafficPolicy: 'Local', cloud: digitalOcean() }],
    [false, 'are mixed with health checks where AWS sends to pods', { externalTrafficPolicy: 'Local', cloud: awsNlb() }],
    [true, 'are seen where AWS sends to nodes', { externalTrafficPolicy: 'Local', cloud: awsNlb({ targets: 'instance' }) }],
    [false, 'are hidden by AWS where it is told so', { externalTrafficPolicy: 'Local', cloud: awsNlb({ targets: 'instance', preserveClientIp: false }) }],
    [false, 'are hidden by one of several clouds', { externalTrafficPolicy: 'Local', cloud: [awsNlb({ targets: 'instance' }), digitalOcean()] }],
  ])('%s: %s', (seen, _, options) => {
    expect(keepsClientAddresses(loadBalancer(options))).toBe(seen);
  });
});
