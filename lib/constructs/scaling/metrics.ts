import type { IMetricSpec } from 'kubernetes-models/autoscaling/v2/MetricSpec';
import type { IMetricTarget } from 'kubernetes-models/autoscaling/v2/MetricTarget';
import type { AutoscaleOptions, CustomMetric, MetricTarget } from './autoscale-options.ts';

/** The metrics of an autoscaler: CPU, memory, then those of an adapter as said. */
export function metricsFor(options: AutoscaleOptions, appContainer: string): IMetricSpec[] {
  const cpu = options.cpu ?? 70;
  const container = options.container === true ? appContainer : options.container === false ? undefined : options.container;
  return [
    ...(cpu === false ? [] : [resourceMetric('cpu', cpu, container)]),
    ...(options.memory === undefined ? [] : [resourceMetric('memory', options.memory, container)]),
    ...(options.metrics ?? []).map(customMetric),
  ];
}

function resourceMetric(name: string, percent: number, container: string | undefined): IMetricSpec {
  const target: IMetricTarget = { type: 'Utilization', averageUtilization: percent };
  return container === undefined
    ? { type: 'Resource', resource: { name, target } }
    : { type: 'ContainerResource', containerResource: { name, container, target } };
}

function customMetric(metric: CustomMetric): IMetricSpec {
  const identifier = { name: metric.name, ...(metric.selector !== undefined && { selector: { matchLabels: { ...metric.selector } } }) };
  switch (metric.metric) {
    case 'pods':
      return { type: 'Pods', pods: { metric: identifier, target: { type: 'AverageValue', averageValue: metric.averageValue } } };
    case 'object':
      return { type: 'Object', object: { metric: identifier, describedObject: { ...metric.of }, target: targetFor(metric.target) } };
    case 'external':
      return { type: 'External', external: { metric: identifier, target: targetFor(metric.target) } };
    default:
      return unknownMetric(metric);
  }
}

function targetFor(target: MetricTarget): IMetricTarget {
  return 'value' in target ? { type: 'Value', value: target.value } : { type: 'AverageValue', averageValue: target.averageValue };
}

function unknownMetric(metric: never): never {
  throw new TypeError(`unknown metric: ${JSON.stringify(metric)}`);
}
