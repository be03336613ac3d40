import { describe, expect, it } from 'vitest';
import type { AlertFacts } from '../../../lib/constructs/observability/alert-facts.ts';
import { alertsFor } from '../../../lib/constructs/observability/alerts.ts';
import { djangoPrometheus, fastapiInstrumentator, flaskExporter, openTelemetryHttp, starletteExporter, type HttpMetrics } from '../../../lib/constructs/observability/http-metrics.ts';
import { podNames } from '../../../lib/constructs/observability/pod-names.ts';
import { prometheus, type AlertOptions, type PrometheusOptions } from '../../../lib/constructs/observability/prometheus-options.ts';
import { prometheusSchema } from '../../../lib/constructs/observability/prometheus-schema.ts';
import type { WorkloadKind } from '../../../lib/constructs/scaling/topology-spread.ts';
import { expectGolden, faults, refusals, web } from '../network/samples.ts';
import { promqlProblems } from './promql.ts';

const kinds: readonly WorkloadKind[] = ['DaemonSet', 'Deployment', 'Rollout', 'StatefulSet'];
const facts: AlertFacts = { kind: 'Deployment', container: 'web', team: 'shop', autoscaled: true, memoryLimit: true };

function rulesOf(options: PrometheusOptions, more: Partial<AlertFacts> = {}) {
  expect(faults(prometheusSchema, options)).toEqual([]);
  const rule = alertsFor(web, options, { ...facts, ...more });
  if (rule === undefined) return [];
  expect(refusals(rule)).toEqual([]);
  return rule.spec?.groups?.flatMap((group) => group.rules ?? []) ?? [];
}
const namesOf = (options: PrometheusOptions, more: Partial<AlertFacts> = {}) => rulesOf(options, more).map((rule) => rule.alert);
const all = ['PodRestarting', 'PodNotStarting', 'ContainerOutOfMemory', 'MemoryNearLimit', 'NoPodAvailable', 'PodsMissing', 'AutoscalerAtMaximum', 'AutoscalerWithoutMetrics', 'MetricsMissing', 'HighErrorRate', 'HighLatency'];

describe('PrometheusRule', () => {
  it('is written as a person would review it', async () => {
    const rule = alertsFor(web, prometheus({ http: fastapiInstrumentator, labels: { release: 'monitoring' }, alerts: { runbooks: 'https://runbooks.acme.example/' } }), facts);
    await expectGolden(rule === undefined ? [] : [rule], 'golden/alerts.yaml');
  });

  it('has the alerts that someone on call wants', () => {
    expect(namesOf({ http: flaskExporter })).toEqual(all);
  });

  it.each<[string, PrometheusOptions, Partial<AlertFacts>, string[]]>([
    ['an autoscaler that isn\'t there', { http: flaskExporter }, { autoscaled: false }, ['AutoscalerAtMaximum', 'AutoscalerWithoutMetrics']],
    ['a memory limit that isn\'t there', { http: flaskExporter }, { memoryLimit: false }, ['MemoryNearLimit']],
    ['requests that nobody counts', {}, {}, ['HighErrorRate', 'HighLatency']],
    ['durations that nobody measures', { http: { requests: 'requests_total', status: 'code' } }, {}, ['HighLatency']],
    ...Object.entries({
      restarts: ['PodRestarting'], waiting: ['PodNotStarting'], memory: ['ContainerOutOfMemory', 'MemoryNearLimit'], unavailableMinutes: ['NoPodAvailable', 'PodsMissing'],
      atMaximumMinutes: ['AutoscalerAtMaximum', 'AutoscalerWithoutMetrics'], scrape: ['MetricsMissing'], errorRate: ['HighErrorRate'], latencySeconds: ['HighLatency'],
    }).map(([option, gone]): [string, PrometheusOptions, Partial<AlertFacts>, string[]] => [`\`${option}: false\``, { http: flaskExporter, alerts: { [option]: false } }, {}, gone]),
  ])('leaves out what asks for %s', (_, options, more, gone) => {
    expect(namesOf(options, more)).toEqual(all.filter((name) => !gone.includes(name)));
  });

  it('is not made where no alert is left', () => {
    const none: AlertOptions = { restarts: false, waiting: false, memory: false, unavailableMinutes: false, atMaximumMinutes: false, scrape: false, errorRate: false, latencySeconds: false };
    expect(alertsFor(web, { alerts: none }, facts)).toBeUndefined();
    expect(alertsFor(web, { alerts: false }, facts)).toBeUndefined();
    expect(alertsFor(web, { alerts: true }, facts)).toEqual(alertsFor(web, {}, facts));
  });

  it('has everything that a person who is woken needs', () => {
    for (const rule of rulesOf({ http: fastapiInstrumentator })) {
      expect(rule.annotations).toMatchObject({ summary: expect.stringContaining('storefront-web') as string, description: expect.stringMatching(/\.$/) as string, runbook: expect.stringMatching(/\.$/) as string });
      expect(rule.labels).toEqual({ severity: expect.stringMatching(/^(critical|warning)$/) as string, team: 'shop', app: 'storefront' });
      expect(rule.for).toMatch(/^[0-9]+m$/);
    }
  });

  it('wakes people only when users are hurt', () => {
    expect(rulesOf({ http: fastapiInstrumentator }).filter((rule) => rule.labels?.['severity'] === 'critical').map((rule) => rule.alert)).toEqual(['NoPodAvailable', 'HighErrorRate']);
  });

  it('takes the labels, severities, limits and runbooks of a team', () => {
    const rules = rulesOf({ http: flaskExporter, alerts: { critical: 'page', warning: 'ticket', labels: { squad: 'a' }, runbooks: 'https://acme.example/runbooks', restarts: 7, unavailableMinutes: 5, memory: 0.8, errorRate: 0.01, latencySeconds: 0.25 } });
    const by = (name: string) => rules.find((rule) => rule.alert === name);
    expect(by('HighErrorRate')).toMatchObject({ labels: { severity: 'page', squad: 'a' }, annotations: { runbook_url: 'https://acme.example/runbooks/higherrorrate' } });
    expect(by('HighErrorRate')?.expr).toContain('> 0.01 and');
    expect(by('HighLatency')).toMatchObject({ labels: { severity: 'ticket' }, expr: expect.stringMatching(/> 0\.25$/) as string });
    expect(by('PodRestarting')?.expr).toMatch(/>= 7$/);
    expect(by('MemoryNearLimit')?.expr).toMatch(/> 0\.8$/);
    expect(by('PodsMissing')?.for).toBe('5m');
  });

  const exporters: [string, HttpMetrics][] = Object.entries({ djangoPrometheus, fastapiInstrumentator, flaskExporter, openTelemetryHttp, starletteExporter });
  it.each(kinds.flatMap((kind) => exporters.map(([name, http]): [WorkloadKind, string, HttpMetrics] => [kind, name, http])))('has sound expressions for a %s with %s, all of them about its own pods', (kind, _, http) => {
    for (const rule of rulesOf({ http }, { kind })) {
      const expr = String(rule.expr);
      expect([rule.alert, promqlProblems(expr)]).toEqual([rule.alert, []]);
      for (const [selector] of expr.replace(/\{[0-9,]+\}/g, '').matchAll(/\{[^}]*\}/g)) expect(selector).toContain('namespace="storefront-prod"');
      expect(expr).toContain('storefront-web');
    }
  });

  it('doesn\'t name a namespace that isn\'t known', () => {
    const { namespace: _, ...nowhere } = web;
    for (const rule of alertsFor(nowhere, { http: flaskExporter }, facts)?.spec?.groups?.flatMap((group) => group.rules ?? []) ?? []) {
      expect(String(rule.expr)).not.toContain('namespace="');
      expect(promqlProblems(String(rule.expr))).toEqual([]);
    }
  });
});

describe('names of pods', () => {
  it.each<[WorkloadKind, string, boolean]>([
    ['Deployment', 'storefront-web-7c9f8d6b5c-x2x4z', true],
    ['Deployment', 'storefront-web-canary-7c9f8d6b5c-x2x4z', false],
    ['Deployment', 'storefront-web-0', false],
    ['Deployment', 'storefront-webs-7c9f8d6b5c-x2x4z', false],
    ['Rollout', 'storefront-web-7c9f8d6b5-x2x4z', true],
    ['StatefulSet', 'storefront-web-12', true],
    ['StatefulSet', 'storefront-web-db-0', false],
    ['DaemonSet', 'storefront-web-x2x4z', true],
    ['DaemonSet', 'storefront-web-agent', false],
  ])('of a %s: %s %s', (kind, name, wanted) => {
    expect(new RegExp(`^(?:${podNames('storefront-web', kind).source})$`).test(name)).toBe(wanted);
  });

  it('of a workload whose own name leaves no room are found by what Kubernetes keeps of it', () => {
    const long = 'a'.repeat(63);
    const kept = `${long.slice(0, 58)}x2x4z`;
    expect(new RegExp(`^(?:${podNames(long, 'Deployment').source})$`).test(kept)).toBe(true);
    expect(new RegExp(`^(?:${podNames(long, 'DaemonSet').source})$`).test(kept)).toBe(true);
    const middling = 'b'.repeat(50);
    expect(new RegExp(`^(?:${podNames(middling, 'Deployment').source})$`).test(`${`${middling}-7c9f8d6b5c-`.slice(0, 58)}x2x4z`)).toBe(true);
  });
});

describe('the check of expressions', () => {
  it.each(['up == 1)', 'sum(up > 1', 'up{a="b} == 1', 'up{a=b} == 1', 'rate(a[5]) > 1', 'a{b="\\."} > 1', 'up{a=""}', 'a > undefined'])('finds fault with %s', (expression) => {
    expect(promqlProblems(expression)).not.toEqual([]);
  });
});
