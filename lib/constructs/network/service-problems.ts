import { fieldPath } from '../../model/schema.ts';
import { compareText, type Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import type { PodPort } from '../workload-identity.ts';
import type { HttpRouteOptions } from './http-route-options.ts';
import type { IngressOptions } from './ingress-options.ts';
import { podPortOf, portOptions, servicePorts } from './service-ports.ts';
import type { ServiceOptions } from './service-options.ts';

/** What is wrong with a Service in front of pods with these ports. Its options are right in themselves (`serviceSchema`). */
export function serviceProblems(options: ServiceOptions, podPorts: readonly PodPort[], where: string): Problem[] {
  const ports = portOptions(options, podPorts);
  if (podPorts.length === 0 && ports.some((port) => typeof port.targetPort !== 'number')) {
    return [{ where, message: 'expected pods with a port to send to, got none', fix: 'give the app a port' }];
  }
  return ports.flatMap((port, index) => {
    const at = (field: string): string => fieldPath(where, options.ports === undefined ? [field] : ['ports', index, field]);
    const pod = podPortOf(port, podPorts);
    const problems: Problem[] = [];
    if (typeof port.targetPort === 'string' && pod === undefined) {
      problems.push({
        where: at('targetPort'),
        message: `expected the name of a port of the pods, got ${JSON.stringify(port.targetPort)}`,
        fix: `name one.${didYouMean(port.targetPort, podPorts.map((each) => each.name))}`,
      });
    }
    if (ports.length > 1 && port.name === undefined && pod === undefined) {
      problems.push({ where: at('name'), message: 'expected a name: every port of a Service with several has one, and no port of the pods gives it', fix: 'name it' });
    }
    if (options.kind === 'Headless' && pod !== undefined && port.port !== pod.port) {
      problems.push({ where: at('port'), message: `expected the pods' own port ${pod.port}, which a headless Service leads to, got ${port.port}`, fix: 'leave it out, or use clusterIp()' });
    }
    return problems;
  }).concat(nameProblems(options, podPorts, where));
}

/** What is wrong with the way in to Services with these options. */
export function exposeProblems(options: HttpRouteOptions | IngressOptions, services: readonly ServiceOptions[], podPorts: readonly PodPort[], where: string): Problem[] {
  const [service] = services;
  if (service === undefined || podPorts.length === 0) return [{ where, message: 'expected an app with a Service to lead to, got none', fix: 'give the app a port and a Service' }];
  if (options.kind !== 'ingress') return [];
  const known = servicePorts(service, podPorts).map((port) => port.written.port).sort((a, b) => a - b);
  return (options.paths ?? []).flatMap((path, index) => typeof path === 'string' || path.port === undefined || known.includes(path.port) ? [] : [{
    where: fieldPath(where, ['paths', index, 'port']), message: `expected a port of the Service (${known.join(', ')}), got ${path.port}`, fix: 'name one of them, or add the port to the Service',
  }]);
}

/** Two ports that get their name from the same port of the pods. */
function nameProblems(options: ServiceOptions, podPorts: readonly PodPort[], where: string): Problem[] {
  const names = servicePorts(options, podPorts).map((port) => port.written.name).filter((name) => name !== undefined);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].sort(compareText);
  return twice.filter((name) => !(options.ports ?? []).every((port) => port.name === name)).map((name) => ({
    where: fieldPath(where, ['ports']), message: `expected ports with names of their own, got ${JSON.stringify(name)} twice`, fix: 'name each port',
  }));
}
