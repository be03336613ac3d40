import type { z } from 'zod';
import type { CloudLoadBalancer } from './cloud-load-balancer.ts';
import { cloudClass, cloudsOf } from './clouds.ts';
import type { LoadBalancerService, ServiceOptions, ServicePortOptions } from './service-options.ts';

/** What must hold between the options of a Service. */
export function serviceRules(options: ServiceOptions, context: z.RefinementCtx): void {
  const report = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
  if (options.ports !== undefined) {
    for (const field of ['port', 'targetPort', 'appProtocol', 'nodePort'] as const) {
      if (field in options && options[field as keyof ServiceOptions] !== undefined) report([field], `expected nothing beside \`ports\`, which says it for each port`);
    }
    portRules(options.ports, options.kind === 'NodePort' || options.kind === 'LoadBalancer', report);
  }
  if (options.sessionAffinityTimeout !== undefined && options.sessionAffinity !== 'ClientIP') {
    report(['sessionAffinityTimeout'], 'expected `sessionAffinity: \'ClientIP\'` with a timeout of it');
  }
  if (options.kind === 'Headless' && options.sessionAffinity !== undefined) report(['sessionAffinity'], 'expected none: nothing stands between clients and the pods of a headless Service');
  if (options.ipFamilies !== undefined && new Set(options.ipFamilies).size !== options.ipFamilies.length) {
    report(['ipFamilies'], 'expected each family once');
  }
  if (options.ipFamilies?.length === 2 && (options.ipFamilyPolicy === undefined || options.ipFamilyPolicy === 'SingleStack')) {
    report(['ipFamilyPolicy'], 'expected PreferDualStack or RequireDualStack with two families');
  }
  if (options.kind === 'LoadBalancer') balancerRules(options, report);
}

type Report = (path: PropertyKey[], message: string) => void;

function portRules(ports: readonly ServicePortOptions[], outside: boolean, report: Report): void {
  ports.forEach((port, index) => {
    if (port.name === false && ports.length > 1) report(['ports', index, 'name'], 'expected a name: every port of a Service with several has one');
    if (port.nodePort !== undefined && !outside) report(['ports', index, 'nodePort'], 'expected no port of the nodes: only nodePort() and loadBalancer() have one');
    const earlier = ports.slice(0, index);
    if (typeof port.name === 'string' && earlier.some((each) => each.name === port.name)) report(['ports', index, 'name'], `expected a name of its own, got ${JSON.stringify(port.name)} twice`);
    if (earlier.some((each) => each.port === port.port && (each.protocol ?? 'TCP') === (port.protocol ?? 'TCP'))) {
      report(['ports', index, 'port'], `expected each port and protocol once, got ${port.protocol ?? 'TCP'} ${port.port} twice`);
    }
    // DNS and HTTP/3 have one port in two protocols; nothing else may share a port of the nodes.
    if (port.nodePort !== undefined && earlier.some((each) => each.nodePort === port.nodePort && !(each.port === port.port && each.protocol !== port.protocol))) {
      report(['ports', index, 'nodePort'], `expected each port of the nodes once, but for the same port in another protocol, got ${port.nodePort} twice`);
    }
  });
}

function balancerRules(options: LoadBalancerService, report: Report): void {
  const clouds: readonly CloudLoadBalancer[] = cloudsOf(options);
  const names = clouds.map((cloud) => cloud.cloud.replace(/-.*/, ''));
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index) report(['cloud', index], `expected each cloud once: both settings write the same annotations (${name})`);
  });
  const withClass = clouds.find((cloud) => cloudClass(cloud) !== undefined);
  if (withClass !== undefined && clouds.length > 1) {
    report(['cloud'], `expected ${withClass.cloud} alone: its loadBalancerClass hides the Service from every other cloud; use selectCluster`);
  }
  const wanted = withClass === undefined ? undefined : cloudClass(withClass);
  if (wanted !== undefined && options.loadBalancerClass !== undefined && options.loadBalancerClass !== wanted) {
    report(['loadBalancerClass'], `expected ${wanted}, which ${String(withClass?.cloud)} needs, got ${JSON.stringify(options.loadBalancerClass)}`);
  }
  if (options.nodePorts === false) {
    if (options.nodePort !== undefined) report(['nodePort'], 'expected no port of the nodes with `nodePorts: false`');
    options.ports?.forEach((port, index) => {
      if (port.nodePort !== undefined) report(['ports', index, 'nodePort'], 'expected no port of the nodes with `nodePorts: false`');
    });
  }
}
