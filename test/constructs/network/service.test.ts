import { describe, expect, it } from 'vitest';
import { serviceFor } from '../../../lib/constructs/network/service.ts';
import { clusterIp, headless, loadBalancer, nodePort, type ServiceOptions } from '../../../lib/constructs/network/service-options.ts';
import { exposeProblems, serviceProblems } from '../../../lib/constructs/network/service-problems.ts';
import { backendOf } from '../../../lib/constructs/network/route-backend.ts';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import { awsNlb } from '../../../lib/constructs/network/clouds/aws.ts';
import { digitalOcean } from '../../../lib/constructs/network/clouds/digital-ocean.ts';
import { expectGolden, refusals, web, webPorts } from './samples.ts';

const portsOf = (options: ServiceOptions) => serviceFor(web, options, webPorts).spec?.ports;

describe('Service', () => {
  it('is written as a person would review it, of every kind', async () => {
    await expectGolden([
      serviceFor(web, clusterIp(), webPorts),
      serviceFor({ ...web, name: 'storefront-db' }, headless({ publishNotReadyAddresses: true }), [{ name: 'postgres', port: 5432 }]),
      serviceFor(web, nodePort({ nodePort: 30080, externalTrafficPolicy: 'Local' }), webPorts),
      serviceFor(web, loadBalancer({ port: 80, sourceRanges: ['203.0.113.0/24'], cloud: [awsNlb({ scheme: 'internet-facing' }), digitalOcean({ name: 'shop' })] }), webPorts),
    ], 'golden/services.yaml');
  });

  it('leads from port 80 to the first port of the pods, by name', () => {
    expect(portsOf(clusterIp())).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
  });

  it.each<[string, ServiceOptions, unknown]>([
    ['another port', clusterIp({ port: 8888 }), [{ name: 'http', port: 8888, targetPort: 'http' }]],
    ['another target by name', clusterIp({ targetPort: 'metrics' }), [{ name: 'metrics', port: 80, targetPort: 'metrics' }]],
    ['another target by number', clusterIp({ targetPort: 9100 }), [{ name: 'metrics', port: 80, targetPort: 9100 }]],
    ['a target that no port declares', clusterIp({ targetPort: 7000, ports: undefined }), [{ port: 80, targetPort: 7000 }]],
    ['several ports, each to the port of its name', clusterIp({ ports: [{ port: 80 }, { name: 'metrics', port: 9100 }] }), [
      { name: 'http', port: 80, targetPort: 'http' }, { name: 'metrics', port: 9100, targetPort: 'metrics' }]],
    ['a port found by its number', clusterIp({ ports: [{ port: 9100 }] }), [{ name: 'metrics', port: 9100, targetPort: 'metrics' }]],
    ['a port without a name', clusterIp({ ports: [{ port: 8000, name: false, targetPort: 8000, protocol: 'TCP' }] }), [{ port: 8000, targetPort: 8000, protocol: 'TCP' }]],
    ['a protocol above', clusterIp({ appProtocol: 'kubernetes.io/ws' }), [{ name: 'http', port: 80, targetPort: 'http', appProtocol: 'kubernetes.io/ws' }]],
    ['a port of the nodes', nodePort({ nodePort: 30080 }), [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30080 }]],
    ['the pods\' own port for a headless one', headless(), [{ name: 'http', port: 8000, targetPort: 'http' }]],
  ])('takes %s', (_, options, ports) => {
    expect(portsOf(options)).toEqual(ports);
    expect(refusals(serviceFor(web, options, webPorts))).toEqual([]);
  });

  it('keeps the protocol of a UDP port of the pods', () => {
    expect(serviceFor(web, clusterIp({ port: 53 }), [{ name: 'dns', port: 5353, protocol: 'UDP' }]).spec?.ports).toEqual([{ name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP' }]);
  });

  it('writes every field that is said, and none that isn\'t', () => {
    const service = serviceFor(web, loadBalancer({
      name: 'shop', sessionAffinity: 'ClientIP', sessionAffinityTimeout: '30m', ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv6', 'IPv4'], trafficDistribution: 'PreferClose',
      internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local', loadBalancerClass: 'example.com/metal', nodePorts: false, annotations: { 'example.com/pool': 'blue' },
    }), webPorts);
    expect(service.metadata).toMatchObject({ name: 'shop', annotations: { 'example.com/pool': 'blue' } });
    expect(service.spec).toMatchObject({
      sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 1800 } }, ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv6', 'IPv4'],
      trafficDistribution: 'PreferClose', internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local', loadBalancerClass: 'example.com/metal', allocateLoadBalancerNodePorts: false,
    });
    expect(refusals(service)).toEqual([]);
    expect(Object.keys(serviceFor(web, clusterIp(), webPorts).spec ?? {})).toEqual(['type', 'selector', 'ports']);
  });

  it('has no labels, namespace or annotations that nobody said', () => {
    const service = serviceFor({ name: 'hello', app: 'hello', labels: {}, selector: { app: 'hello' } }, clusterIp(), webPorts);
    expect(service.metadata).toEqual({ name: 'hello' });
  });

  it('tells a route its name and first port', () => {
    expect(backendOf(serviceFor(web, clusterIp({ ports: [{ port: 8080 }, { name: 'metrics', port: 9100 }] }), webPorts))).toEqual({ service: 'storefront-web', port: 8080 });
    expect(() => backendOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'empty' } })).toThrow('expected a Service with a name and a port');
  });
});

describe('Service in front of certain pods', () => {
  it.each<[string, ServiceOptions, readonly { name: string; port: number }[], string[]]>([
    ['pods without a port', clusterIp(), [], ['web.service: expected pods with a port to send to, got none']],
    ['a port name that the pods don\'t have', clusterIp({ targetPort: 'metric' }), [...webPorts], ['web.service: targetPort: expected the name of a port of the pods, got "metric"']],
    ['a port that nothing names', clusterIp({ ports: [{ port: 80 }, { port: 7000, targetPort: 7000 }] }), [...webPorts], ['web.service: ports[1].name: expected a name: every port of a Service with several has one, and no port of the pods gives it']],
    ['two ports named after one', clusterIp({ ports: [{ port: 80 }, { port: 81 }] }), [...webPorts], ['web.service: ports: expected ports with names of their own, got "http" twice']],
    ['a headless one that renumbers', headless({ port: 80 }), [...webPorts], ['web.service: port: expected the pods\' own port 8000, which a headless Service leads to, got 80']],
    ['what is right', clusterIp({ ports: [{ port: 80 }, { name: 'metrics', port: 81, targetPort: 'metrics' }] }), [...webPorts], []],
    ['a number where pods declare no port', clusterIp({ targetPort: 7000 }), [], []],
  ])('reports %s', (_, options, ports, messages) => {
    expect(serviceProblems(options, ports, 'web.service').map((problem) => `${problem.where}: ${problem.message}`)).toEqual(messages);
  });

  it('suggests the port that was meant', () => {
    expect(serviceProblems(clusterIp({ targetPort: 'metric' }), webPorts, 'web')[0]?.fix).toBe('name one. Did you mean "metrics"? Known: http, metrics.');
  });

  it('refuses a way in that leads nowhere', () => {
    expect(exposeProblems(httpRoute({ host: 'shop' }), [], webPorts, 'web.expose').map((problem) => problem.message)).toEqual(['expected an app with a Service to lead to, got none']);
    expect(exposeProblems(ingress({ host: 'shop', paths: ['/', { path: '/admin', port: 8080 }] }), [clusterIp()], webPorts, 'web.expose').map((problem) => problem.message))
      .toEqual(['expected a port of the Service (80), got 8080']);
    expect(exposeProblems(httpRoute({ host: 'shop' }), [clusterIp()], webPorts, 'web.expose')).toEqual([]);
  });
});
