import type { ObjectRule } from '../rule.ts';
import { dig, list } from '../schemas/plain.ts';

/** The ports of a Service can be told apart, and the Service can be reached by them. */
export const servicePorts: ObjectRule = {
  id: 'service-ports',
  scope: 'object',
  severity: 'error',
  kinds: ['Service'],
  title: 'A Service has ports, each with a name of its own when there are several',
  fix: 'name each port differently',
  check(object, report) {
    const spec = dig(object.value, 'spec');
    const ports = list(spec, 'ports');
    const type = dig(spec, 'type') ?? 'ClusterIP';
    const headless = dig(spec, 'clusterIP') === 'None';
    if (ports.length === 0 && type !== 'ExternalName' && !headless) report(object, { field: 'spec.ports', message: 'expected at least one port, got none', fix: 'add a port, or make the Service headless with clusterIP: None' });
    const names = new Set<unknown>();
    const nodePorts = new Set<string>();
    for (const [index, port] of ports.entries()) {
      const name = dig(port, 'name') ?? '';
      if (name === '' && ports.length > 1) report(object, { field: `spec.ports[${index}].name`, message: `expected a name, because the Service has ${ports.length} ports, got none` });
      else if (names.has(name)) report(object, { field: `spec.ports[${index}].name`, message: `expected a name that no other port has, got ${JSON.stringify(name)}` });
      names.add(name);
      const nodePort = dig(port, 'nodePort');
      if (typeof nodePort !== 'number' || nodePort === 0) continue;
      const key = `${nodePort} ${String(dig(port, 'protocol') ?? 'TCP')}`;
      if (type === 'ClusterIP' || type === 'ExternalName') report(object, { field: `spec.ports[${index}].nodePort`, message: `expected none on a Service of type ${String(type)}, got ${nodePort}`, fix: 'make the Service NodePort or LoadBalancer, or take the nodePort out' });
      else if (nodePorts.has(key)) report(object, { field: `spec.ports[${index}].nodePort`, message: `expected a port that no other has, got ${nodePort}` });
      nodePorts.add(key);
    }
  },
};
