import { describe, expect, it } from 'vitest';
import { clusterIp, headless, loadBalancer, nodePort, type ServiceOptions } from '../../../lib/constructs/network/service-options.ts';
import { serviceSchema } from '../../../lib/constructs/network/service-schema.ts';
import { alibabaClb, alibabaNlb } from '../../../lib/constructs/network/clouds/alibaba.ts';
import { awsNlb } from '../../../lib/constructs/network/clouds/aws.ts';
import { digitalOcean } from '../../../lib/constructs/network/clouds/digital-ocean.ts';
import { faults } from './samples.ts';

const zones = { 'cn-hangzhou-j': 'vsw-j1', 'cn-hangzhou-k': 'vsw-k1' };

describe('options of a Service', () => {
  it.each<[string, ServiceOptions]>([
    ['nothing said', clusterIp()],
    ['a headless one', headless({ name: 'db', publishNotReadyAddresses: true })],
    ['every common field', clusterIp({
      name: 'shop', port: 8080, targetPort: 'http', appProtocol: 'grpc', sessionAffinity: 'ClientIP', sessionAffinityTimeout: '24h', ipFamilyPolicy: 'RequireDualStack',
      ipFamilies: ['IPv4', 'IPv6'], trafficDistribution: 'PreferClose', internalTrafficPolicy: 'Cluster', publishNotReadyAddresses: false, annotations: { 'a.example/b': 'c' },
    })],
    ['several ports', nodePort({ externalTrafficPolicy: 'Local', ports: [
      { name: 'http', port: 80, targetPort: 8000, protocol: 'TCP', appProtocol: 'http', nodePort: 30080 }, { name: 'dns', port: 53, protocol: 'UDP' }, { name: 'dns-tcp', port: 53, protocol: 'TCP' }] })],
    ['one node port for two protocols', nodePort({ ports: [{ name: 'a', port: 53, protocol: 'TCP', nodePort: 30053 }, { name: 'b', port: 53, protocol: 'UDP', nodePort: 30053 }] })],
    ['a balancer for several clouds', loadBalancer({ cloud: [digitalOcean(), awsNlb(), alibabaClb()], sourceRanges: ['203.0.113.0/24', '2001:db8::/32'], nodePorts: true })],
    ['a balancer of one cloud', loadBalancer({ cloud: alibabaNlb({ zones }), loadBalancerClass: 'alibabacloud.com/nlb' })],
  ])('are right: %s', (_, options) => {
    expect(faults(serviceSchema, options)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['no object', 'ClusterIP', ['web: expected an object with kind ClusterIP, Headless, LoadBalancer, NodePort, got "ClusterIP"']],
    ['a port out of range', clusterIp({ port: 0 }), ['web: port: expected at least 1, got 0']],
    ['a port name in capitals', clusterIp({ targetPort: 'HTTP' }), ['web: targetPort: expected a port name (lower-case letters, digits and single "-", at least one letter, at most 15 characters), got "HTTP"']],
    ['a name that DNS doesn\'t take', clusterIp({ name: '1shop' }), ['web: name: expected a DNS label that starts with a letter (lower-case letters, digits and "-", ending with a letter or digit, at most 63 characters), got "1shop"']],
    ['both forms of ports', clusterIp({ port: 80, targetPort: 'http', appProtocol: 'http', ports: [{ port: 80 }] }), [
      'web: appProtocol: expected nothing beside `ports`, which says it for each port',
      'web: port: expected nothing beside `ports`, which says it for each port', 'web: targetPort: expected nothing beside `ports`, which says it for each port']],
    ['a node port of a short form beside ports', nodePort({ nodePort: 30080, ports: [{ port: 80 }] }), ['web: nodePort: expected nothing beside `ports`, which says it for each port']],
    ['a node port inside the cluster', clusterIp({ ports: [{ port: 80, nodePort: 30080 }] }), ['web: ports[0].nodePort: expected no port of the nodes: only nodePort() and loadBalancer() have one']],
    ['ports that meet', nodePort({ ports: [{ name: 'a', port: 80, nodePort: 30080 }, { name: 'a', port: 80, nodePort: 30080 }] }), [
      'web: ports[1].name: expected a name of its own, got "a" twice', 'web: ports[1].nodePort: expected each port of the nodes once, but for the same port in another protocol, got 30080 twice', 'web: ports[1].port: expected each port and protocol once, got TCP 80 twice']],
    ['a nameless port among several', clusterIp({ ports: [{ port: 80, name: false }, { port: 81, name: 'b' }] }), ['web: ports[0].name: expected a name: every port of a Service with several has one']],
    ['a timeout without affinity', clusterIp({ sessionAffinityTimeout: '1h' }), ['web: sessionAffinityTimeout: expected `sessionAffinity: \'ClientIP\'` with a timeout of it']],
    ['a timeout that is too long', clusterIp({ sessionAffinity: 'ClientIP', sessionAffinityTimeout: '25h' }), ['web: sessionAffinityTimeout: expected whole seconds from 1s to 24h, got "25h"']],
    ['two families on a single stack', clusterIp({ ipFamilies: ['IPv4', 'IPv6'] }), ['web: ipFamilyPolicy: expected PreferDualStack or RequireDualStack with two families']],
    ['a family twice', clusterIp({ ipFamilies: ['IPv4', 'IPv4'], ipFamilyPolicy: 'PreferDualStack' }), ['web: ipFamilies: expected each family once']],
    ['a source that is no network', loadBalancer({ sourceRanges: ['10.0.0.1'] }), ['web: sourceRanges[0]: expected a network in CIDR notation such as 10.20.0.0/16 or 2001:db8::/32, got "10.0.0.1"']],
    ['one cloud twice', loadBalancer({ cloud: [awsNlb(), awsNlb({ targets: 'instance' })] }), ['web: cloud[1]: expected each cloud once: both settings write the same annotations (aws)']],
    ['a class that hides the Service from the other clouds', loadBalancer({ cloud: [awsNlb(), alibabaNlb({ zones })] }), ['web: cloud: expected alibaba-nlb alone: its loadBalancerClass hides the Service from every other cloud; use selectCluster']],
    ['a class against the cloud\'s own', loadBalancer({ cloud: alibabaNlb({ zones }), loadBalancerClass: 'x.example/y' }), ['web: loadBalancerClass: expected alibabacloud.com/nlb, which alibaba-nlb needs, got "x.example/y"']],
    ['a node port that isn\'t allocated', loadBalancer({ nodePort: 30080, nodePorts: false }), ['web: nodePort: expected no port of the nodes with `nodePorts: false`']],
    ['node ports of several ports that aren\'t allocated', loadBalancer({ nodePorts: false, ports: [{ port: 80, nodePort: 30080 }] }), ['web: ports[0].nodePort: expected no port of the nodes with `nodePorts: false`']],
    ['one node port for two ports', nodePort({ ports: [{ name: 'a', port: 53, nodePort: 30053 }, { name: 'b', port: 54, protocol: 'UDP', nodePort: 30053 }] }), [
      'web: ports[1].nodePort: expected each port of the nodes once, but for the same port in another protocol, got 30053 twice']],
    ['affinity that has no effect', headless({ sessionAffinity: 'ClientIP' }), ['web: sessionAffinity: expected none: nothing stands between clients and the pods of a headless Service']],
    ['HTTPS without a certificate', loadBalancer({ cloud: digitalOcean({ protocol: 'https' }) }), ['web: cloud.certificateId: expected a certificate for protocol https, got nothing']],
    ['TLS ports without a certificate', loadBalancer({ cloud: awsNlb({ tlsPorts: [443] }) }), ['web: cloud.certificates: expected a certificate for the ports that speak TLS, got nothing']],
    ['a path that TCP never asks', loadBalancer({ cloud: awsNlb({ healthCheck: { protocol: 'tcp', path: '/healthz' } }) }), ['web: cloud.healthCheck.path: expected no path with protocol tcp, which only opens a connection']],
    ['one zone', loadBalancer({ cloud: alibabaNlb({ zones: { 'cn-hangzhou-k': 'vsw-k1' } }) }), ['web: cloud.zones: expected at least two zones with a switch each for a new balancer, got 1']],
    ['listeners of no balancer', loadBalancer({ cloud: alibabaClb({ overrideListeners: true }) }), ['web: cloud.overrideListeners: expected the id of the balancer whose listeners are overwritten, got none']],
    ['a specification misspelt', loadBalancer({ cloud: alibabaClb({ spec: 's2.small' }) }), ['web: cloud.spec: expected a specification such as slb.s2.small, got "s2.small"']],
  ])('are refused: %s', (_, options, messages) => {
    expect(faults(serviceSchema, options)).toEqual(messages);
  });

  it('are all reported at once', () => {
    expect(faults(serviceSchema, { kind: 'LoadBalancer', port: 70000, sourceRange: [], nodePorts: 'no', cloud: { cloud: 'aws-nlb', scheme: 'public', healthCheck: { pth: '/' } } })).toEqual([
      'web: cloud.healthCheck.pth: unknown field. Did you mean "path"? Known: healthyThreshold, intervalSeconds, path, port, protocol, timeoutSeconds, unhealthyThreshold.',
      'web: cloud.scheme: expected one of internal, internet-facing, got "public" → choose one. Known: internal, internet-facing.',
      'web: nodePorts: expected boolean, got "no"',
      'web: port: expected at most 65535, got 70000',
      'web: sourceRange: unknown field. Did you mean "sourceRanges"? Known: annotations, appProtocol, cloud, externalTrafficPolicy, internalTrafficPolicy, ipFamilies, ipFamilyPolicy, kind, loadBalancerClass, name, nodePort, nodePorts, port, ports, publishNotReadyAddresses, sessionAffinity, sessionAffinityTimeout, sourceRanges, targetPort, trafficDistribution.',
    ]);
  });
});
