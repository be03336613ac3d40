import { didYouMean } from '../../values/suggest.ts';
import type { UnitRule } from '../rule.ts';
import { dig, list, text } from '../schemas/plain.ts';
import { selects, showSelector } from '../scope/selector.ts';

/** A monitor finds what it scrapes. */
export const monitorEndpoint: UnitRule = {
  id: 'monitor-endpoint',
  scope: 'unit',
  severity: 'error',
  title: 'A ServiceMonitor or PodMonitor selects something, and scrapes a port that it has',
  fix: 'select the labels of a Service or pod of the namespace, and name one of its ports',
  check(landing, report) {
    // A cluster's own monitors watch what upstream manifests of other folders run.
    if (landing.unit.cluster !== undefined) return;
    for (const monitor of landing.ofKind('monitoring.coreos.com/ServiceMonitor')) {
      const spec = dig(monitor.value, 'spec');
      if (dig(spec, 'namespaceSelector') !== undefined) continue;
      const services = landing.ofKind('Service').filter(({ namespace, labels }) => namespace === monitor.namespace && selects(dig(spec, 'selector'), labels));
      if (services.length === 0) report(monitor, { field: 'spec.selector', message: `expected a selector that matches a Service of ${landing.folder}, got ${showSelector(dig(spec, 'selector'))}, which matches none` });
      for (const service of services) {
        const names = list(dig(service.value, 'spec'), 'ports').flatMap((port) => text(port, 'name') ?? []);
        for (const [index, endpoint] of list(spec, 'endpoints').entries()) {
          const port = text(endpoint, 'port');
          if (port !== undefined && !names.includes(port)) report(monitor, { field: `spec.endpoints[${index}].port`, message: `the Service ${service.name} has no port named ${JSON.stringify(port)}.${didYouMean(port, names)}` });
        }
      }
    }
    for (const monitor of landing.ofKind('monitoring.coreos.com/PodMonitor')) {
      const spec = dig(monitor.value, 'spec');
      if (dig(spec, 'namespaceSelector') !== undefined) continue;
      const pods = landing.workloads.filter(({ namespace, workload }) => namespace === monitor.namespace && selects(dig(spec, 'selector'), workload.labels));
      if (pods.length === 0) report(monitor, { field: 'spec.selector', message: `expected a selector that matches pods of ${landing.folder}, got ${showSelector(dig(spec, 'selector'))}, which matches none` });
      for (const { workload, value, name } of pods) {
        const names = workload.ports.flatMap((port) => port.name ?? []);
        for (const [index, endpoint] of list(spec, 'podMetricsEndpoints').entries()) {
          const port = text(endpoint, 'port');
          if (port !== undefined && !names.includes(port)) report(monitor, { field: `spec.podMetricsEndpoints[${index}].port`, message: `${value.kind} ${name} has no port named ${JSON.stringify(port)}.${didYouMean(port, names)}` });
        }
      }
    }
  },
};
