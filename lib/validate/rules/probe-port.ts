import { didYouMean } from '../../values/suggest.ts';
import type { ObjectRule } from '../rule.ts';
import { dig, isRecord } from '../schemas/plain.ts';
import { workloadKinds } from '../scope/workload.ts';

const handlers = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** A probe asks a port that its container opens. */
export const probePort: ObjectRule = {
  id: 'probe-port',
  scope: 'object',
  severity: 'error',
  kinds: workloadKinds,
  title: 'A probe asks a port that its container declares',
  fix: 'declare the port, or probe one that is declared',
  check(object, report) {
    const { workload } = object;
    for (const container of workload?.containers ?? []) {
      const ports = workload?.ports.filter((port) => port.container === container) ?? [];
      const places = [...handlers.map((probe) => [probe]), ['lifecycle', 'preStop'], ['lifecycle', 'postStart']];
      for (const place of places) {
        const handler = dig(container.value, ...place);
        if (!isRecord(handler)) continue;
        for (const action of ['httpGet', 'tcpSocket', 'grpc'] as const) {
          // A probe of another host asks a port of that host.
          if (dig(handler, action, 'host') !== undefined) continue;
          const port = dig(handler, action, 'port');
          const field = `${container.field}.${[...place, action].join('.')}.port`;
          if (typeof port === 'string' && !ports.some(({ name }) => name === port)) {
            report(object, { field, message: `the container ${container.name} has no port named ${JSON.stringify(port)}.${didYouMean(port, ports.flatMap(({ name }) => name ?? []))}` });
          } else if (typeof port === 'number' && ports.length > 0 && !ports.some(({ number }) => number === port)) {
            report(object, { field, message: `the container ${container.name} does not open port ${port}: it declares ${ports.map(({ number }) => number).join(', ')}` });
          }
        }
      }
    }
  },
};
