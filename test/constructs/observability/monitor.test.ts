import { describe, expect, it } from 'vitest';
import { clusterIp, headless } from '../../../lib/constructs/network/service-options.ts';
import { serviceFor } from '../../../lib/constructs/network/service.ts';
import { monitorFor, monitorProblems, scrapedFrom } from '../../../lib/constructs/observability/monitor.ts';
import { prometheusDurationSeconds } from '../../../lib/constructs/observability/prometheus-duration.ts';
import { prometheus, type PrometheusOptions } from '../../../lib/constructs/observability/prometheus-options.ts';
import { prometheusSchema } from '../../../lib/constructs/observability/prometheus-schema.ts';
import { expectGolden, faults, web, webPorts } from '../network/samples.ts';

const service = serviceFor(web, clusterIp(), webPorts);
const monitorOf = (options: PrometheusOptions, facts: Partial<Parameters<typeof monitorFor>[2]> = { service }) => {
  expect(faults(prometheusSchema, options)).toEqual([]);
  return monitorFor(web, options, { podPorts: webPorts, ...facts });
};

describe('monitor', () => {
  it('is written as a person would review it, by Service and by pod', async () => {
    await expectGolden([
      monitorOf(prometheus()),
      monitorOf(prometheus({ port: 'metrics', path: '/stats', interval: '1m', timeout: '20s', labels: { release: 'kube-prometheus-stack' } })),
    ], 'golden/monitors.yaml');
  });

  it.each<[string, PrometheusOptions, Partial<Parameters<typeof monitorFor>[2]>, string]>([
    ['a Service that leads to the metrics by name', {}, { service }, 'ServiceMonitor http'],
    ['a Service that leads to them by number', {}, { service: serviceFor(web, clusterIp({ ports: [{ name: 'web', port: 80, targetPort: 8000 }] }), webPorts) }, 'ServiceMonitor web'],
    ['a headless Service', {}, { service: serviceFor(web, headless(), webPorts) }, 'ServiceMonitor http'],
    ['a Service that leads elsewhere', { port: 'metrics' }, { service }, 'PodMonitor metrics'],
    ['no Service', {}, {}, 'PodMonitor http'],
    ['a Service whose port has no name', {}, { service: serviceFor(web, clusterIp({ ports: [{ name: false, port: 80 }] }), webPorts) }, 'PodMonitor http'],
    ['a Service without labels', {}, { service: serviceFor({ ...web, labels: {} }, clusterIp(), webPorts) }, 'PodMonitor http'],
  ])('reads %s', (_, options, facts, wanted) => {
    const monitor = monitorOf(options, facts);
    const [endpoint] = monitor.kind === 'ServiceMonitor' ? monitor.spec.endpoints ?? [] : monitor.spec.podMetricsEndpoints ?? [];
    expect(`${monitor.kind} ${endpoint?.port ?? ''}`).toBe(wanted);
  });

  it('reads one Service even where another has the same labels', () => {
    const monitor = monitorOf({});
    expect(monitor.kind === 'ServiceMonitor' && monitor.spec.endpoints?.[0]?.relabelings).toEqual([{ action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: 'storefront-web' }]);
  });

  it('reads the pods of a Rollout themselves, since its Services lead to one version each, and tells the version on every series', () => {
    const monitor = monitorOf({}, { service, rollout: true });
    expect(monitor.kind).toBe('PodMonitor');
    expect(monitor.spec).toEqual({
      selector: { matchLabels: web.selector },
      podTargetLabels: ['rollouts-pod-template-hash'],
      podMetricsEndpoints: [{ port: 'http', path: '/metrics', interval: '30s' }],
    });
  });

  it('tells the network policy who comes', () => {
    expect(scrapedFrom({}, webPorts)).toEqual({ namespace: 'monitoring', ports: [8000] });
    expect(scrapedFrom({ port: 'metrics', namespace: 'observability' }, webPorts)).toEqual({ namespace: 'observability', ports: [9100] });
  });

  it('is refused for pods without the port', () => {
    expect(monitorProblems({ port: 'metric' }, webPorts, 'web')).toEqual([{ where: 'web: port', message: 'expected the name of a port of the pods, got "metric"', fix: 'name one. Did you mean "metrics"? Known: http, metrics.' }]);
    expect(monitorProblems({}, [], 'web').map((problem) => problem.message)).toEqual(['expected an app with a port to read metrics from, got none']);
    expect(monitorProblems({}, webPorts, 'web')).toEqual([]);
  });
});

describe('options of monitoring', () => {
  it.each<[unknown, string[]]>([
    [{ path: 'metrics' }, ['web: path: expected a path that starts with "/", got "metrics"']],
    [{ port: 9100 }, ['web: port: expected string, got 9100']],
    [{ interval: '30' }, ['web: interval: expected a Prometheus duration such as 30s or 1m30s, got "30"']],
    [{ timeout: '31s' }, ['web: timeout: expected at most the interval of 30s, got 31s']],
    [{ interval: '5s', timeout: '6s' }, ['web: timeout: expected at most the interval of 5s, got 6s']],
    [{ alerts: 'yes' }, ['web: alerts: expected true, false or limits, got "yes"']],
    [{ alerts: { errorRate: 5 } }, ['web: alerts.errorRate: expected a share above 0 and up to 1, or false, got 5']],
    [{ alerts: { unavailableMinutes: 1.5 } }, ['web: alerts.unavailableMinutes: expected a whole number of minutes, or false, got 1.5']],
    [{ alerts: { labels: { 'a-b': 'c' } } }, ['web: alerts.labels.a-b: expected the name of a Prometheus label, got "a-b"']],
    [{ http: { requests: 'http-requests', status: 'status' } }, ['web: http.requests: expected the name of a metric, got "http-requests"']],
    [{ http: { requests: 'r', status: 's', errors: '5(' } }, ['web: http.errors: expected a regular expression, got "5("']],
  ])('are refused: %j', (options, messages) => {
    expect(faults(prometheusSchema, options)).toEqual(messages);
  });

  it.each<[string, number | undefined]>([['30s', 30], ['1m30s', 90], ['1d', 86_400], ['500ms', 0.5], ['0s', 0], ['', undefined], ['30', undefined], ['30s1m', undefined], ['1.5m', undefined]])('read the duration %j as %s seconds', (text, seconds) => {
    expect(prometheusDurationSeconds(text)).toBe(seconds);
  });
});
